#if canImport(Glibc)
  import Glibc
#endif

/// Amplitude spectra of square tiles, by a fast Fourier transform of radix 2.
///
/// ``FourierTransform`` transforms one line of any length in double precision. Here all columns of
/// a tile go through each butterfly side by side, in single precision, which is several times as
/// fast.
///
/// Conventions: the tile is `side × side` values, row by row. The amplitude of frequency
/// (kx, ky) / side cycles per pixel, with ky in −side/2 ..< side/2 and kx likewise, is at
/// `(ky + side/2) · side + kx + side/2`.
///
/// > Source: Cooley, Tukey, "An algorithm for the machine calculation of complex Fourier
/// > series" (1965), doi:10.2307/2003354; two real tiles share one complex transform.
package struct TileSpectrum: Sendable {
  /// Pixels of a side: a power of two.
  package let side: Int
  private let cosines: [Float]
  private let sines: [Float]
  private let reversed: [Int]

  /// Prepares the transform.
  package init(side: Int) {
    precondition(side >= 4 && side & (side - 1) == 0, "The side is a power of two")
    self.side = side
    var (cosines, sines): ([Float], [Float]) = ([], [])
    for k in 0..<(side / 2) {
      let angle = -2 * Double.pi * Double(k) / Double(side)
      cosines.append(Float(cos(angle)))
      sines.append(Float(sin(angle)))
    }
    self.cosines = cosines
    self.sines = sines
    let bits = side.trailingZeroBitCount
    self.reversed = (0..<side).map { k in
      var (value, result) = (k, 0)
      for _ in 0..<bits {
        result = result << 1 | value & 1
        value >>= 1
      }
      return result
    }
  }

  /// The amplitudes of two tiles at once.
  package func amplitudes(of first: [Float], and second: [Float]) -> ([Float], [Float]) {
    precondition(first.count == side * side && second.count == side * side)
    var (re, im) = (first, second)
    transformColumns(&re, &im)
    (re, im) = (transposed(re), transposed(im))
    transformColumns(&re, &im)
    // Now re[kx · side + ky]. The spectra of two real tiles are the Hermitian and the
    // skew-Hermitian part of the transform of their complex sum.
    var (a, b) = (first, second)
    let half = side / 2
    for ky in 0..<side {
      for kx in 0..<side {
        let (p, q) = (kx * side + ky, (side - kx) % side * side + (side - ky) % side)
        let (ar, ai) = (re[p] + re[q], im[p] - im[q])
        let (br, bi) = (im[p] + im[q], re[q] - re[p])
        let target = ((ky + half) % side) * side + (kx + half) % side
        a[target] = 0.5 * (ar * ar + ai * ai).squareRoot()
        b[target] = 0.5 * (br * br + bi * bi).squareRoot()
      }
    }
    return (a, b)
  }

  private func transposed(_ values: [Float]) -> [Float] {
    var out = values
    for y in 0..<side {
      for x in 0..<side { out[x * side + y] = values[y * side + x] }
    }
    return out
  }

  /// Transforms every column in place.
  private func transformColumns(_ re: inout [Float], _ im: inout [Float]) {
    let n = side
    re.withUnsafeMutableBufferPointer { re in
      im.withUnsafeMutableBufferPointer { im in
        for y in 0..<n where reversed[y] > y {
          for x in 0..<n {
            re.swapAt(y * n + x, reversed[y] * n + x)
            im.swapAt(y * n + x, reversed[y] * n + x)
          }
        }
        var half = 1
        while half < n {
          for start in stride(from: 0, to: n, by: 2 * half) {
            for k in 0..<half {
              let (c, s) = (cosines[k * (n / (2 * half))], sines[k * (n / (2 * half))])
              let (top, bottom) = ((start + k) * n, (start + k + half) * n)
              for x in 0..<n {
                let (ur, ui) = (re[top + x], im[top + x])
                let (vr, vi) = (re[bottom + x], im[bottom + x])
                let (tr, ti) = (vr * c - vi * s, vr * s + vi * c)
                re[top + x] = ur + tr
                im[top + x] = ui + ti
                re[bottom + x] = ur - tr
                im[bottom + x] = ui - ti
              }
            }
          }
          half *= 2
        }
      }
    }
  }
}
