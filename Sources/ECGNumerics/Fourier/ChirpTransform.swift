#if canImport(Glibc)
  import Glibc
#endif

/// The Fourier transform of any length as a convolution with a chirp.
///
/// > Source: Bluestein, doi:10.1109/TAU.1970.1162132.
struct ChirpTransform: Sendable {
  private let count: Int
  private let chirpReal: [Double]
  private let chirpImaginary: [Double]
  private let filterReal: [Double]
  private let filterImaginary: [Double]
  private let length: Int

  init(count: Int) {
    self.count = count
    length = FourierTransform.fastLength(atLeast: 2 * count - 1)
    // k² mod 2N keeps the angle small and so exact.
    let angles = (0..<count).map { k in
      Double.pi * Double((k * k) % (2 * count)) / Double(count)
    }
    chirpReal = angles.map { cos($0) }
    chirpImaginary = angles.map { -sin($0) }
    var real = [Double](repeating: 0, count: length)
    var imaginary = real
    for k in 0..<count {
      real[k] = chirpReal[k]
      imaginary[k] = -chirpImaginary[k]
      if k > 0 {
        real[length - k] = chirpReal[k]
        imaginary[length - k] = -chirpImaginary[k]
      }
    }
    FourierTransform(count: length).forward(&real, &imaginary)
    filterReal = real
    filterImaginary = imaginary
  }

  func forward(_ real: inout [Double], _ imaginary: inout [Double]) {
    let plan = FourierTransform(count: length)
    var a = [Double](repeating: 0, count: length)
    var b = a
    for k in 0..<count {
      a[k] = real[k] * chirpReal[k] - imaginary[k] * chirpImaginary[k]
      b[k] = real[k] * chirpImaginary[k] + imaginary[k] * chirpReal[k]
    }
    plan.forward(&a, &b)
    for k in 0..<length {
      let (r, i) = (a[k], b[k])
      a[k] = r * filterReal[k] - i * filterImaginary[k]
      b[k] = r * filterImaginary[k] + i * filterReal[k]
    }
    plan.inverse(&a, &b)
    for k in 0..<count {
      real[k] = a[k] * chirpReal[k] - b[k] * chirpImaginary[k]
      imaginary[k] = a[k] * chirpImaginary[k] + b[k] * chirpReal[k]
    }
  }
}
