import ECGNumerics

/// The local frequency of one family of lines, linear over the picture.
///
/// It is the gradient of a quadratic phase, so that the phase exists:
/// φ(x, y) = 2π (ax·X + ay·Y + ½ sxx·X² + sxy·X·Y + ½ syy·Y²), X = x − cx, Y = y − cy.
/// Perspective changes the frequency nearly linearly.
struct LocalFrequency: Sendable {
  var centreX: Double
  var centreY: Double
  /// Cycles per pixel at the centre.
  var ax: Double
  var ay: Double
  /// Cycles per pixel, per pixel.
  var sxx = 0.0
  var sxy = 0.0
  var syy = 0.0

  /// Cycles per pixel at a place.
  func at(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    let (dx, dy) = (x - centreX, y - centreY)
    return (ax + sxx * dx + sxy * dy, ay + sxy * dx + syy * dy)
  }

  /// The phase in cycles at a place.
  func cycles(_ x: Double, _ y: Double) -> Double {
    let (dx, dy) = (x - centreX, y - centreY)
    return ax * dx + ay * dy + 0.5 * sxx * dx * dx + sxy * dx * dy + 0.5 * syy * dy * dy
  }

  /// This frequency times `factor`.
  func scaled(by factor: Double) -> LocalFrequency {
    LocalFrequency(
      centreX: centreX, centreY: centreY, ax: ax * factor, ay: ay * factor, sxx: sxx * factor,
      sxy: sxy * factor, syy: syy * factor)
  }
}

extension LocalFrequency {
  /// One observation: cycles per pixel at a place, and how sure it is.
  struct Sample: Sendable {
    var x: Double
    var y: Double
    var fx: Double
    var fy: Double
    var weight: Double
  }

  /// The frequency that most samples agree on, by reweighted least squares (Cauchy weights).
  ///
  /// - Parameter extent: half the picture's longer side in pixels; keeps the slopes modest.
  static func fit(
    _ samples: [Sample], centreX: Double, centreY: Double, extent: Double, start: (Double, Double),
    _ parameters: RectifyParameters.Spectra
  ) -> (frequency: LocalFrequency, agreement: [Double]) {
    var frequency = LocalFrequency(
      centreX: centreX, centreY: centreY, ax: start.0, ay: start.1)
    let length = max((start.0 * start.0 + start.1 * start.1).squareRoot(), 1e-9)
    var agreement = [Double](repeating: 1, count: samples.count)
    for round in 0..<12 {
      let width = length * (round < 4 ? parameters.firstWidth : parameters.width)
      var equations = NormalEquations(count: 5)
      for (k, sample) in samples.enumerated() {
        let here = frequency.at(sample.x, sample.y)
        let (ex, ey) = (sample.fx - here.x, sample.fy - here.y)
        agreement[k] = 1 / (1 + (ex * ex + ey * ey) / (width * width))
        let w = sample.weight * agreement[k] * agreement[k]
        let (dx, dy) = ((sample.x - centreX) / extent, (sample.y - centreY) / extent)
        equations.add([1, 0, dx, dy, 0], sample.fx, weight: w)
        equations.add([0, 1, 0, dx, dy], sample.fy, weight: w)
      }
      let total = equations.weight(of: 0) + 1e-9
      for i in 0..<5 { equations.addRidge(total * (i < 2 ? 1e-9 : parameters.slopeRidge), to: i) }
      guard let solution = equations.solution else { break }
      frequency.ax = solution[0]
      frequency.ay = solution[1]
      frequency.sxx = solution[2] / extent
      frequency.sxy = solution[3] / extent
      frequency.syy = solution[4] / extent
    }
    return (frequency, agreement)
  }
}
