import ECGCore
import ECGImaging

/// Which pixels are ink and not grid, to keep the line measurement off the trace.
///
/// Ink is darker than the lines of the grid, or, where the grid has a colour, as dark in the
/// channel in which the grid is pale. How dark the lines are is read on the lattice itself.
enum InkMask {
  /// 1 where there is no ink, 0 on ink and close to it.
  static func clear(
    _ raster: Raster<PhotoSpace>, fit: LatticeFit, workers: Workers = .one
  ) -> Plane<PhotoSpace> {
    let (darkest, palest) = darkness(of: raster, reach: Int(fit.cell), workers)
    let highLevel = level(of: darkest, on: fit)
    let lowLevel = level(of: palest, on: fit)
    let (w, h) = (raster.width, raster.height)
    var isInk = [UInt8](repeating: 0, count: w * h)
    for k in isInk.indices where darkest.values[k] > highLevel || palest.values[k] > lowLevel {
      isInk[k] = 1
    }
    removeSpecks(&isInk, width: w, height: h, smallest: 6)
    let radius = max(1, Int((0.05 * fit.cell).rounded()))
    return grown(isInk, width: w, height: h, radius: radius)
  }

  /// Darkness over the local white, in the darkest and in the palest channel.
  private static func darkness(
    of raster: Raster<PhotoSpace>, reach: Int, _ workers: Workers
  ) -> (Plane<PhotoSpace>, Plane<PhotoSpace>) {
    let side = 4
    let (w, h) = (raster.width, raster.height)
    let radius = max(1, reach / (2 * side))
    let papers = workers.map(3) { channel in
      blockMeans(of: raster, channel: channel, side: side)
        .dilated(radius: radius).boxMean(radius: radius)
        .interpolated(by: 1 / Double(side), to: raster.size)
    }
    var darkest = Plane<PhotoSpace>(width: w, height: h)
    var palest = darkest
    raster.bytes.withUnsafeBufferPointer { bytes in
      darkest.values.withUnsafeMutableBufferPointer { darkest in
        palest.values.withUnsafeMutableBufferPointer { palest in
          papers[0].values.withUnsafeBufferPointer { red in
            papers[1].values.withUnsafeBufferPointer { green in
              papers[2].values.withUnsafeBufferPointer { blue in
                workers.bands(darkest.count) { band in
                  for k in band {
                    let r = Float(bytes[3 &* k]) / max(red[k], 8)
                    let g = Float(bytes[3 &* k &+ 1]) / max(green[k], 8)
                    let b = Float(bytes[3 &* k &+ 2]) / max(blue[k], 8)
                    darkest[k] = max(0, 1 - min(r, min(g, b)))
                    palest[k] = min(1, 1 - max(r, max(g, b)))
                  }
                }
              }
            }
          }
        }
      }
    }
    return (darkest, palest)
  }

  private static func blockMeans(
    of raster: Raster<PhotoSpace>, channel: Int, side: Int
  ) -> Plane<PhotoSpace> {
    let (w, h) = (raster.width, raster.height)
    var coarse = Plane<PhotoSpace>(width: max(1, w / side), height: max(1, h / side))
    raster.bytes.withUnsafeBufferPointer { bytes in
      for y in 0..<coarse.height {
        for x in 0..<coarse.width {
          var (sum, count) = (0, 0)
          for j in (y &* side)..<min(h, (y &+ 1) &* side) {
            for i in (x &* side)..<min(w, (x &+ 1) &* side) {
              sum &+= Int(bytes[3 &* (j &* w &+ i) &+ channel])
              count &+= 1
            }
          }
          coarse.values[y &* coarse.width &+ x] = Float(sum) / Float(count)
        }
      }
    }
    return coarse
  }

  /// What is too dark to be a line: the lines' own median, and twice their spread more.
  private static func level(of plane: Plane<PhotoSpace>, on fit: LatticeFit) -> Float {
    var values: [Float] = []
    // Lines may be rows of dots 1 mm apart, and lie a pixel beside the lattice: the darkest of a
    // millimetre counts.
    func note(_ p: Point<PhotoSpace>, _ q: Point<PhotoSpace>) {
      let isAcross = abs(q.x - p.x) > abs(q.y - p.y)
      for middle in [0.3, 0.7] {
        var best: Float = 0
        for t in [-0.1, -0.05, 0, 0.05, 0.1] {
          let (x, y) = (
            p.x + (middle + t) * (q.x - p.x), p.y + (middle + t) * (q.y - p.y)
          )
          guard x >= 1, y >= 1, x < Double(plane.width - 2), y < Double(plane.height - 2) else {
            continue
          }
          let (i, j) = (Int(x + 0.5), Int(y + 0.5))
          for d in -1...1 {
            best = max(best, isAcross ? plane[i, j + d] : plane[i + d, j])
          }
        }
        if best > 0 { values.append(best) }
      }
    }
    for j in 0..<(fit.rows - 1) {
      for i in 0..<(fit.columns - 1) {
        let k = j * fit.columns + i
        note(fit.places[k], fit.places[k + 1])
        note(fit.places[k], fit.places[k + fit.columns])
      }
    }
    guard !values.isEmpty else { return 0.6 }
    values.sort()
    let middle = values[values.count / 2]
    let low = values[Int(0.16 * Double(values.count))]
    return min(middle + 1.6 * (middle - low) + 0.03, max(0.6, middle + 0.1))
  }

  /// Takes out connected pieces of fewer than `smallest` pixels: noise, dots of the grid.
  private static func removeSpecks(
    _ isInk: inout [UInt8], width: Int, height: Int, smallest: Int
  ) {
    var stack: [Int] = []
    var piece: [Int] = []
    for start in isInk.indices where isInk[start] == 1 {
      stack.append(start)
      piece.removeAll(keepingCapacity: true)
      isInk[start] = 2
      while let k = stack.popLast() {
        piece.append(k)
        let (x, y) = (k % width, k / width)
        for (dx, dy) in [(-1, 0), (1, 0), (0, -1), (0, 1), (-1, -1), (1, -1), (-1, 1), (1, 1)] {
          let (i, j) = (x + dx, y + dy)
          guard i >= 0, j >= 0, i < width, j < height, isInk[j * width + i] == 1 else { continue }
          isInk[j * width + i] = 2
          stack.append(j * width + i)
        }
      }
      if piece.count < smallest { for k in piece { isInk[k] = 0 } }
    }
  }

  private static func grown(
    _ isInk: [UInt8], width: Int, height: Int, radius: Int
  ) -> Plane<PhotoSpace> {
    var clear = Plane<PhotoSpace>(width: width, height: height, repeating: 1)
    for y in 0..<height {
      for x in 0..<width where isInk[y * width + x] != 0 {
        for j in max(0, y - radius)...min(height - 1, y + radius) {
          for i in max(0, x - radius)...min(width - 1, x + radius) {
            clear.values[j * width + i] = 0
          }
        }
      }
    }
    return clear
  }
}
