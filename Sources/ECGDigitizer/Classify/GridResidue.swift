import ECGCore
import ECGImaging

/// What the printed grid leaves in a darkness plane: the level of each grid line, to be taken out.
///
/// On the flat page grid lines are parallel to the axes. The median of a 50 mm stretch
/// of a pixel row is the level of the line printed there, unless a flat trace covers
/// more than half of it. So the rows 5 and 10 mm above and below say what a line of the same
/// phase looks like: where at least two of them lie on the page, the level is at most the second
/// highest of theirs.
struct GridResidue {
  /// The level at every pixel, row by row; the larger of both line families.
  let levels: [Float]

  /// Measures `darkness`.
  init(
    _ darkness: Plane<PageSpace>, pixelsPerMillimeter s: Double,
    _ parameters: ClassifyParameters, workers: Workers = .one
  ) {
    let (w, h) = (darkness.width, darkness.height)
    let window = max(64, Int(parameters.gridStretchMillimeters * s))
    var horizontal = GridResidue.medians(
      darkness.values, length: w, lines: h, window: window, lineStride: w, step: 1, workers)
    var vertical = GridResidue.medians(
      darkness.values, length: h, lines: w, window: window, lineStride: 1, step: w, workers)
    horizontal.borrow(period: 5 * s, ruledDarkness: parameters.ruledDarkness)
    vertical.borrow(period: 5 * s, ruledDarkness: parameters.ruledDarkness)
    levels = [Float](unsafeUninitializedCapacity: w * h) { out, count in
      workers.bands(h) { band in
        for y in band {
          let along = horizontal.levels(line: y, length: w)
          for x in 0..<w { out[y &* w &+ x] = along[x] }
        }
      }
      // Some columns at a time, so that what is written stays near.
      workers.bands((w + 15) / 16) { band in
        for block in band {
          let columns = (16 * block)..<min(16 * block + 16, w)
          let along = columns.map { vertical.levels(line: $0, length: h) }
          for y in 0..<h {
            for x in columns {
              let at = y &* w &+ x
              out[at] = max(out[at], along[x &- columns.lowerBound][y])
            }
          }
        }
      }
      count = w * h
    }
  }

  /// The medians of overlapping stretches of every line of one family.
  private struct Family {
    var medians: [Float]
    /// What nine tenths of a stretch are darker than.
    let lows: [Float]
    let stretches: Int
    let lines: Int
    let hop: Int

    /// Lowers a level that lines of the same phase do not share to theirs.
    mutating func borrow(period: Double, ruledDarkness: Float) {
      let own = medians
      for line in 0..<lines {
        // A frame or ruled line runs over the whole page without a gap; no trace is that straight,
        // and pulses above each other leave some paper between their strokes.
        let ruled = (0..<stretches).filter { lows[line * stretches + $0] > ruledDarkness }.count
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
    _ values: [Float], length: Int, lines: Int, window: Int, lineStride: Int, step: Int,
    _ workers: Workers
  ) -> Family {
    let hop = window / 2
    let stretches = max(1, length / hop - 1)
    var medians = [Float](repeating: 0, count: lines * stretches)
    var lows = medians
    let (bins, group) = (64, 16)
    values.withUnsafeBufferPointer { values in
      medians.withUnsafeMutableBufferPointer { medians in
        lows.withUnsafeMutableBufferPointer { lows in
          // Some lines at a time: across lines, values of neighbours lie side by side.
          workers.bands((lines + group - 1) / group) { band in
            var histograms = [Int32](repeating: 0, count: group * bins)
            for first in band.map({ group * $0 }) {
              let count = min(group, lines - first)
              for k in 0..<stretches {
                let start = k * hop
                let end = min(start + 2 * hop, length)
                histograms.withUnsafeMutableBufferPointer { histograms in
                  for b in histograms.indices { histograms[b] = 0 }
                  var row = first &* lineStride &+ start &* step
                  // Every second pixel is enough for a median over some 400.
                  for _ in Swift.stride(from: start, to: end, by: 2) {
                    for line in 0..<count {
                      let value = values[row &+ line &* lineStride] * Float(bins)
                      let bin = min(max(Int(value), 0), bins &- 1)
                      histograms[line &* bins &+ bin] &+= 1
                    }
                    row = row &+ 2 &* step
                  }
                }
                let seen = Int32((end - start + 1) / 2)
                for line in 0..<count {
                  let counts = histograms[(line * bins)..<((line + 1) * bins)]
                  medians[(first + line) * stretches + k] = quantile(seen / 2, of: counts)
                  lows[(first + line) * stretches + k] = quantile(seen / 10, of: counts)
                }
              }
            }
          }
        }
      }
    }
    return Family(
      medians: medians, lows: lows, stretches: stretches, lines: lines, hop: hop)
  }

  /// The value that `rank` values are below, 0…1.
  private static func quantile(_ rank: Int32, of histogram: ArraySlice<Int32>) -> Float {
    var left = rank
    var bin = histogram.startIndex
    while bin < histogram.endIndex - 1 && left >= histogram[bin] {
      left -= histogram[bin]
      bin += 1
    }
    let part = histogram[bin] > 0 ? Float(left) / Float(histogram[bin]) : 0
    return (Float(bin - histogram.startIndex) + part) / Float(histogram.count)
  }
}
