import ECGImaging

/// Fits the curve whose drawn stroke explains the pixels.
///
/// A pen of half width h draws a curve by dilation; a camera or scanner blurs it and reads it
/// on pixels. The curve's knots are found by banded Levenberg–Marquardt on
///
///     ½ Σ pixels ρ((ink − model) / s)  +  ½ Σ (second difference of y)² / τ²
///
/// with ρ Huber's at 3 s. Edges pull within a pixel or two only, so data and model are first
/// blurred along the columns by 3 pixels, then by 1, then fitted sharp.
///
/// > Source: our own measurements (35 dB against 18 dB for the centroid on clean 200-dpi
/// > pages). Levenberg, doi:10.1090/qam/10666; Marquardt, doi:10.1137/0111030; Huber,
/// > doi:10.1214/aoms/1177703732.
struct StrokeFit {
  let parameters: TraceParameters.Fit
  var shape: StrokeShape
  /// Noise level of the pixels, s.
  var noise: Double
  /// Scale of the second differences between knots half a pixel apart, τ, in pixels.
  var smoothness: Double

  /// What tells that the fit is not wanted any more: it then stays where it is.
  let workers: Workers

  /// Knots of a pixel. Two reach the curve; a third shows corners of 500 Hz between them.
  var perPixel = 2

  /// Whether edges are steps within a pixel or two: such strokes show finer detail, and cost more.
  var isSharp: Bool { shape.blur < parameters.sharpBlur }

  /// Distance between knots, in pixels.
  var spacing: Double { 1 / Double(perPixel) }

  /// The fitted knots with their variances.
  struct Result {
    /// Page rows; knot k lies at column k / ``StrokeFit/perPixel`` of the run.
    var y: [Double]
    /// Variance of each knot from the curvature of the objective, in square pixels.
    var variance: [Double]
    /// Root mean square of what the model leaves, over pixels on the stroke's edge.
    var residual: Double
  }

  /// Brings `start` near the curve: fits pixels blurred along the columns by 3 pixels, then by 1.
  func annealed(
    _ pixels: StrokePixels, from start: [Double], anchors: [StrokeAnchor] = []
  ) -> [Double] {
    var y = start
    for blur in parameters.anneals where !workers.isCancelled {
      var descent = StrokeDescent(
        pixels.blurred(blur, step: Int(blur)), settings(verticalBlur: blur, isRobust: false),
        from: y, prior: prior, anchors: anchors,
        damping: blur > parameters.farBlur ? parameters.blurredDamping : parameters.damping,
        tolerance: parameters.annealTolerance * blur, restGain: parameters.annealRestGain,
        workers: workers)
      descent.descend(
        steps: parameters.annealSteps, stepLimit: parameters.annealLimit,
        gain: parameters.annealGain)
      y = descent.y
    }
    return y
  }

  /// Fits the sharp pixels, starting from knots `start` that are near.
  func sharpened(
    _ pixels: StrokePixels, from start: [Double], anchors: [StrokeAnchor] = [], steps: Int
  ) -> StrokeDescent {
    var descent = StrokeDescent(
      pixels, settings(verticalBlur: 0, isRobust: true), from: start, prior: prior,
      anchors: anchors, damping: parameters.damping, tolerance: parameters.tolerance,
      restGain: parameters.restGain, workers: workers)
    descent.descend(
      steps: steps, stepLimit: parameters.stepLimit, gain: parameters.leastGain)
    return descent
  }

  /// The knots of `descent` with their variances, for the noise that the fit really left.
  func result(_ descent: StrokeDescent) -> Result? {
    let residual = descent.columns.edgeResidual
    // The curvature of the pixels goes with 1 / s²; the prior's share is small.
    let factor = max(residual, parameters.leastResidual) / noise
    guard let variance = descent.variances() else { return nil }
    return Result(
      y: descent.y, variance: variance.map { $0 * factor * factor }, residual: residual)
  }

  /// One over the variance of second differences. What varies as a sum of steps does varies with
  /// the third power of the knots' distance.
  private var prior: Double {
    let ratio = Double(perPixel) / 2
    return ratio * ratio * ratio / (smoothness * smoothness)
  }

  func settings(verticalBlur: Double, isRobust: Bool) -> StrokeColumns.Settings {
    StrokeColumns.Settings(
      shape: shape, perPixel: perPixel, verticalBlur: verticalBlur, noise: noise,
      limit: isRobust ? parameters.robustDeviations * noise : .infinity,
      subcolumns: verticalBlur > 0 || shape.blur >= parameters.softBlur ? 2 : isSharp ? 8 : 4)
  }
}
