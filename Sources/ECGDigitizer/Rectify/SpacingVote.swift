import Foundation

/// What one tile says about the spacing of the grid: the height of the best pair of combs,
/// at right angles or nearly so, for each candidate frequency.
struct SpacingVote: Sendable {
  /// The best pair's height by candidate.
  var scores: [Float]
  /// The comb's height by direction and candidate.
  private var combs: [Float]

  /// Candidate frequencies in cycles per pixel, from short to long spacing.
  static func frequencies(_ parameters: RectifyParameters.Spectra) -> [Double] {
    let (shortest, step) = (parameters.shortestSpacing, parameters.candidateStep)
    let longest = Double(GridFrequencies.side) / parameters.fewestPeriods
    let count = Int(log(longest / shortest) / step)
    return (0...count).map { exp(-step * Double($0)) / shortest }
  }

  /// Measures `tile`.
  init(tile: RadialSpectrum, frequencies: [Double]) {
    let (directions, count) = (RadialSpectrum.directions, frequencies.count)
    var combs = [Float](repeating: 0, count: directions * count)
    for k in 0..<directions {
      for j in 0..<count {
        combs[k * count + j] = tile.comb(
          direction: k, bins: frequencies[j] * Double(tile.side))
      }
    }
    // The best comb near each candidate (x and y may differ by 10 %) and direction (13°).
    var near = combs
    for k in 0..<directions {
      for j in 0..<count {
        var best: Float = -1
        for i in max(0, j - 4)...min(count - 1, j + 4) { best = max(best, combs[k * count + i]) }
        near[k * count + j] = best
      }
    }
    var scores = [Float](repeating: 0, count: count)
    for j in 0..<count {
      for k in 0..<directions {
        let here = combs[k * count + j]
        guard here > 0 else { continue }
        var partner: Float = 0
        for turn in (directions / 2 - 9)...(directions / 2 + 9) {
          partner = max(partner, near[(k + turn) % directions * count + j])
        }
        scores[j] = max(scores[j], here + partner)
      }
    }
    self.combs = combs
    self.scores = scores
  }

  /// The pair of directions and spacings that stands out most within a range of candidates.
  func bestPair(
    within window: ClosedRange<Int>, frequencies: [Double], tile: RadialSpectrum
  ) -> GridFrequencies.Pair? {
    let (directions, count) = (RadialSpectrum.directions, frequencies.count)
    var best: (score: Float, first: (Int, Int), second: (Int, Int)) = (0, (0, 0), (0, 0))
    var peaks = [(score: Float, index: Int)](repeating: (-1, 0), count: directions)
    for k in 0..<directions {
      for j in window where combs[k * count + j] > peaks[k].score {
        peaks[k] = (combs[k * count + j], j)
      }
    }
    for k in 0..<(directions / 2) {
      for turn in (directions / 2 - 9)...(directions / 2 + 9) {
        let other = (k + turn) % directions
        let score = peaks[k].score + peaks[other].score
        // A page has two families; one strong one alone is text lines or a table.
        let weaker = min(peaks[k].score, peaks[other].score)
        if weaker > 0, score > best.score {
          best = (score, (k, peaks[k].index), (other, peaks[other].index))
        }
      }
    }
    guard best.score > 0 else { return nil }
    func vector(_ at: (Int, Int)) -> (x: Double, y: Double) {
      let angle = Double.pi * Double(at.0) / Double(directions)
      return (frequencies[at.1] * cos(angle), frequencies[at.1] * sin(angle))
    }
    return GridFrequencies.Pair(
      x: tile.x, y: tile.y, first: vector(best.first), second: vector(best.second),
      score: Double(best.score) / 2)
  }

  /// Votes blurred over neighbouring candidates, because perspective spreads the spacing.
  static func smoothed(_ votes: [Float], _ weights: [Float]) -> [Float] {
    votes.indices.map { k in
      var sum: Float = 0
      for (i, weight) in weights.enumerated() {
        let j = k + i - weights.count / 2
        if votes.indices.contains(j) { sum += weight * votes[j] }
      }
      return sum
    }
  }
}
