import Foundation

/// How the page's pen drew: half width, blur and darkness of the stroke, in page pixels.
struct StrokeShape: Equatable {
  /// Half the line's width: the radius of the disc that was moved along the curve.
  var halfWidth: Double
  /// Standard deviation of the picture's Gaussian blur.
  var blur: Double
  /// Darkness of full ink in the ink map.
  var darkness: Double
}

/// The edge of a wide stroke as pixels see it: a step, blurred, averaged over a pixel.
///
///     F(z) = G(z + ½) − G(z − ½),  G(u) = u Φ(u/σ) + σ φ(u/σ)
///
/// F rises from 0 above the edge to 1 below it; tabulated, with its derivative.
struct EdgeProfile {
  /// F and F′ are constant beyond this distance from the edge, in pixels.
  let reach: Double
  private let step: Double
  private let rise: [Float]
  private let slope: [Float]

  init(blur: Double) {
    let sigma = max(blur, 0.02)
    reach = 0.5 + 4 * sigma
    step = min(1.0 / 64, sigma / 8)
    let count = Int((2 * reach / step).rounded(.up)) + 2
    var rise: [Float] = []
    var slope: [Float] = []
    for k in 0..<count {
      let z = -reach + Double(k) * step
      rise.append(Float(EdgeProfile.g(z + 0.5, sigma) - EdgeProfile.g(z - 0.5, sigma)))
      slope.append(
        Float(EdgeProfile.phi((z + 0.5) / sigma) - EdgeProfile.phi((z - 0.5) / sigma)))
    }
    self.rise = rise
    self.slope = slope
  }

  /// F at `z` pixels below the edge.
  @inline(__always)
  func value(_ z: Double) -> Double {
    if z <= -reach { return 0 }
    if z >= reach { return 1 }
    let t = (z + reach) / step
    let k = Int(t)
    let f = Float(t - Double(k))
    return Double(rise[k] + f * (rise[k + 1] - rise[k]))
  }

  /// F′ at `z` pixels below the edge.
  @inline(__always)
  func derivative(_ z: Double) -> Double {
    if z <= -reach || z >= reach { return 0 }
    let t = (z + reach) / step
    let k = Int(t)
    let f = Float(t - Double(k))
    return Double(slope[k] + f * (slope[k + 1] - slope[k]))
  }

  /// The normal distribution.
  static func phi(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  private static func g(_ u: Double, _ sigma: Double) -> Double {
    let t = u / sigma
    return u * phi(t) + sigma * exp(-0.5 * t * t) / (2 * Double.pi).squareRoot()
  }
}
