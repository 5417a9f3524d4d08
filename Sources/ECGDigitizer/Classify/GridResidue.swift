import ECGCore
import ECGImaging

/// What the printed grid leaves in a darkness plane: the level of each grid line, to be taken out.
///
/// On the flat page grid lines are parallel to the axes. The median of a 50 mm stretch
/// of a pixel row is the level of the line printed there, unless a flat trace covers
/// more than half of it; then the rows 5 and 10 mm above and below say what a line of the
/// same phase looks like, at least two of them, and the lower of the two levels is taken.
struct GridResidue {
  /// The level at every pixel, row by row; the larger of both line families.
  let levels: [Float]

  /// Measures `darkness`.
  init(_ darkness: Plane<PageSpace>, pixelsPerMillimeter s: Double) {
    let (w, h) = (darkness.width, darkness.height)
    let window = max(64, Int(50 * s))
    var horizontal = GridResidue.medians(
      darkness.values, length: w, lines: h, window: window, lineStride: w, step: 1)
    var vertical = GridResidue.medians(
      darkness.values, length: h, lines: w, window: window, lineStride: 1, step: w)
    horizontal.borrow(period: 5 * s)
    vertical.borrow(period: 5 * s)
    var out = [Float](repeating: 0, count: w * h)
    out.withUnsafeMutableBufferPointer { out in
      for y in 0..<h {
        let along = horizontal.levels(line: y, length: w)
        for x in 0..<w { out[y * w + x] = along[x] }
      }
      for x in 0..<w {
        let along = vertical.levels(line: x, length: h)
        for y in 0..<h { out[y * w + x] = max(out[y * w + x], along[y]) }
      }
    }
    levels = out
  }

  /// The medians of overlapping stretches of every line of one family.
  private struct Family {
    var medians: [Float]
    /// What nine tenths of a stretch are darker than.
    let lows: [Float]
    let stretches: Int
    let lines: Int
    let hop: Int

    /// Replaces a level that lines of the same phase do not share by theirs.
    mutating func borrow(period: Double) {
      let own = medians
      for line in 0..<lines {
        // A frame or ruled line runs over the whole page without a gap; no trace is that straight,
        // and pulses above each other leave some paper between their strokes.
        let ruled = (0..<stretches).filter { lows[line * stretches + $0] > 0.25 }.count
        if 10 * ruled >= 9 * stretches && stretches > 2 { continue }
        for k in 0..<stretches {
          // One neighbour alone may be ink: the strokes of a pulse stand 5 mm apart.
          var (highest, shared): (Float, Float) = (0, 0)
          var seen = 0
          for step in [-2, -1, 1, 2] {
            let other = Double(line) + Double(step) * period
            let near = Int(other.rounded())
            guard near >= 1 && near < lines - 1 else { continue }
            seen += 1
            var level: Float = 0
            for d in -1...1 { level = max(level, own[(near + d) * stretches + k]) }
            shared = max(shared, min(highest, level))
            highest = max(highest, level)
          }
          if seen >= 2 { medians[line * stretches + k] = min(own[line * stretches + k], shared) }
        }
      }
    }

    /// The level along one line, interpolated between its stretches.
    func levels(line: Int, length: Int) -> [Float] {
      var out = [Float](repeating: 0, count: length)
      let base = line * stretches
      for i in 0..<length {
        let f = Float(i) / Float(hop) - 1
        let k = min(max(Int(f.rounded(.down)), 0), stretches - 1)
        let next = min(k + 1, stretches - 1)
        let t = min(max(f - Float(k), 0), 1)
        out[i] = medians[base + k] * (1 - t) + medians[base + next] * t
      }
      return out
    }
  }

  private static func medians(
    _ values: [Float], length: Int, lines: Int, window: Int, lineStride: Int, step: Int
  ) -> Family {
    let hop = window / 2
    let stretches = max(1, length / hop - 1)
    var medians = [Float](repeating: 0, count: lines * stretches)
    var lows = medians
    let bins = 64
    values.withUnsafeBufferPointer { values in
      var histograms = [Int32](repeating: 0, count: bins)
      for line in 0..<lines {
        for k in 0..<stretches {
          for b in 0..<bins { histograms[b] = 0 }
          let start = k * hop
          let end = min(start + 2 * hop, length)
          var i = line * lineStride + start * step
          // Every second pixel is enough for a median over some 400.
          for _ in Swift.stride(from: start, to: end, by: 2) {
            histograms[min(max(Int(values[i] * Float(bins)), 0), bins - 1)] += 1
            i += 2 * step
          }
          let count = Int32((end - start + 1) / 2)
          medians[line * stretches + k] = GridResidue.quantile(count / 2, of: histograms)
          lows[line * stretches + k] = GridResidue.quantile(count / 10, of: histograms)
        }
      }
    }
    return Family(
      medians: medians, lows: lows, stretches: stretches, lines: lines, hop: hop)
  }

  /// The value that `rank` values are below, 0…1.
  private static func quantile(_ rank: Int32, of histogram: [Int32]) -> Float {
    var left = rank
    var bin = 0
    while bin < histogram.count - 1 && left >= histogram[bin] {
      left -= histogram[bin]
      bin += 1
    }
    let part = histogram[bin] > 0 ? Float(left) / Float(histogram[bin]) : 0
    return (Float(bin) + part) / Float(histogram.count)
  }
}
