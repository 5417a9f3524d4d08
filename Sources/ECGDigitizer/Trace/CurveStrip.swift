import ECGCore
import ECGImaging
import Foundation

/// The ink around one row's zero line at the resolution that the network knows.
package struct CurveStrip {
  /// A multiple of ``CurveNetwork/multiple``.
  package let width: Int
  /// ``CurveNetwork/height`` rows of ``width`` values.
  package let ink: [Float]
  /// The page column and row of the strip's pixel (0, 0).
  private let left: Double
  private let top: Double
  /// Page pixels per pixel of the strip.
  private let scale: Double
  private let columns: Range<Int>

  /// Cuts the strip of `row`, a little wider than it is.
  package init(
    around row: PrintedRow, in map: InkMap,
    parameters: TraceParameters.Reading = TraceParameters().reading
  ) {
    let s = map.pixelsPerMillimeter
    let wanted = CurveNetwork.pixelsPerMillimeter
    // A little more or less is nothing to the network, but resampling blurs.
    scale = abs(s / wanted - 1) < parameters.scaleTolerance ? 1 : s / wanted
    let margin = Int(parameters.margin * s)
    columns =
      max(0, row.extent.lowerBound - margin)..<min(map.ink.width, row.extent.upperBound + margin)
    let (height, multiple) = (CurveNetwork.height, CurveNetwork.multiple)
    let needed = Int((Double(columns.count) / scale).rounded(.up))
    width = (needed + multiple - 1) / multiple * multiple
    left = Double(columns.lowerBound)
    top = row.baselineY.rounded() - Double(height / 2) * scale
    ink = CurveStrip.sampled(
      map.ink, left: left, top: top, scale: scale, width: width, height: height)
  }

  private static func sampled(
    _ plane: Plane<PageSpace>, left: Double, top: Double, scale: Double, width: Int, height: Int
  ) -> [Float] {
    // What is reduced is averaged over as many page pixels as one of the strip's holds.
    let taps = max(1, Int(scale.rounded()))
    let offsets = (0..<taps).map { (Double($0) + 0.5) / Double(taps) - 0.5 }
    let across = Taps(
      (0..<width).flatMap { x in offsets.map { left + (Double(x) + $0) * scale } },
      length: plane.width)
    let down = Taps(
      (0..<height).flatMap { y in offsets.map { top + (Double(y) + $0) * scale } },
      length: plane.height)
    var out = [Float](repeating: 0, count: width * height)
    var counts = [Float](repeating: 0, count: taps > 1 ? width : 0)
    out.withUnsafeMutableBufferPointer { out in
      plane.values.withUnsafeBufferPointer { values in
        for y in 0..<height {
          for x in counts.indices { counts[x] = 0 }
          for v in (y * taps)..<(y * taps + taps) where down.isInside[v] {
            let upper = down.first[v] * plane.width
            let lower = down.second[v] * plane.width
            let fy = down.fractions[v]
            for u in 0..<(width * taps) where across.isInside[u] {
              let (i, k, fx) = (across.first[u], across.second[u], across.fractions[u])
              let above = (1 - fx) * values[upper &+ i] + fx * values[upper &+ k]
              let below = (1 - fx) * values[lower &+ i] + fx * values[lower &+ k]
              let x = taps == 1 ? u : u / taps
              out[y &* width &+ x] += (1 - fy) * above + fy * below
              if taps > 1 { counts[x] += 1 }
            }
          }
          for x in counts.indices where counts[x] > 0 { out[y * width + x] /= counts[x] }
        }
      }
    }
    return out
  }

  /// Where places along one axis lie between page pixels.
  private struct Taps {
    /// Whether the place is on the page.
    var isInside: [Bool]
    var first: [Int]
    var second: [Int]
    var fractions: [Float]

    init(_ places: [Double], length: Int) {
      isInside = places.map { $0 >= 0 && $0 <= Double(length - 1) }
      first = zip(places, isInside).map { $1 ? Int($0) : 0 }
      second = first.map { min($0 + 1, length - 1) }
      fractions = zip(places, first).map { Float($0 - Double($1)) }
    }
  }

  /// The network's logits that ink is the row's own, from `firstChannel` on one channel for each
  /// pixel of a cell, as shares of page pixels.
  package func ownInk(
    _ logits: [Float], firstChannel: Int, width cells: Int, height: Int, in map: InkMap
  ) -> OwnInk {
    let stride = CurveNetwork.stride
    let size = cells * height
    let rows = map.ink.rows(
      Int(top), through: Int(top + scale * Double(CurveNetwork.height)) - 1)
    var shares = [Float](repeating: 0, count: rows.count * columns.count)
    for (v, y) in rows.enumerated() {
      let row = min(max(Int(((Double(y) - top) / scale).rounded()), 0), CurveNetwork.height - 1)
      for (u, x) in columns.enumerated() where map.ink[x, y] > InkLevel.bare {
        let column = min(max(Int(((Double(x) - left) / scale).rounded()), 0), width - 1)
        let channel = firstChannel + (row % stride) * stride + column % stride
        let logit = logits[channel * size + (row / stride) * cells + column / stride]
        shares[v * columns.count + u] = 1 / (1 + exp(-logit))
      }
    }
    return OwnInk(
      firstColumn: columns.lowerBound, firstRow: rows.lowerBound, width: columns.count,
      height: rows.count, shares: shares)
  }

  /// The curve in the strip's cells, `stride` pixels each, in page pixels.
  package func onPage(_ decoded: CurveDecoder.Curve, stride: Int) -> ReadCurve {
    let middle = Double(stride - 1) / 2
    var curve = ReadCurve(firstColumn: columns.lowerBound, rows: [], deviations: [], masses: [])
    let cells = decoded.rows
    for column in columns {
      let x = (Double(column) - left) / scale
      let t = min(max((x - middle) / Double(stride), 0), Double(cells.count - 1))
      let k = min(Int(t), max(cells.count - 2, 0))
      let next = min(k + 1, cells.count - 1)
      let f = Float(t - Double(k))
      let cell = cells[k] + f * (cells[next] - cells[k])
      curve.rows.append(Float(top + scale * (Double(stride) * Double(cell) + middle)))
      let deviation = max(decoded.deviations[k], decoded.deviations[next])
      curve.deviations.append(deviation * Float(scale * Double(stride)))
      curve.masses.append(min(decoded.masses[k], decoded.masses[next]))
    }
    return curve
  }
}
