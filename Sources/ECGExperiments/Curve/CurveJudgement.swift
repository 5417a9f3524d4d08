import ECGTraining

/// How well a network finds curves on frozen patches.
struct CurveJudgement: Codable, Sendable {
  var step: Int
  var seconds: Double
  /// The mean cross-entropy of a column.
  var crossEntropy: Float = 0
  /// The part of the columns whose likeliest row is within half a millimetre of the truth.
  var shareWithinHalfMillimeter: Float = 0
  private var columns: Float = 0

  init(step: Int, seconds: Double) {
    self.step = step
    self.seconds = seconds
  }

  mutating func add(loss: Float, logits: [Float], of examples: [CurveExample]) {
    let (wide, high) = (examples[0].cellColumns, examples[0].cellRows)
    for (k, example) in examples.enumerated() {
      for column in 0..<wide {
        var (best, top, truth, mass): (Int, Float, Float, Float) = (0, -.infinity, 0, 0)
        for row in 0..<high {
          let logit = logits[(k * high + row) * wide + column]
          if logit > top { (best, top) = (row, logit) }
          let wanted = example.wanted[row * wide + column]
          truth += wanted * Float(row)
          mass += wanted
        }
        guard mass > 0.5 else { continue }
        columns += 1
        crossEntropy += loss
        if abs(Float(best) - truth / mass) <= 2 { shareWithinHalfMillimeter += 1 }
      }
    }
  }

  /// With means instead of sums.
  var finished: CurveJudgement {
    var mean = self
    mean.crossEntropy /= max(columns, 1)
    mean.shareWithinHalfMillimeter /= max(columns, 1)
    return mean
  }

  var line: String {
    "\(step) steps: cross-entropy \(crossEntropy), \(shareWithinHalfMillimeter) within 0.5 mm"
  }
}
