#if canImport(Glibc)
  import Glibc
#endif

extension RandomNumberGenerator {
  /// A number of the half-open unit interval.
  @inlinable
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number between `low` and `high`.
  @inlinable
  package mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * unit()
  }

  /// A uniform number of `range`.
  package mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    uniform(range.lowerBound, range.upperBound)
  }

  /// A whole number of `range`.
  @inlinable
  package mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// Whether an event of the given probability happens.
  @inlinable
  package mutating func happens(_ probability: Double) -> Bool { unit() < probability }

  /// One of `choices`, which must not be empty.
  @inlinable
  package mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int(next() % UInt64(choices.count))]
  }

  /// The index of one of `weights`, each as likely as its share of the sum.
  package mutating func pick(weights: [Double]) -> Int {
    var left = unit() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      left -= weight
      if left < 0 { return index }
    }
    return weights.count - 1
  }

  /// A number with mean 0 and standard deviation 1.
  ///
  /// > Source: Box and Muller (1958), doi:10.1214/aoms/1177706645.
  package mutating func normal() -> Double {
    let u = uniform(0x1p-53...1)
    let angle = uniform(0...(2 * Double.pi))
    return (-2 * log(u)).squareRoot() * cos(angle)
  }

  /// A normally distributed number, as a sum of twelve uniform ones: quick, and never farther than
  /// six deviations from the mean.
  @inlinable
  package mutating func boundedNormal(_ mean: Double = 0, _ deviation: Double = 1) -> Double {
    var sum = 0.0
    for _ in 0..<3 {
      let bits = next()  // four uniform numbers of 16 bits each
      sum += Double(bits & 0xFFFF) + Double((bits >> 16) & 0xFFFF)
      sum += Double((bits >> 32) & 0xFFFF) + Double(bits >> 48)
    }
    return mean + deviation * ((sum + 6) / 65536 - 6)
  }
}
