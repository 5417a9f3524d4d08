/// A generator of repeatable random numbers: the same seed gives the same pictures.
///
/// > Source: SplitMix64; Steele, Lea, Flood, "Fast splittable pseudorandom number
/// > generators" (2014), doi:10.1145/2660193.2660195.
package struct SeededNumbers: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Creates a generator; equal seeds give equal numbers.
  package init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number of the half-open unit interval.
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number between `low` and `high`.
  package mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * unit()
  }

  /// A whole number of `range`.
  package mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// Whether an event of the given probability happens.
  package mutating func happens(_ probability: Double) -> Bool { unit() < probability }

  /// A normally distributed number, as a sum of twelve uniform ones (no tail beyond 6 σ).
  package mutating func normal(_ mean: Double = 0, _ deviation: Double = 1) -> Double {
    var sum = 0.0
    for _ in 0..<3 {
      let bits = next()  // four uniform numbers of 16 bits each
      sum += Double(bits & 0xFFFF) + Double((bits >> 16) & 0xFFFF)
      sum += Double((bits >> 32) & 0xFFFF) + Double(bits >> 48)
    }
    return mean + deviation * ((sum + 6) / 65536 - 6)
  }

  /// One of `choices`, which must not be empty.
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
}
