#if canImport(Glibc)
  import Glibc
#endif

/// How far one curve must move to lie on another, by drawing both and correlating the drawings.
///
/// Both are drawn 256 rows high with one dot per sample, blurred with σ = 0.5 (ends mirrored);
/// the peak of their two-dimensional cross-correlation is the answer.
///
/// A drawing holds one dot per column, so the correlation at a column shift is the histogram of
/// row differences, blurred twice: exact, and far quicker than a transform of the drawings.
struct RasterAlignment {
  /// Samples by which the estimate must move right.
  var shift: Int
  /// Millivolts that must be added to the estimate.
  var millivolts: Double

  private static let rows = 256
  private static let lags = 2 * rows - 1

  /// The move that lays `estimate` on `reference`; absent samples are NaN. `nil` if both are flat at one level.
  init?(reference: [Double], estimate: [Double]) {
    let finite = (reference + estimate).filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), high > low else { return nil }
    let a = RasterAlignment.rows(of: reference, low: low, high: high)
    let b = RasterAlignment.rows(of: estimate, low: low, high: high)
    guard let peak = CorrelationPeak(a, b) else { return nil }
    shift = peak.columns
    millivolts = Double(peak.rows) / 255 * (high - low)
  }

  /// The row of each sample, −1 where absent.
  private static func rows(of signal: [Double], low: Double, high: Double) -> [Int] {
    signal.map { value in
      guard value.isFinite else { return -1 }
      let row = (255 * (value - low) / (high - low) + 1).rounded(.toNearestOrEven)
      return Int(min(max(row, 1), 256)) - 1
    }
  }
}

/// The largest value of the cross-correlation of two blurred drawings with one dot per column.
private struct CorrelationPeak {
  var columns = 0
  var rows = 0

  private static let rowCount = 256
  private static let lags = 2 * rowCount - 1
  private static let blur: [Double] = {
    let weights = (-2...2).map { exp(-0.5 * pow(Double($0) / 0.5, 2)) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }()
  /// The blur's own correlation, at differences −4…4.
  private static let twice: [Double] = (-4...4).map { d in
    (0..<5).reduce(0) { $0 + (blur.indices.contains($1 + d) ? blur[$1] * blur[$1 + d] : 0) }
  }

  init?(_ a: [Int], _ b: [Int]) {
    guard let aFirst = a.firstIndex(where: { $0 >= 0 }),
      let aLast = a.lastIndex(where: { $0 >= 0 }),
      let bFirst = b.firstIndex(where: { $0 >= 0 }), let bLast = b.lastIndex(where: { $0 >= 0 })
    else { return nil }
    let low = aFirst - bLast - 4
    let high = aLast - bFirst + 4
    var ring = [[Double]](repeating: .init(repeating: 0, count: Self.lags), count: 9)
    var histogram = [Double](repeating: 0, count: Self.lags + 8)
    var sums = [Double](repeating: 0, count: Self.lags)
    var best = (value: -1.0, columns: 0, rows: 0)
    // Row ring[k] holds shift k; a peak at shift s needs s − 4 … s + 4.
    for lag in low...(high + 4) {
      let slot = ((lag - low) % 9 + 9) % 9
      Self.fill(&ring[slot], &histogram, a, b, lag: lag, aFirst...aLast, bFirst...bLast)
      let center = lag - 4
      guard center >= low else { continue }
      for k in 0..<Self.lags { sums[k] = 0 }
      for d in -4...4 where center + d >= low {
        let row = ring[((center + d - low) % 9 + 9) % 9]
        let weight = Self.twice[d + 4]
        for k in 0..<Self.lags { sums[k] += weight * row[k] }
      }
      for k in 0..<Self.lags where sums[k] >= best.value - 1e-9 {
        // Where drawings match equally well, as flat lines do, the smallest move is taken.
        let isNearer = (abs(center), abs(k - 255)) < (abs(best.columns), abs(best.rows))
        if sums[k] > best.value + 1e-9 || isNearer { best = (sums[k], center, k - 255) }
      }
    }
    columns = best.columns
    rows = best.rows
  }

  /// The correlation along rows of all pairs `lag` columns apart, blurred along rows.
  private static func fill(
    _ out: inout [Double], _ histogram: inout [Double], _ a: [Int], _ b: [Int], lag: Int,
    _ aRange: ClosedRange<Int>, _ bRange: ClosedRange<Int>
  ) {
    for k in histogram.indices { histogram[k] = 0 }
    for k in out.indices { out[k] = 0 }
    let from = max(aRange.lowerBound, bRange.lowerBound + lag)
    let to = min(aRange.upperBound, bRange.upperBound + lag)
    guard from <= to else { return }
    a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        histogram.withUnsafeMutableBufferPointer { histogram in
          for k in from...to {
            let (x, y) = (a[k], b[k - lag])
            guard x >= 0, y >= 0 else { continue }
            if x >= 2, x <= 253, y >= 2, y <= 253 {
              histogram[x - y + 255 + 4] += 1
            } else {
              addAtEdge(x, y, to: &out)
            }
          }
        }
      }
    }
    histogram.withUnsafeBufferPointer { histogram in
      out.withUnsafeMutableBufferPointer { out in
        for d in 0..<9 {
          let weight = twice[d]
          for k in 0..<lags { out[k] += weight * histogram[k + d] }
        }
      }
    }
  }

  /// Adds a pair of which one dot is blurred across the drawing's edge, where it is mirrored.
  private static func addAtEdge(_ x: Int, _ y: Int, to out: inout [Double]) {
    for i in -2...2 {
      let row = mirrored(x + i)
      for j in -2...2 { out[row - mirrored(y + j) + 255] += blur[i + 2] * blur[j + 2] }
    }
  }

  private static func mirrored(_ row: Int) -> Int {
    row < 0 ? -1 - row : row >= rowCount ? 2 * rowCount - 1 - row : row
  }
}
