package import ECGCore

/// A letter that was read on a strip: pixels of the strip.
package struct ReadLetter: Hashable, Sendable {
  package var letter: PrintedLetter
  package var x: Double
  package var y: Double
  package var score: Double

  package init(_ letter: PrintedLetter, x: Double, y: Double = 16, score: Double) {
    (self.letter, self.x, self.y, self.score) = (letter, x, y, score)
  }
}

/// The letters that the maps of one strip show, from left to right.
enum LetterMarks {
  /// Peaks below this are nothing.
  private static let leastScore: Float = 0.15
  /// Letters do not stand nearer to each other, in pixels.
  private static let leastDistance = 3.4

  /// - Parameters:
  ///   - maps: one map per letter, `rows · columns` each.
  static func letters(_ maps: ArraySlice<Float>, columns: Int, rows: Int) -> [ReadLetter] {
    let stride = Double(LetterNetwork.stride)
    var found: [ReadLetter] = []
    for (k, letter) in PrintedLetter.inNetworkOrder.enumerated() {
      let map = maps.startIndex + k * rows * columns
      for r in 0..<rows {
        for c in 0..<columns {
          let value = maps[map + r * columns + c]
          guard value > leastScore else { continue }
          var (sum, sumX, sumY, isPeak) = (Float(0), Float(0), Float(0), true)
          for v in max(0, r - 1)...min(rows - 1, r + 1) {
            for u in max(0, c - 1)...min(columns - 1, c + 1) {
              let other = maps[map + v * columns + u]
              let isEarlier = v < r || (v == r && u < c)
              if other > value || (other == value && isEarlier) { isPeak = false }
              sum += other
              sumX += other * Float(u)
              sumY += other * Float(v)
            }
          }
          guard isPeak else { continue }
          found.append(
            ReadLetter(
              letter, x: (Double(sumX / sum) + 0.5) * stride,
              y: (Double(sumY / sum) + 0.5) * stride, score: Double(value)))
        }
      }
    }
    var kept: [ReadLetter] = []
    for one in found.sorted(by: { $0.score > $1.score })
    where kept.allSatisfy({ abs($0.x - one.x) >= leastDistance }) { kept.append(one) }
    return kept.sorted { $0.x < $1.x }
  }
}
