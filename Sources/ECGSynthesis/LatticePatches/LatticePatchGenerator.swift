import ECGCore
import ECGImaging
package import ECGNumerics
import Foundation

/// Draws training patches for the network that finds the lattice.
///
/// A patch is a piece of a photo: gridded paper that is turned, curled and folded, with traces,
/// text and scribble over the grid, worn, on a desk, in shadow, through a camera, a copier or
/// a screen. The grid is drawn per pixel from its exact place, which is the truth.
/// What counts most is ink over the grid.
///
/// Non-goal: grids whose lines are all alike. Their 5 mm are unknowable from a patch.
package struct LatticePatchGenerator: Sendable {
  /// Pixels of a patch's side.
  package var pixels = 256
  /// 5 mm in pixels.
  package var cellPixels: ClosedRange<Double> = 7...60

  package init() {}

  /// Draws one patch.
  package func patch(using numbers: inout SeededGenerator) -> LatticePatch {
    let n = pixels
    let cell = exp(numbers.uniform(log(cellPixels.lowerBound), log(cellPixels.upperBound)))
    let surface = PatchSurface(side: n, cellPixels: cell, using: &numbers)
    var grid = surface.grid(using: &numbers)
    var isGrid = [Float](repeating: 1, count: n * n)
    if numbers.happens(0.12) { clearPart(of: surface, &grid, &isGrid, using: &numbers) }
    if numbers.happens(0.03) {
      grid = [Float](repeating: 0, count: n * n)
      isGrid = grid
    }
    let (paper, gridInk) = inks(using: &numbers)
    let ink = inkLayer(cellPixels: cell, turn: surface.turn, using: &numbers)
    let inkColor = numbers.uniform(0, 0.35)
    let tint = (0..<3).map { _ in Float(max(0, inkColor + numbers.boundedNormal(0, 0.03))) }
    let strength = Float(numbers.uniform(0.6, 1)) / 255
    var light = surface.light
    PatchLight(side: n).change(&light, using: &numbers)

    var colors = [Float](repeating: 0, count: 3 * n * n)
    colors.withUnsafeMutableBufferPointer { out in
      for k in 0..<(n * n) {
        let (g, a) = (min(grid[k], 1), strength * ink[k])
        for c in 0..<3 {
          let base = paper[c] + (gridInk[c] - paper[c]) * g
          out[3 * k + c] = 255 * light[k] * (base + (tint[c] - base) * a)
        }
      }
    }
    if numbers.happens(0.2) {
      PatchDesk(side: n).cover(&colors, &isGrid, using: &numbers)
    } else if numbers.happens(0.04) {
      PatchDesk(side: n).fill(&colors, &isGrid, using: &numbers)
    }
    let raster = PatchCamera(side: n, cellPixels: cell).picture(of: colors, using: &numbers)
    return LatticePatch(raster: raster, surface: surface, isGrid: isGrid)
  }

  /// A header or margin without a grid.
  private func clearPart(
    of surface: PatchSurface, _ grid: inout [Float], _ isGrid: inout [Float],
    using numbers: inout SeededGenerator
  ) {
    let values = numbers.happens(0.5) ? surface.v : surface.u
    let middle = values[values.count / 2 + pixels / 2]
    let edge = middle + Float(numbers.uniform(-0.4, 0.4) * Double(pixels) / surface.cellPixels)
    let isAbove = numbers.happens(0.5)
    for k in values.indices where (values[k] > edge) == isAbove {
      grid[k] = 0
      isGrid[k] = 0
    }
  }

  /// Colours of paper and grid, 0…1.
  private func inks(using numbers: inout SeededGenerator) -> (paper: [Float], grid: [Float]) {
    var paper = [numbers.uniform(0.72, 1)]
    paper = (0..<3).map { _ in paper[0] + numbers.boundedNormal(0, 0.05) }
    if numbers.happens(0.15) { paper = (0..<3).map { _ in numbers.uniform(0.6, 1) } }
    paper = paper.map { min(max($0, 0.4), 1) }
    var grid: [Double]
    switch numbers.pick(weights: [0.3, 0.55, 0.15]) {
    case 0:
      let grey = numbers.uniform(0, 0.5)
      grid = [grey, grey, grey]
    case 1:
      let other = numbers.uniform(0, 0.7)
      grid = [numbers.uniform(0.5, 0.95), other, other * numbers.uniform(0.8, 1.2)]
    default: grid = (0..<3).map { _ in numbers.uniform(0, 0.8) }
    }
    let contrast = zip(paper, grid).map { abs($0 - $1) }.max() ?? 0
    if contrast < 0.25 { grid = grid.map { 0.4 * $0 } }
    return (paper.map(Float.init), grid.map(Float.init))
  }
}

extension LatticePatch {
  /// The truth in cells of two pixels.
  init(raster: Raster<PhotoSpace>, surface: PatchSurface, isGrid: [Float]) {
    let n = surface.side
    let m = n / LatticePatch.stride
    self.raster = raster
    self.isGrid = [Float](repeating: 0, count: m * m)
    phases = [Float](repeating: 0, count: 4 * m * m)
    for j in 0..<m {
      for i in 0..<m {
        let k = 2 * j * n + 2 * i
        let at = j * m + i
        self.isGrid[at] = isGrid[k]
        // The middle of four pixels is the mean of two that lie across.
        for (family, values) in [surface.u, surface.v].enumerated() {
          let angle = Float.pi * (values[k] + values[k + n + 1])
          phases[2 * family * m * m + at] = cos(angle)
          phases[(2 * family + 1) * m * m + at] = sin(angle)
        }
      }
    }
  }
}
