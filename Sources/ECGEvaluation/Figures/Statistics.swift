import ECGNumerics

/// The middle of `values`; NaN if there are none.
func median(_ values: [Double]) -> Double { percentile(values, 50) }

/// The value below which `percent` of `values` lie, between neighbours by a straight line.
func percentile(_ values: [Double], _ percent: Double) -> Double {
  values.filter { !$0.isNaN }.quantile(percent / 100) ?? .nan
}

/// The mean of `values`; NaN if there are none.
func mean(_ values: [Double]) -> Double {
  values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
}

/// Pearson's correlation over the samples that both signals have; NaN below 20 of them.
func correlation(_ a: [Double], _ b: [Double]) -> Double {
  var (count, sumA, sumB) = (0, 0.0, 0.0)
  let n = min(a.count, b.count)
  for k in 0..<n where a[k].isFinite && b[k].isFinite {
    count += 1
    sumA += a[k]
    sumB += b[k]
  }
  guard count >= 20 else { return .nan }
  let (meanA, meanB) = (sumA / Double(count), sumB / Double(count))
  var (ab, aa, bb) = (0.0, 0.0, 0.0)
  for k in 0..<n where a[k].isFinite && b[k].isFinite {
    let (x, y) = (a[k] - meanA, b[k] - meanB)
    ab += x * y
    aa += x * x
    bb += y * y
  }
  let norm = (aa * bb).squareRoot()
  return norm > 0 ? ab / norm : .nan
}

/// The runs of indices at which `condition` holds.
func runs(_ count: Int, where condition: (Int) -> Bool) -> [Range<Int>] {
  var found: [Range<Int>] = []
  var start: Int?
  for k in 0..<count {
    if condition(k) {
      if start == nil { start = k }
    } else if let from = start {
      found.append(from..<k)
      start = nil
    }
  }
  if let start { found.append(start..<count) }
  return found
}

/// `signal` moved right by `shift` samples at its own length; what is vacated is absent.
func shifted(_ signal: [Double], by shift: Int) -> [Double] {
  let n = signal.count
  var out = [Double](repeating: .nan, count: n)
  for k in max(0, shift)..<max(max(0, shift), min(n, n + shift)) { out[k] = signal[k - shift] }
  return out
}
