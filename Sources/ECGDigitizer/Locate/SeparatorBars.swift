import ECGCore
import ECGImaging

/// Upright bars between leads, found where a layout would have them.
///
/// A bar fills most of the 2.5 mm above and below the zero line, or of the 2 mm beyond them, in
/// (nearly) all rows of the body at the same place, which no QRS complex does: complexes differ from lead to lead.
struct SeparatorBars {
  /// The bars' centres in page columns, one per boundary; `nil` where none was seen.
  var centres: [Double?]
  /// The centres of those that look the same in every row, as complexes do not.
  var alikeCentres: [Double?]
  /// What they hide, row by row.
  var hidden: [PixelBox]
  /// The levels that they ink, from each row's zero line.
  let pieces: [ClosedRange<Int>]

  /// Looks within `reach` mm of each expected boundary.
  init(
    at boundaries: [Double], rows: [PrintedRow], in map: InkMap, reach: Double = 4.5
  ) {
    let s = map.pixelsPerMillimeter
    centres = []
    hidden = []
    var found: [ClosedRange<Int>] = []
    for boundary in boundaries {
      let low = max(0, Int(boundary - reach * s))
      let high = min(map.ink.width - 1, Int(boundary + reach * s))
      guard low < high else {
        centres.append(nil)
        continue
      }
      let fill = (low...high).map { SeparatorBars.fill($0, rows: rows, map: map) }
      guard let peak = fill.indices.max(by: { fill[$0] < fill[$1] }), fill[peak] > 0.62 else {
        centres.append(nil)
        continue
      }
      // The middle of a wide bar may be paler than its edges.
      let hollow = max(1, Int(0.4 * s))
      var (from, to) = (peak, peak)
      while let step = (1...hollow).first(where: { from >= $0 && fill[from - $0] > 0.4 }) {
        from -= step
      }
      while let step = (1...hollow).first(where: {
        to + $0 < fill.count && fill[to + $0] > 0.4
      }) {
        to += step
      }
      guard Double(to - from) < 2.0 * s else {
        centres.append(nil)
        continue
      }
      let weights = (from...to).map { fill[$0] }
      let moment = zip(from...to, weights).reduce(0.0) { $0 + Double($1.0) * $1.1 }
      let columns = (low + from)...(low + to)
      let precise = BarCentre(of: columns, rows: rows, in: map).x
      centres.append(precise ?? (Double(low) + moment / weights.reduce(0, +)))
      found.append(columns)
    }
    let likeness = BarLikeness(found, rows: rows, in: map)
    let alike = found.indices.map {
      likeness.isSolid($0)
        || ((likeness.likeness(of: $0) ?? 0) > BarLikeness.least && !likeness.isFlanked($0))
    }
    var next = alike.makeIterator()
    alikeCentres = centres.map { centre in centre.flatMap { next.next() == true ? $0 : nil } }
    pieces = SeparatorBars.pieces(of: found, rows: rows, map: map)
    for columns in found {
      let wide = SeparatorBars.inked(columns, pieces: pieces, rows: rows, map: map)
      for row in rows {
        let zero = Int(row.baselineY.rounded())
        for piece in pieces {
          hidden.append(
            PixelBox(
              columns: wide, rows: (zero + piece.lowerBound)...(zero + piece.upperBound)))
        }
      }
    }
  }

  /// `columns` of a bar with those beside it that it inks, too; traces that run along a bar are
  /// seen beside it.
  private static func inked(
    _ columns: ClosedRange<Int>, pieces: [ClosedRange<Int>], rows: [PrintedRow], map: InkMap
  ) -> ClosedRange<Int> {
    func isInked(_ x: Int) -> Bool {
      guard x >= 0, x < map.ink.width else { return false }
      let levels = rows.flatMap { row in
        pieces.flatMap { piece in
          piece.compactMap { offset -> Float? in
            let y = Int(row.baselineY.rounded()) + offset
            return y >= 0 && y < map.ink.height ? map.ink[x, y] : nil
          }
        }
      }.sorted()
      return levels.isEmpty || levels[levels.count / 2] > 0.12
    }
    let (low, high) = (columns.lowerBound, columns.upperBound)
    return (isInked(low - 1) ? low - 1 : low)...(isInked(high + 1) ? high + 1 : high)
  }

  /// The share of boundaries whose bars stand `width` apart, to a millimetre: a QRS complex taken
  /// for a bar does not.
  func share(standing width: Double, pixelsPerMillimeter s: Double) -> Double {
    let offsets = centres.enumerated().compactMap { k, x in x.map { $0 - Double(k) * width } }
    let most = offsets.map { first in
      offsets.count { (0...s).contains($0 - first) }
    }.max()
    return Double(most ?? 0) / Double(max(centres.count, 1))
  }

  /// The levels, relative to the zero line, at which the bars are inked in most rows: one
  /// piece for a solid bar, two for one that leaves the trace free.
  private static func pieces(
    of bars: [ClosedRange<Int>], rows: [PrintedRow], map: InkMap
  ) -> [ClosedRange<Int>] {
    guard !bars.isEmpty else { return [] }
    let reach = Int(8 * map.pixelsPerMillimeter)
    var out: [ClosedRange<Int>] = []
    for offset in -reach...reach {
      var (inked, seen) = (0, 0)
      for columns in bars {
        let x = (columns.lowerBound + columns.upperBound) / 2
        for row in rows {
          let y = Int(row.baselineY.rounded()) + offset
          guard y >= 0 && y < map.ink.height else { continue }
          seen += 1
          if map.ink[x, y] > 0.5 { inked += 1 }
        }
      }
      guard seen > 0, 10 * inked >= 7 * seen else { continue }
      if let last = out.last, last.upperBound >= offset - 2 {
        out[out.count - 1] = last.lowerBound...offset
      } else {
        out.append(offset...offset)
      }
    }
    // Their ends are paler, but ink.
    return out.filter { Double($0.count) > map.pixelsPerMillimeter }
      .map { ($0.lowerBound - 1)...($0.upperBound + 1) }
  }

  /// The share of rows whose bar is inked in column `x`: next to the trace, or, of short strokes
  /// that leave it free, further off.
  private static func fill(_ x: Int, rows: [PrintedRow], map: InkMap) -> Double {
    func ink(_ row: PrintedRow, _ from: Double, _ to: Double) -> Double {
      let s = map.pixelsPerMillimeter
      let levels = Int(row.baselineY + from * s)...Int(row.baselineY + to * s)
      let seen = levels.clamped(to: 0...(map.ink.height - 1))
      let sum = seen.reduce(0.0) { $0 + Double(min(max(map.ink[x, $1], 0), 1)) }
      return sum / Double(seen.count)
    }
    let near = rows.count { ink($0, -3.2, -1.0) + ink($0, 1.0, 3.2) > 1.2 }
    // A name on one side and a complex on the other are as tall, but not as dark.
    let far = rows.count { min(ink($0, -4.8, -2.7), ink($0, 2.7, 4.8)) > 0.8 }
    return Double(max(near, far)) / Double(max(rows.count, 1))
  }
}
