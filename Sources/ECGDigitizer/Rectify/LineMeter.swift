import ECGCore
import ECGImaging
import Foundation

/// Measures the centres of the printed lines along all edges of a lattice.
///
/// Across each line, at four places of each edge, a profile of the grid signal is taken,
/// averaged over a quarter of the edge; its peak is the line's centre. Pixels of ink are
/// left out.
struct LineMeter {
  let signal: Plane<PhotoSpace>
  /// 1 where there is no ink, 0 on ink.
  let clear: Plane<PhotoSpace>
  let parameters: RectifyParameters.Lines
  /// Threads that share the lines.
  var workers = Workers.one
  /// Places per edge, and rows averaged for each.
  static let places = 4
  static let strips = 5

  /// Measures all edges of `lattice` within ±`range` cells of its lines.
  func measure(_ fit: LatticeFit, range: Double) -> [LineMeasurement] {
    guard fit.columns >= 4, fit.rows >= 4 else { return [] }
    let count = signal.values.count
    let pairs = [Float](unsafeUninitializedCapacity: 2 * count) { pairs, initialized in
      signal.values.withUnsafeBufferPointer { signal in
        clear.values.withUnsafeBufferPointer { clear in
          workers.bands(count) { band in
            for k in band {
              pairs[2 &* k] = signal[k] * clear[k]
              pairs[2 &* k &+ 1] = clear[k]
            }
          }
        }
      }
      initialized = 2 * count
    }
    let half = max(7, Int((range * fit.cell / 0.5).rounded()))
    let blank = LineProfile(half: half, range: range, cell: fit.cell, parameters)
    let (columns, rows) = (fit.columns, fit.rows)
    return pairs.withUnsafeBufferPointer { pairs in
      workers.map(columns + rows) { line in
        var profile = blank
        var out: [LineMeasurement] = []
        if workers.isCancelled { return out }
        if line < columns {
          for j in 0..<(rows - 1) {
            edge(
              fit, line: line, start: line, stride: columns, index: j, length: rows,
              across: line, acrossStride: 1, acrossLength: columns, pairs, &profile, &out)
          }
        } else {
          let j = line - columns
          for i in 0..<(columns - 1) {
            edge(
              fit, line: line, start: j * columns, stride: 1, index: i, length: columns,
              across: j, acrossStride: columns, acrossLength: rows, pairs, &profile, &out)
          }
        }
        return out
      }
    }.flatMap { $0 }
  }

  /// Measures the edge from crossing `index` to the next on a line of `length` crossings.
  private func edge(
    _ fit: LatticeFit, line: Int, start: Int, stride: Int, index: Int, length: Int, across: Int,
    acrossStride: Int, acrossLength: Int, _ pairs: UnsafeBufferPointer<Float>,
    _ profile: inout LineProfile, _ out: inout [LineMeasurement]
  ) {
    let here = start + index * stride
    let (p, q) = (fit.places[here], fit.places[here + stride])
    let (width, height) = (Double(signal.width), Double(signal.height))
    let outside = fit.cell * 0.5
    guard min(p.x, q.x) > -outside, min(p.y, q.y) > -outside,
      max(p.x, q.x) < width + outside, max(p.y, q.y) < height + outside
    else { return }
    let length2 = max(p.distance(to: q), 1e-6)
    var (nx, ny) = (-(q.y - p.y) / length2, (q.x - p.x) / length2)
    // The neighbouring lines say how far a cell reaches across, and on which side.
    let (before, after) = (max(across - 1, 0), min(across + 1, acrossLength - 1))
    let span = Double(after - before)
    func neighbour(_ line: Int, _ k: Int) -> Point<PhotoSpace> {
      fit.places[k + (line - across) * acrossStride]
    }
    let far = (neighbour(after, here) + neighbour(after, here + stride)) * 0.5
    let near = (neighbour(before, here) + neighbour(before, here + stride)) * 0.5
    var pitch = ((far.x - near.x) * nx + (far.y - near.y) * ny) / span
    if pitch < 0 { (nx, ny, pitch) = (-nx, -ny, -pitch) }
    guard pitch > 4 else { return }

    let base = min(max(index - 1, 0), length - 4)
    for place in 0..<LineMeter.places {
      profile.reset()
      for strip in 0..<LineMeter.strips {
        let offset =
          (Double(strip) - Double(LineMeter.strips - 1) / 2)
          / Double(LineMeter.places * LineMeter.strips)
        let t = (Double(place) + 0.5) / Double(LineMeter.places) + offset
        let centre = point(fit, start, stride, base, LineMeter.weights(t, index, length))
        profile.add(
          pairs, width: signal.width, height: signal.height, x: centre.x, y: centre.y,
          stepX: nx * pitch, stepY: ny * pitch)
      }
      guard let peak = profile.peak() else { continue }
      let t = (Double(place) + 0.5) / Double(LineMeter.places)
      let w = LineMeter.weights(t, index, length)
      let centre = point(fit, start, stride, base, w)
      out.append(
        LineMeasurement(
          base: start + base * stride, stride: stride, line: line, weights: w, across: (nx, ny),
          place: Point(
            x: centre.x + peak.place * pitch * nx, y: centre.y + peak.place * pitch * ny),
          confidence: peak.confidence))
    }
  }

  private func point(
    _ fit: LatticeFit, _ start: Int, _ stride: Int, _ base: Int,
    _ w: (Double, Double, Double, Double)
  ) -> Point<PhotoSpace> {
    let k = start + base * stride
    return fit.places[k] * w.0 + fit.places[k + stride] * w.1 + fit.places[k + 2 * stride] * w.2
      + fit.places[k + 3 * stride] * w.3
  }

  /// Catmull–Rom weights at `t` between crossings `index` and `index + 1`, for the four crossings
  /// from `clamp(index − 1, 0, length − 4)` on; lines go on straight beyond their ends.
  static func weights(_ t: Double, _ index: Int, _ length: Int) -> (Double, Double, Double, Double)
  {
    let (t2, t3) = (t * t, t * t * t)
    let a = -0.5 * t3 + t2 - 0.5 * t
    let b = 1.5 * t3 - 2.5 * t2 + 1
    let c = -1.5 * t3 + 2 * t2 + 0.5 * t
    let d = 0.5 * t3 - 0.5 * t2
    if index == 0 { return (b + 2 * a, c - a, d, 0) }
    if index == length - 2 { return (0, a, b - d, c + 2 * d) }
    return (a, b, c, d)
  }
}
