#if canImport(Glibc)
  import Glibc
#endif

/// The weights of a Gaussian at −`radius` … `radius`, of sum 1.
package func gaussianKernel(sigma: Double, radius: Int) -> [Float] {
  let weights = (-radius...radius).map { Float(exp(-0.5 * Double($0 * $0) / (sigma * sigma))) }
  let sum = weights.reduce(0, +)
  return weights.map { $0 / sum }
}
