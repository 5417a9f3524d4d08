package import ECGCore
import ECGNumerics

/// Crossings of the grid as region growing found them: numbered, with holes.
///
/// Conventions: crossing (i, j) is `index = j · columns + i`; places are pixels of the working
/// picture. A crossing that was not found has quality 0.
package struct GrownLattice: Sendable {
  package var columns: Int
  package var rows: Int
  package var places: [Point<PhotoSpace>]
  /// 0…1; 0 where the crossing is absent.
  var quality: [Double]

  package init(columns: Int, rows: Int, places: [Point<PhotoSpace>], quality: [Double]) {
    (self.columns, self.rows, self.places, self.quality) = (columns, rows, places, quality)
  }

  /// How many crossings were found.
  package var count: Int { quality.reduce(0) { $0 + ($1 > 0 ? 1 : 0) } }

  /// The mean quality of the crossings found.
  package var meanQuality: Double { quality.reduce(0, +) / Double(max(count, 1)) }
}

extension GrownLattice {
  /// The median distance between neighbouring crossings, in pixels.
  var medianCell: Double {
    var lengths: [Double] = []
    for j in 0..<rows {
      for i in 0..<columns where quality[j * columns + i] > 0 {
        let k = j * columns + i
        if i + 1 < columns, quality[k + 1] > 0 {
          lengths.append(places[k].distance(to: places[k + 1]))
        }
        if j + 1 < rows, quality[k + columns] > 0 {
          lengths.append(places[k].distance(to: places[k + columns]))
        }
      }
    }
    return lengths.isEmpty ? 0 : lengths.selectMedian()
  }

  /// The lattice without outer rows and columns that hold few crossings: strays beyond the paper.
  ///
  /// - Parameter share: of the crossings that the fullest row (or column) holds.
  func trimmed(share: Double) -> GrownLattice {
    guard columns > 2, rows > 2 else { return self }
    var inColumn = [Int](repeating: 0, count: columns)
    var inRow = [Int](repeating: 0, count: rows)
    for k in quality.indices where quality[k] > 0 {
      inColumn[k % columns] += 1
      inRow[k / columns] += 1
    }
    let leastInColumn = share * Double(inColumn.max() ?? 0)
    let leastInRow = share * Double(inRow.max() ?? 0)
    func kept(_ counts: [Int], _ least: Double) -> ClosedRange<Int>? {
      guard let first = counts.firstIndex(where: { Double($0) >= least }),
        let last = counts.lastIndex(where: { Double($0) >= least }), last > first
      else { return nil }
      return first...last
    }
    guard let x = kept(inColumn, leastInColumn), let y = kept(inRow, leastInRow) else {
      return self
    }
    return cut(columns: x, rows: y)
  }

  /// The part of the lattice in some columns and rows.
  func cut(columns x: ClosedRange<Int>, rows y: ClosedRange<Int>) -> GrownLattice {
    var out = GrownLattice(columns: x.count, rows: y.count, places: [], quality: [])
    for j in y {
      out.places += places[(j * columns + x.lowerBound)...(j * columns + x.upperBound)]
      out.quality += quality[(j * columns + x.lowerBound)...(j * columns + x.upperBound)]
    }
    return out
  }

  /// The lattice without outer rows and columns that lie wholly outside a picture.
  func within(_ size: PixelSize) -> GrownLattice {
    let (w, h) = (Double(size.width), Double(size.height))
    func isSeen(_ k: Int) -> Bool {
      places[k].x > -1 && places[k].y > -1 && places[k].x < w && places[k].y < h
    }
    let x = (0..<columns).filter { i in (0..<rows).contains { isSeen($0 * columns + i) } }
    let y = (0..<rows).filter { j in (0..<columns).contains { isSeen(j * columns + $0) } }
    guard let left = x.first, let right = x.last, let top = y.first, let bottom = y.last,
      right - left >= 3, bottom - top >= 3
    else { return self }
    // One line outside stays, so that the page reaches the edge of the picture.
    return cut(
      columns: max(0, left - 1)...min(columns - 1, right + 1),
      rows: max(0, top - 1)...min(rows - 1, bottom + 1))
  }

  /// The lattice with `margin` more rows and columns on each side, and every absent crossing
  /// put where its neighbours' lines, continued straight, would cross.
  func filled(margin: Int) -> GrownLattice {
    let (w, h) = (columns + 2 * margin, rows + 2 * margin)
    var out = GrownLattice(
      columns: w, rows: h,
      places: [Point<PhotoSpace>](repeating: Point(x: 0, y: 0), count: w * h),
      quality: [Double](repeating: 0, count: w * h))
    var known = [Bool](repeating: false, count: w * h)
    for j in 0..<rows {
      for i in 0..<columns where quality[j * columns + i] > 0 {
        let k = (j + margin) * w + i + margin
        out.places[k] = places[j * columns + i]
        out.quality[k] = quality[j * columns + i]
        known[k] = true
      }
    }
    var missing = known.indices.filter { !known[$0] }
    while !missing.isEmpty {
      var found: [(Int, Point<PhotoSpace>)] = []
      for k in missing {
        if let place = out.continued(to: k, known: known) { found.append((k, place)) }
      }
      guard !found.isEmpty else { break }
      for (k, place) in found {
        out.places[k] = place
        known[k] = true
      }
      missing = missing.filter { !known[$0] }
    }
    return out
  }

  /// The mean of the straight continuations of the lines through crossing `k`, or `nil` if no
  /// two known crossings lead to it.
  private func continued(to k: Int, known: [Bool]) -> Point<PhotoSpace>? {
    let (i, j) = (k % columns, k / columns)
    var (x, y, count) = (0.0, 0.0, 0.0)
    func at(_ a: Int, _ b: Int) -> Point<PhotoSpace>? {
      let (p, q) = (i + a, j + b)
      guard p >= 0, q >= 0, p < columns, q < rows, known[q * columns + p] else { return nil }
      return places[q * columns + p]
    }
    for (a, b) in [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1)] {
      // A longer lever is steadier: three steps away if it is known, else two.
      if let near = at(a, b), let far = at(4 * a, 4 * b) {
        x += 3 * (near.x + (near.x - far.x) / 3)
        y += 3 * (near.y + (near.y - far.y) / 3)
        count += 3
      } else if let near = at(a, b), let far = at(2 * a, 2 * b) {
        x += 2 * near.x - far.x
        y += 2 * near.y - far.y
        count += 1
      }
    }
    return count > 0 ? Point(x: x / count, y: y / count) : nil
  }
}
