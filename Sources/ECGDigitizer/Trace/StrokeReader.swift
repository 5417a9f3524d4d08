import ECGCore
import ECGImaging
import Foundation

/// Reads off the page how its pen drew: half width, blur and darkness of the strokes.
///
/// Flat stretches of a trace are cross-sections of the stroke: their pixels, sorted into bins
/// of a quarter pixel by the distance from the centre, average the noise away. A model edge is
/// fitted to the mean cross-section; darkness is bounded by the darkest columns.
enum StrokeReader {
  /// The stroke of the rows `paths` with centroids `signals`; `nil` if too little is flat.
  static func shape(
    of paths: [InkPath], signals: [RowSignal], in map: InkMap
  ) -> StrokeShape? {
    let bins = 49
    var sums = [Double](repeating: 0, count: bins)
    var counts = [Double](repeating: 0, count: bins)
    var peaks: [Float] = []
    for (path, signal) in zip(paths, signals) {
      collect(path, signal, map, &sums, &counts, &peaks)
    }
    guard peaks.count > 40 else { return nil }
    peaks.sort()
    let darkest = Double(peaks[min(peaks.count - 1, peaks.count * 97 / 100)])
    let section = (0..<bins).compactMap { k -> (z: Double, ink: Double, n: Double)? in
      guard counts[k] > 10 else { return nil }
      return (Double(k) * 0.25 - 6, sums[k] / counts[k], counts[k])
    }
    guard section.count > 20 else { return nil }
    return fit(section, darkest: min(darkest * 1.05, 1.2))
  }

  /// Adds the flat columns of one row.
  private static func collect(
    _ path: InkPath, _ signal: RowSignal, _ map: InkMap, _ sums: inout [Double],
    _ counts: inout [Double], _ peaks: inout [Float]
  ) {
    let points = signal.points
    guard points.count > 12 else { return }
    var flat: [(Int, Double)] = []
    for i in 3..<(points.count - 3) {
      let near = (i - 3...i + 3).compactMap { points[$0]?.y }
      guard near.count == 7, let span = path.spans[i] else { continue }
      guard (near.max() ?? 9) - (near.min() ?? 0) < 0.9 else { continue }
      flat.append((i, Double(span.count)))
    }
    let heights = flat.map(\.1).sorted()
    guard let typical = heights.isEmpty ? nil : heights[heights.count / 2] else { return }
    for (i, height) in flat where height <= typical + 0.5 {
      let x = path.firstColumn + i
      // A line through seven centroids is a better centre than one.
      let centre = (i - 3...i + 3).compactMap { points[$0]?.y }.reduce(0, +) / 7
      let low = max(0, Int(centre) - 7)
      let high = min(map.ink.height - 1, Int(centre) + 7)
      var peak: Float = 0
      for y in low...high {
        let z = Double(y) - Double(centre)
        let k = Int(((z + 6) * 4).rounded())
        let ink = map.ink[x, y]
        peak = max(peak, ink)
        guard sums.indices.contains(k) else { continue }
        sums[k] += Double(ink)
        counts[k] += 1
      }
      peaks.append(peak)
    }
  }

  /// Least squares over half width and blur; darkness and background follow linearly.
  private static func fit(
    _ section: [(z: Double, ink: Double, n: Double)], darkest: Double
  ) -> StrokeShape? {
    var best: (cost: Double, shape: StrokeShape)?
    func tryShape(_ h: Double, _ sigma: Double) {
      guard h > 0.2, sigma > 0.03 else { return }
      // Averaging over the place within a pixel is in the bins already: the pixel's box stays.
      let profile = EdgeProfile(blur: sigma)
      var (sm, si, smm, smi, sw) = (0.0, 0.0, 0.0, 0.0, 0.0)
      let model = section.map { profile.value($0.z + h) - profile.value($0.z - h) }
      for (m, point) in zip(model, section) {
        sw += 1
        sm += m
        si += point.ink
        smm += m * m
        smi += m * point.ink
      }
      let determinant = sw * smm - sm * sm
      guard determinant > 1e-9 else { return }
      var a = (sw * smi - sm * si) / determinant
      a = min(max(a, 0.8 * darkest), darkest)
      let offset = (si - a * sm) / sw
      var cost = 0.0
      for (m, point) in zip(model, section) {
        let miss = point.ink - a * m - offset
        cost += miss * miss
      }
      if cost < best?.cost ?? .infinity {
        best = (cost, StrokeShape(halfWidth: h, blur: sigma, darkness: a))
      }
    }
    for h in stride(from: 0.4, through: 4.0, by: 0.2) {
      for sigma in stride(from: 0.08, through: 2.2, by: 0.16) { tryShape(h, sigma) }
    }
    for step in [0.08, 0.03, 0.012] {
      guard let centre = best?.shape else { return nil }
      for dh in -3...3 {
        for ds in -3...3 {
          tryShape(centre.halfWidth + Double(dh) * step, centre.blur + Double(ds) * step)
        }
      }
    }
    return best?.shape
  }
}
