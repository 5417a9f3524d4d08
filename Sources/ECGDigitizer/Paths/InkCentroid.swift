import ECGCore
import ECGImaging

/// The centre of the ink in each column: the simplest estimate of the curve, never its mid-extent.
///
/// The centroid weighs every pixel of the row's own ink, and the half-dark ones at its edge,
/// by darkness. It is the start for better estimators and the fallback where they fail: a
/// stroke is a dilation of the curve, so a centroid cuts the tips of narrow peaks.
struct InkCentroid {
  let parameters: InkFollowing.Centroid

  init(_ parameters: InkFollowing.Centroid) { self.parameters = parameters }

  /// The curve along `path`: one point per column, absent where the row has no ink.
  func points(_ path: InkPath, in map: InkMap) -> [TracePoint?] {
    let ink = map.ink
    return path.spans.indices.map { i in
      guard let span = path.spans[i] else { return nil }
      let x = path.firstColumn + i
      let low = max(0, span.lowerBound - parameters.edge)
      let high = min(ink.height - 1, span.upperBound + parameters.edge)
      var (mass, moment, second) = (Float(0), Float(0), Float(0))
      for y in low...high {
        let weight = min(max(ink[x, y] - parameters.noises * map.noise, 0), 1)
        let off = Float(y - low)
        mass += weight
        moment += weight * off
        second += weight * off * off
      }
      guard mass > parameters.leastMass else { return nil }
      let centre = moment / mass
      // The stroke's own extent is the scale of what a centroid cannot know.
      let extent = max(second / mass - centre * centre, 0).squareRoot()
      let variance =
        parameters.leastVariance + parameters.extentShare * extent * extent
        + path.spreads[i] * path.spreads[i] * parameters.spreadShare
      return TracePoint(y: Float(low) + centre, standardDeviation: variance.squareRoot())
    }
  }
}
