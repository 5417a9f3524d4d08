import Foundation

/// How the page's pen drew: half width, blur and darkness of the stroke, in page pixels.
package struct StrokeShape: Equatable, Sendable {
  /// Half the line's width: the radius of the disc that was moved along the curve.
  package var halfWidth: Double
  /// Standard deviation of the picture's Gaussian blur.
  package var blur: Double
  /// Darkness of full ink in the ink map.
  package var darkness: Double

  package init(halfWidth: Double, blur: Double, darkness: Double) {
    self.halfWidth = halfWidth
    self.blur = blur
    self.darkness = darkness
  }
}

/// The edge of a wide stroke as pixels see it: a step, blurred, averaged over a pixel.
///
///     F(z) = G(z + ½) − G(z − ½),  G(u) = u Φ(u/σ) + σ φ(u/σ)
///
/// F rises from 0 above the edge to 1 below it; tabulated, with its derivative.
struct EdgeProfile {
  /// F and F′ are taken as constant beyond this distance from the edge, in pixels.
  let reach: Double
  /// Table steps per pixel: a whole number, so that neighbouring rows share their fraction.
  let stepsPerPixel: Int
  /// Less blur than this is a step, in pixels; and what is beyond so many standard deviations is
  /// none.
  static let leastBlur = 0.02
  private static let tail = 3.3
  private let rise: [Float]
  private let slope: [Float]

  init(blur: Double) {
    let sigma = max(blur, EdgeProfile.leastBlur)
    reach = 0.5 + EdgeProfile.tail * sigma
    stepsPerPixel = max(48, Int((6 / sigma).rounded(.up)))
    let count = Int((2 * reach * Double(stepsPerPixel)).rounded(.up)) + 3
    var rise: [Float] = []
    var slope: [Float] = []
    for k in 0..<count {
      let z = -reach + Double(k) / Double(stepsPerPixel)
      rise.append(Float(EdgeProfile.g(z + 0.5, sigma) - EdgeProfile.g(z - 0.5, sigma)))
      slope.append(
        Float(EdgeProfile.phi((z + 0.5) / sigma) - EdgeProfile.phi((z - 0.5) / sigma)))
    }
    self.rise = rise
    self.slope = slope
  }

  /// Gives F and F′ as tables: element k is at −``reach`` + k / ``stepsPerPixel``.
  @inline(__always)
  func withTables(
    _ body: (UnsafePointer<Float>, UnsafePointer<Float>) -> Void
  ) {
    rise.withUnsafeBufferPointer { rise in
      slope.withUnsafeBufferPointer { slope in
        // Neither table is ever empty.
        if let rise = rise.baseAddress, let slope = slope.baseAddress { body(rise, slope) }
      }
    }
  }

  /// F at `z` pixels below the edge.
  func value(_ z: Double) -> Double {
    if z <= -reach { return 0 }
    if z >= reach { return 1 }
    let t = (z + reach) * Double(stepsPerPixel)
    let k = Int(t)
    let f = Float(t - Double(k))
    return Double(rise[k] + f * (rise[k + 1] - rise[k]))
  }

  /// The normal distribution.
  static func phi(_ x: Double) -> Double { 0.5 * erfc(-x / 2.0.squareRoot()) }

  private static func g(_ u: Double, _ sigma: Double) -> Double {
    let t = u / sigma
    return u * phi(t) + sigma * exp(-0.5 * t * t) / (2 * Double.pi).squareRoot()
  }
}
