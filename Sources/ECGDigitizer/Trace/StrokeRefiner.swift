import ECGImaging
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

  var steps = 4
  /// Threads that share the samples.
  var workers = Workers.one
  /// Relative step of the numerical derivatives.
  private let delta = 0.03

  /// The shape that explains `samples` best, from `fit`'s.
  func refined(_ samples: [Sample], fit: StrokeFit) -> Result {
    var logs = [log(fit.shape.halfWidth), log(max(fit.shape.blur, 0.15)), log(fit.shape.darkness)]
    for _ in 0..<steps {
      let here = misses(samples, fit, logs)
      let slopes = (0..<3).map { k -> [Float] in
        var moved = logs
        moved[k] += delta
        return zip(misses(samples, fit, moved), here).map { ($0 - $1) / Float(delta) }
      }
      let sizes = here.map(abs).sorted()
      guard !sizes.isEmpty else { break }
      let limit = 3 * (1.5 * sizes[sizes.count / 2] + 0.02)
      var matrix = [Double](repeating: 0, count: 9)
      var right = [Double](repeating: 0, count: 3)
      for n in here.indices {
        let weight = Double(min(1, limit / max(abs(here[n]), 1e-9)))
        for i in 0..<3 {
          right[i] -= weight * Double(slopes[i][n] * here[n])
          for j in 0..<3 { matrix[3 * i + j] += weight * Double(slopes[i][n] * slopes[j][n]) }
        }
      }
      for i in 0..<3 { matrix[4 * i] += 1e-5 * Double(here.count) }
      guard let move = StrokeRefiner.solve(matrix, right) else { break }
      for i in 0..<3 { logs[i] += min(max(move[i], -0.3), 0.3) }
      logs[1] = max(logs[1], log(0.1))
      logs[2] = min(logs[2], log(1.1))
      if move.allSatisfy({ abs($0) < 0.004 }) { break }
    }
    let shape = StrokeRefiner.shape(logs)
    return Result(shape: shape, residual: edgeResidual(samples, fit, logs))
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
    for pair in pairs(samples, fit, logs) where pair.model > 0.03 * a && pair.model < 0.97 * a {
      let miss = Double(min(abs(pair.model - pair.seen), 0.4))
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

  /// Solves three equations by elimination; `nil` if they do not determine the unknowns.
  private static func solve(_ matrix: [Double], _ right: [Double]) -> [Double]? {
    var (m, b) = (matrix, right)
    for i in 0..<3 {
      guard m[4 * i] > 1e-9 else { return nil }
      for r in (i + 1)..<max(3, i + 1) {
        let factor = m[3 * r + i] / m[4 * i]
        for c in i..<3 { m[3 * r + c] -= factor * m[3 * i + c] }
        b[r] -= factor * b[i]
      }
    }
    for i in [2, 1, 0] {
      for c in (i + 1)..<max(3, i + 1) { b[i] -= m[3 * i + c] * b[c] }
      b[i] /= m[4 * i]
    }
    return b
  }
}
