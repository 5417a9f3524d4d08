import ECGNumerics
import ECGSignals
import Testing

@Suite("Signals equal NumPy and SciPy")
struct ReferenceTests {
  let vectors: SignalVectors

  init() throws { vectors = try SignalVectors.load() }

  @Test("Fourier transforms of smooth, prime and other lengths, there and back")
  func fourier() {
    for vector in vectors.fourier {
      let plan = FourierTransform(count: vector.real.count)
      var (real, imaginary) = (vector.real, vector.imaginary)
      plan.forward(&real, &imaginary)
      #expect(largestDifference(real, vector.wantedReal) < 1e-11, "length \(plan.count)")
      #expect(largestDifference(imaginary, vector.wantedImaginary) < 1e-11)
      plan.inverse(&real, &imaginary)
      #expect(largestDifference(real, vector.real) < 1e-12)
      #expect(largestDifference(imaginary, vector.imaginary) < 1e-12)
    }
  }

  @Test("Cubic splines and their slopes")
  func spline() {
    for vector in vectors.spline {
      let spline = CubicSpline(places: vector.places, values: vector.values)
      #expect(largestDifference(vector.at.map(spline.value), vector.wanted) < 1e-10)
      #expect(largestDifference(vector.at.map(spline.slope), vector.slopes) < 1e-9)
    }
  }

  @Test("Band-limited curves follow the trigonometric polynomial")
  func bandLimited() {
    for vector in vectors.bandLimited {
      let curve = BandLimitedCurve(vector.values, passBand: vector.passBand)
      // What remains is the spline between the eightfold samples.
      #expect(largestDifference(vector.at.map(curve.value), vector.wanted) < 1e-3)
    }
  }

  @Test("Cross-correlations at limited shifts")
  func correlation() {
    for vector in vectors.correlation {
      let sums = CrossCorrelation.atShifts(upTo: vector.shifts, of: vector.y, and: vector.p)
      #expect(largestDifference(sums, vector.wanted) < 1e-12)
    }
  }

  @Test("Butterworth filters run both ways")
  func zeroPhase() {
    let sections = [
      Biquad.highPass(cutoff: 8, samplingFrequency: 500),
      Biquad.lowPass(cutoff: 20, samplingFrequency: 500),
    ]
    let vector = vectors.zeroPhase
    let filtered = vector.samples.filteredZeroPhase(sections, padding: vector.padding)
    #expect(largestDifference(filtered, vector.wanted) < 1e-9)
  }
}
