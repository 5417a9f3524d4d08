import ECGCore
import ECGImaging
import ECGNumerics

/// Reads off the page how its pen drew: half width, blur and darkness of the strokes.
///
/// Flat stretches of a trace are cross-sections of the stroke: their pixels, sorted into bins
/// of a quarter pixel by the distance from the centre, average the noise away. A model edge is
/// fitted to the mean cross-section; darkness is bounded by the darkest columns.
struct StrokeReader {
  let parameters: TraceParameters.Pen

  /// Flat columns of a page, gathered.
  private struct Section {
    var sums: [Double]
    var counts: [Double]
    /// The darkest pixel of each column.
    var peaks: [Float] = []
  }

  /// The stroke of the rows `paths` with centroids `signals`; `nil` if too little is flat.
  func shape(of paths: [InkPath], signals: [RowSignal], in map: InkMap) -> StrokeShape? {
    let none = [Double](repeating: 0, count: parameters.bins)
    var flat = Section(sums: none, counts: none)
    for (path, signal) in zip(paths, signals) { collect(path, signal, map, into: &flat) }
    guard flat.peaks.count > parameters.leastColumns else { return nil }
    let peaks = flat.peaks.sorted()
    let darkest = Double(peaks[min(peaks.count - 1, peaks.count * parameters.darkPercent / 100)])
    let section = (0..<parameters.bins).compactMap { k -> (z: Double, ink: Double)? in
      guard flat.counts[k] > parameters.leastPixels else { return nil }
      return (Double(k) / parameters.binsPerPixel - firstBin, flat.sums[k] / flat.counts[k])
    }
    guard section.count > parameters.leastBins else { return nil }
    return fit(section, darkest: min(darkest * parameters.darkFactor, parameters.darkest))
  }

  /// How far above the centre the first bin lies, in pixels.
  private var firstBin: Double { Double(parameters.bins / 2) / parameters.binsPerPixel }

  /// Adds the flat columns of one row.
  private func collect(
    _ path: InkPath, _ signal: RowSignal, _ map: InkMap, into flat: inout Section
  ) {
    let (points, reach) = (signal.points, parameters.reach)
    guard points.count > 4 * reach else { return }
    var columns: [(index: Int, height: Double, centre: Float)] = []
    for i in reach..<(points.count - reach) {
      let near = (i - reach...i + reach).compactMap { points[$0]?.y }
      guard near.count == 2 * reach + 1, let span = path.spans[i], let low = near.min(),
        let high = near.max(), high - low < parameters.flatness
      else { continue }
      // A line through several centroids is a better centre than one.
      columns.append((i, Double(span.count), near.reduce(0, +) / Float(near.count)))
    }
    guard let typical = columns.map(\.height).median() else { return }
    for (i, height, centre) in columns where height <= typical + parameters.heightSlack {
      let x = path.firstColumn + i
      var peak: Float = 0
      for y in map.ink.rows(
        Int(centre) - parameters.extent, through: Int(centre) + parameters.extent)
      {
        let z = Double(y) - Double(centre)
        let k = Int(((z + firstBin) * parameters.binsPerPixel).rounded())
        let ink = map.ink[x, y]
        peak = max(peak, ink)
        guard flat.sums.indices.contains(k) else { continue }
        flat.sums[k] += Double(ink)
        flat.counts[k] += 1
      }
      flat.peaks.append(peak)
    }
  }

  /// Least squares over half width and blur; darkness and background follow linearly.
  private func fit(_ section: [(z: Double, ink: Double)], darkest: Double) -> StrokeShape? {
    var best: (cost: Double, shape: StrokeShape)?
    func tryShape(_ h: Double, _ sigma: Double) {
      guard h > parameters.leastHalfWidth, sigma > parameters.leastBlur else { return }
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
      a = min(max(a, parameters.palest * darkest), darkest)
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
    for h in parameters.halfWidths.values {
      for sigma in parameters.blurs.values { tryShape(h, sigma) }
    }
    for step in parameters.finerSteps {
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
