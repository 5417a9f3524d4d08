import ECGImaging
import ECGNumerics
import Foundation

/// Betters half width, blur and darkness of the stroke on pixels whose curve is nearly known.
///
/// Four Gauss–Newton steps on (ln h, ln σ, ln a) with the curves held fixed. A cross-section of
/// flat stretches fixes h and σ to some percent; steep stretches fix them to one.
struct StrokeRefiner {
  /// A run of pixels with its curve, and the columns to look at.
  struct Sample {
    var pixels: StrokePixels
    var y: [Double]
    var columns: [Int]
  }

  /// A refined shape and what it leaves.
  struct Result {
    var shape: StrokeShape
    /// Root mean square residual over pixels on the stroke's edge.
    var residual: Double
  }

  let parameters: TraceParameters.Refinement
  /// Threads that share the samples.
  let workers: Workers

  /// The shape that explains `samples` best, from `fit`'s.
  func refined(_ samples: [Sample], fit: StrokeFit) -> Result {
    let blur = max(fit.shape.blur, parameters.startingBlur)
    var logs = [log(fit.shape.halfWidth), log(blur), log(fit.shape.darkness)]
    for _ in 0..<parameters.steps where !workers.isCancelled {
      guard let move = step(samples, fit, logs) else { break }
      for i in 0..<3 {
        logs[i] += min(max(move[i], -parameters.longestStep), parameters.longestStep)
      }
      logs[1] = max(logs[1], log(parameters.leastBlur))
      logs[2] = min(logs[2], log(parameters.darkest))
      if move.allSatisfy({ abs($0) < parameters.leastStep }) { break }
    }
    let shape = StrokeRefiner.shape(logs)
    return Result(shape: shape, residual: edgeResidual(samples, fit, logs))
  }

  /// One Gauss–Newton step from `logs`; `nil` where the pixels do not determine it.
  private func step(_ samples: [Sample], _ fit: StrokeFit, _ logs: [Double]) -> [Double]? {
    let here = misses(samples, fit, logs)
    guard let median = here.map(abs).median() else { return nil }
    let slopes = (0..<3).map { k -> [Float] in
      var moved = logs
      moved[k] += parameters.delta
      return zip(misses(samples, fit, moved), here).map { ($0 - $1) / Float(parameters.delta) }
    }
    let limit =
      parameters.deviations * (parameters.deviationOfMedian * median + parameters.floor)
    var matrix = [Double](repeating: 0, count: 9)
    var right = [Double](repeating: 0, count: 3)
    for n in here.indices {
      let weight = Double(min(1, limit / max(abs(here[n]), 1e-9)))
      for i in 0..<3 {
        right[i] -= weight * Double(slopes[i][n] * here[n])
        for j in 0...i { matrix[3 * i + j] += weight * Double(slopes[i][n] * slopes[j][n]) }
      }
    }
    for i in 0..<3 { matrix[4 * i] += parameters.ridge * Double(here.count) }
    return NormalEquations(matrix: matrix, right: right).solution
  }

  private static func shape(_ logs: [Double]) -> StrokeShape {
    StrokeShape(halfWidth: exp(logs[0]), blur: exp(logs[1]), darkness: exp(logs[2]))
  }

  /// Model minus ink over all pixels of the samples.
  private func misses(_ samples: [Sample], _ fit: StrokeFit, _ logs: [Double]) -> [Float] {
    pairs(samples, fit, logs).map { $0.model - $0.seen }
  }

  private func edgeResidual(_ samples: [Sample], _ fit: StrokeFit, _ logs: [Double]) -> Double {
    let a = Float(exp(logs[2]))
    var (sum, count) = (0.0, 0.0)
    for pair in pairs(samples, fit, logs)
    where pair.model > parameters.edge * a && pair.model < (1 - parameters.edge) * a {
      let miss = Double(min(abs(pair.model - pair.seen), parameters.largestMiss))
      sum += miss * miss
      count += 1
    }
    return (sum / max(count, 1)).squareRoot()
  }

  private func pairs(
    _ samples: [Sample], _ fit: StrokeFit, _ logs: [Double]
  ) -> [(model: Float, seen: Float)] {
    var fit = fit
    fit.shape = StrokeRefiner.shape(logs)
    let a = Float(fit.shape.darkness)
    let pairs = workers.map(samples.count) { k -> [(model: Float, seen: Float)] in
      let sample = samples[k]
      let columns = StrokeColumns(
        sample.pixels, fit.settings(verticalBlur: 0, isRobust: true), isEmpty: true)
      let covers = columns.covers(sample.columns, sample.y)
      let ink = sample.columns.flatMap { c -> ArraySlice<Float> in
        let start = sample.pixels.starts[c]
        return sample.pixels.ink[start..<(start + sample.pixels.counts[c])]
      }
      return zip(covers, ink).map { (a * $0, $1) }
    }
    return pairs.flatMap { $0 }
  }
}
