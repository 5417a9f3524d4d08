import Foundation

/// The weights of a Gaussian at −`radius` … `radius`, of sum 1.
///
/// In place of the kernel of the same name in ECGNumerics, which adds its weights up from one end:
/// that moves their last bit, and with it training patches, which stay the same for the same seed.
func gaussianKernel(sigma: Double, radius: Int) -> [Float] {
  let half = (0...radius).map { Float(exp(-0.5 * Double($0 * $0) / (sigma * sigma))) }
  let sum = half[0] + 2 * half.dropFirst().reduce(0, +)
  return (half.dropFirst().reversed() + half).map { $0 / sum }
}
