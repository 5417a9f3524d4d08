#if canImport(Glibc)
  import Glibc
#endif

extension RandomNumberGenerator {
  /// A uniform number of `range`.
  package mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    let unit = Double(next() >> 11) * 0x1p-53
    return range.lowerBound + unit * (range.upperBound - range.lowerBound)
  }

  /// A number with mean 0 and standard deviation 1.
  ///
  /// > Source: Box and Muller (1958), doi:10.1214/aoms/1177706645.
  package mutating func normal() -> Double {
    let u = uniform(0x1p-53...1)
    let angle = uniform(0...(2 * Double.pi))
    return (-2 * log(u)).squareRoot() * cos(angle)
  }
}
