import ECGNumerics

extension SeededGenerator {
  /// The random choices of one example of a run: the same for the same number and seed.
  init(example number: UInt64, seed: UInt64) {
    self.init(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ number)
  }
}
