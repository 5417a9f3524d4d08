/// One pass of a mixed-radix transform: `groups` × `stride` butterflies of `radix` values.
struct FourierStage {
  var radix: Int
  var groups: Int
  var stride: Int
  /// Places in the table of unit roots per root of this pass.
  var tableStep: Int

  func run(
    from real: [Double], _ imaginary: [Double], to outReal: inout [Double],
    _ outImaginary: inout [Double], _ cosines: [Double], _ sines: [Double]
  ) {
    real.withUnsafeBufferPointer { xr in
      imaginary.withUnsafeBufferPointer { xi in
        outReal.withUnsafeMutableBufferPointer { yr in
          outImaginary.withUnsafeMutableBufferPointer { yi in
            cosines.withUnsafeBufferPointer { c in
              sines.withUnsafeBufferPointer { s in
                switch radix {
                case 2: two(xr, xi, yr, yi, c, s)
                case 4: four(xr, xi, yr, yi, c, s)
                default: any(xr, xi, yr, yi, c, s)
                }
              }
            }
          }
        }
      }
    }
  }

  private typealias In = UnsafeBufferPointer<Double>
  private typealias Out = UnsafeMutableBufferPointer<Double>

  private func two(_ xr: In, _ xi: In, _ yr: Out, _ yi: Out, _ c: In, _ s: In) {
    let half = groups * stride
    for p in 0..<groups {
      let (wr, wi) = (c[p * tableStep], s[p * tableStep])
      let (from, to) = (p * stride, 2 * p * stride)
      for q in 0..<stride {
        let (ar, ai) = (xr[from + q], xi[from + q])
        let (br, bi) = (xr[from + half + q], xi[from + half + q])
        let (dr, di) = (ar - br, ai - bi)
        yr[to + q] = ar + br
        yi[to + q] = ai + bi
        yr[to + stride + q] = dr * wr - di * wi
        yi[to + stride + q] = dr * wi + di * wr
      }
    }
  }

  private func four(_ xr: In, _ xi: In, _ yr: Out, _ yi: Out, _ c: In, _ s: In) {
    let quarter = groups * stride
    for p in 0..<groups {
      let step = p * tableStep
      let (w1r, w1i) = (c[step], s[step])
      let (w2r, w2i) = (c[2 * step], s[2 * step])
      let (w3r, w3i) = (c[3 * step], s[3 * step])
      let (from, to) = (p * stride, 4 * p * stride)
      for q in 0..<stride {
        let i = from + q
        let (sumR, sumI) = (xr[i] + xr[i + 2 * quarter], xi[i] + xi[i + 2 * quarter])
        let (difR, difI) = (xr[i] - xr[i + 2 * quarter], xi[i] - xi[i + 2 * quarter])
        let (oddR, oddI) = (
          xr[i + quarter] + xr[i + 3 * quarter], xi[i + quarter] + xi[i + 3 * quarter]
        )
        // −i times the difference of the odd pair.
        let (turnR, turnI) = (
          xi[i + quarter] - xi[i + 3 * quarter], xr[i + 3 * quarter] - xr[i + quarter]
        )
        let o = to + q
        yr[o] = sumR + oddR
        yi[o] = sumI + oddI
        let (br, bi) = (difR + turnR, difI + turnI)
        yr[o + stride] = br * w1r - bi * w1i
        yi[o + stride] = br * w1i + bi * w1r
        let (cr, ci) = (sumR - oddR, sumI - oddI)
        yr[o + 2 * stride] = cr * w2r - ci * w2i
        yi[o + 2 * stride] = cr * w2i + ci * w2r
        let (dr, di) = (difR - turnR, difI - turnI)
        yr[o + 3 * stride] = dr * w3r - di * w3i
        yi[o + 3 * stride] = dr * w3i + di * w3r
      }
    }
  }

  private func any(_ xr: In, _ xi: In, _ yr: Out, _ yi: Out, _ c: In, _ s: In) {
    let part = groups * stride
    let size = part * radix
    // Roots of the butterfly itself: every (groups · tableStep)-th of the table.
    let turn = groups * tableStep
    let total = groups * radix * tableStep
    for p in 0..<groups {
      for j in 0..<radix {
        let (wr, wi) = (c[p * j * tableStep], s[p * j * tableStep])
        let (from, to) = (p * stride, (radix * p + j) * stride)
        for q in 0..<stride {
          var (sumR, sumI) = (0.0, 0.0)
          var (i, root) = (from + q, 0)
          while i < size {
            sumR += xr[i] * c[root] - xi[i] * s[root]
            sumI += xr[i] * s[root] + xi[i] * c[root]
            i += part
            root += j * turn
            if root >= total { root -= total }
          }
          yr[to + q] = sumR * wr - sumI * wi
          yi[to + q] = sumR * wi + sumI * wr
        }
      }
    }
  }
}
