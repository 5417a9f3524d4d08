#if canImport(Glibc)
  import Glibc
#endif

/// The discrete Fourier transform of one length, prepared once and used often.
///
/// Lengths whose prime factors are 2, 3 and 5 are transformed directly, every other length
/// as a convolution of the next such length.
///
/// Conventions:
/// - Forward: X[k] = Σ x[n] exp(−2πi kn/N), unscaled. Inverse: divided by N.
/// - Real and imaginary parts lie in two arrays.
///
/// > Source: Stockham's autosort variant of Cooley & Tukey, doi:10.1090/S0025-5718-1965-0178586-1;
/// > Bluestein's chirp transform, doi:10.1109/TAU.1970.1162132.
package struct FourierTransform: Sendable {
  /// The number of values that are transformed.
  package let count: Int
  private let radices: [Int]
  private let cosines: [Double]
  private let sines: [Double]
  private let chirp: ChirpTransform?

  /// Prepares the transform of `count` values.
  package init(count: Int) {
    precondition(count > 0, "A transform has at least one value")
    self.count = count
    guard let radices = FourierTransform.radices(of: count) else {
      self.radices = []
      cosines = []
      sines = []
      chirp = ChirpTransform(count: count)
      return
    }
    self.radices = radices
    chirp = nil
    let step = -2 * Double.pi / Double(count)
    cosines = (0..<count).map { cos(step * Double($0)) }
    sines = (0..<count).map { sin(step * Double($0)) }
  }

  /// The smallest length of at least `count` that is transformed directly.
  package static func fastLength(atLeast count: Int) -> Int {
    var length = max(1, count)
    while radices(of: length) == nil { length += 1 }
    return length
  }

  /// Transforms in place.
  package func forward(_ real: inout [Double], _ imaginary: inout [Double]) {
    precondition(real.count == count && imaginary.count == count)
    if let chirp {
      chirp.forward(&real, &imaginary)
    } else {
      direct(&real, &imaginary)
    }
  }

  /// Transforms back in place: `inverse(forward(x)) == x`.
  package func inverse(_ real: inout [Double], _ imaginary: inout [Double]) {
    forward(&imaginary, &real)
    let scale = 1 / Double(count)
    for k in 0..<count {
      real[k] *= scale
      imaginary[k] *= scale
    }
  }

  /// The factors 4, 2, 3 and 5 of `count`; `nil` if there are others.
  private static func radices(of count: Int) -> [Int]? {
    var (rest, found) = (count, [Int]())
    for radix in [4, 2, 3, 5] {
      while rest % radix == 0 {
        found.append(radix)
        rest /= radix
      }
    }
    return rest == 1 ? found : nil
  }

  private func direct(_ real: inout [Double], _ imaginary: inout [Double]) {
    var otherReal = [Double](repeating: 0, count: count)
    var otherImaginary = otherReal
    var (length, stride, swapped) = (count, 1, false)
    for radix in radices {
      let stage = FourierStage(
        radix: radix, groups: length / radix, stride: stride, tableStep: count / length)
      if swapped {
        stage.run(from: otherReal, otherImaginary, to: &real, &imaginary, cosines, sines)
      } else {
        stage.run(from: real, imaginary, to: &otherReal, &otherImaginary, cosines, sines)
      }
      swapped.toggle()
      length /= radix
      stride *= radix
    }
    if swapped {
      real = otherReal
      imaginary = otherImaginary
    }
  }
}
