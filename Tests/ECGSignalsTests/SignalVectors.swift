import Foundation

/// What NumPy and SciPy say; written by `Scripts/reference_signals.py`.
struct SignalVectors: Decodable {
  struct Fourier: Decodable {
    var real: [Double]
    var imaginary: [Double]
    var wantedReal: [Double]
    var wantedImaginary: [Double]
  }
  struct Spline: Decodable {
    var places: [Double]
    var values: [Double]
    var at: [Double]
    var wanted: [Double]
    var slopes: [Double]
  }
  struct BandLimited: Decodable {
    var values: [Double]
    var passBand: Double?
    var at: [Double]
    var wanted: [Double]
  }
  struct Correlation: Decodable {
    var y: [Double]
    var p: [Double]
    var shifts: Int
    var wanted: [Double]
  }
  struct ZeroPhase: Decodable {
    var samples: [Double]
    var padding: Int
    var wanted: [Double]
  }

  var fourier: [Fourier]
  var spline: [Spline]
  var bandLimited: [BandLimited]
  var correlation: [Correlation]
  var zeroPhase: ZeroPhase

  static func load() throws -> SignalVectors {
    let file = Bundle.module.resourceURL?.appendingPathComponent("Fixtures/signals.json")
    guard let file else { throw CocoaError(.fileNoSuchFile) }
    return try JSONDecoder().decode(SignalVectors.self, from: Data(contentsOf: file))
  }
}

/// The largest difference between two equally long lists.
func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
  a.count == b.count ? zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
}
