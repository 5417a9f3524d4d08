import Foundation

/// Reads one curve from a distribution per column.
///
/// The likeliest path is followed, a change of rows between columns costing a little and never
/// more than a bound, so that QRS complexes may be as steep as they are; the curve is the mean of
/// the distribution near that path.
///
/// > Source: Viterbi, doi:10.1109/TIT.1967.1054010; the truncated linear cost by two passes after
/// > Felzenszwalb & Huttenlocher, doi:10.1007/s11263-006-7899-4.
package struct CurveDecoder {
  let parameters: TraceParameters.Reading

  package init(_ parameters: TraceParameters.Reading = TraceParameters().reading) {
    self.parameters = parameters
  }

  /// A curve in cells: one value per column.
  package struct Curve {
    package var rows: [Float]
    /// Standard deviation near the path, in cells.
    package var deviations: [Float]
    /// Probability near the path.
    package var masses: [Float]

    package init(rows: [Float], deviations: [Float], masses: [Float]) {
      self.rows = rows
      self.deviations = deviations
      self.masses = masses
    }
  }

  /// Reads the curve from `logits`, row by row.
  package func curve(logits: [Float], width: Int, height: Int) -> Curve {
    let chances = CurveDecoder.chances(logits, width: width, height: height)
    let path = chances.withUnsafeBufferPointer {
      self.path($0, width: width, height: height)
    }
    var curve = Curve(rows: [], deviations: [], masses: [])
    for column in 0..<width {
      var (mass, first, second) = (Float(0), Float(0), Float(0))
      let window = parameters.window
      let near = max(0, path[column] - window)...min(height - 1, path[column] + window)
      for row in near {
        let p = chances[column * height + row]
        let d = Float(row - path[column])
        mass += p
        first += p * d
        second += p * d * d
      }
      let mean = mass > 1e-6 ? first / mass : 0
      let variance = mass > 1e-6 ? max(second / mass - mean * mean, 0) : 1
      curve.rows.append(Float(path[column]) + mean)
      curve.deviations.append(variance.squareRoot() + 2 * (1 - min(mass, 1)))
      curve.masses.append(min(mass, 1))
    }
    return curve
  }

  /// The softmax of each column, column by column.
  private static func chances(_ logits: [Float], width: Int, height: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: width * height) { out, count in
      logits.withUnsafeBufferPointer { logits in
        for column in 0..<width {
          let chances = UnsafeMutableBufferPointer(
            rebasing: out[(column * height)..<((column + 1) * height)])
          var top = -Float.infinity
          for row in 0..<height {
            let logit = logits[row &* width &+ column]
            chances[row] = logit
            top = max(top, logit)
          }
          var sum: Float = 0
          for row in 0..<height {
            chances[row] = exp(chances[row] - top)
            sum += chances[row]
          }
          for row in 0..<height { chances[row] /= sum }
        }
      }
      count = width * height
    }
  }

  private func path(
    _ chances: UnsafeBufferPointer<Float>, width: Int, height: Int
  ) -> [Int] {
    var best = [Float](repeating: 0, count: height)
    var reached = best
    var from = [Int16](repeating: 0, count: width * height)
    let (climb, longestClimb) = (parameters.climb, parameters.longestClimb)
    let unlikely = parameters.unlikely
    // Below this no logarithm is needed to know the cost.
    let rare = Foundation.exp(-unlikely)
    best.withUnsafeMutableBufferPointer { best in
      reached.withUnsafeMutableBufferPointer { reached in
        from.withUnsafeMutableBufferPointer { from in
          for column in 0..<width {
            let chances = UnsafeBufferPointer(
              rebasing: chances[(column * height)..<((column + 1) * height)])
            let origins = UnsafeMutableBufferPointer(
              rebasing: from[(column * height)..<((column + 1) * height)])
            var least = 0
            for row in 0..<height {
              reached[row] = best[row]
              origins[row] = Int16(truncatingIfNeeded: row)
              if best[row] < best[least] { least = row }
            }
            for row in 1..<max(height, 1) where reached[row &- 1] + climb < reached[row] {
              reached[row] = reached[row &- 1] + climb
              origins[row] = origins[row &- 1]
            }
            for row in (0..<max(height - 1, 0)).reversed()
            where reached[row &+ 1] + climb < reached[row] {
              reached[row] = reached[row &+ 1] + climb
              origins[row] = origins[row &+ 1]
            }
            let leap = best[least] + longestClimb
            for row in 0..<height {
              if leap < reached[row] {
                reached[row] = leap
                origins[row] = Int16(truncatingIfNeeded: least)
              }
              best[row] =
                reached[row]
                + (chances[row] > rare ? min(-log(chances[row]), unlikely) : unlikely)
            }
          }
        }
      }
    }
    var path = [Int](repeating: 0, count: width)
    guard var row = best.indices.min(by: { best[$0] < best[$1] }) else { return path }
    for column in (0..<width).reversed() {
      path[column] = row
      row = Int(from[column * height + row])
    }
    return path
  }
}
