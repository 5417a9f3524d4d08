package import ECGCore

/// What the network says about a page: for every kind of mark, how likely one has its middle here.
///
/// Conventions: one value per kind (in ``ECGCore/MarkKind/inNetworkOrder``), row and column;
/// cell (0, 0) covers the first ``cellMillimeters`` from the page's corner.
package struct NameMaps: Sendable {
  package var columns: Int
  package var rows: Int
  package var cellMillimeters: Double
  /// `kinds · rows · columns` values, 0…1.
  package var values: [Float]

  package init(columns: Int, rows: Int, cellMillimeters: Double, values: [Float]) {
    precondition(values.count == MarkKind.inNetworkOrder.count * rows * columns)
    self.columns = columns
    self.rows = rows
    self.cellMillimeters = cellMillimeters
    self.values = values
  }

  /// The local maxima above `least`, each at the centroid of its cell and the eight around it.
  ///
  /// Several kinds may have a mark at one place.
  package func marks(above least: Float = 0.1) -> [PrintedMark] {
    var marks: [PrintedMark] = []
    for (index, kind) in MarkKind.inNetworkOrder.enumerated() {
      let base = index * rows * columns
      for r in 0..<rows {
        for c in 0..<columns {
          let value = values[base + r * columns + c]
          guard value > least, let mean = centroid(base: base, row: r, column: c) else { continue }
          marks.append(
            PrintedMark(
              kind: kind, xMillimeters: (mean.x + 0.5) * cellMillimeters,
              yMillimeters: (mean.y + 0.5) * cellMillimeters, score: Double(value)))
        }
      }
    }
    return marks
  }

  /// The centroid around a cell in cells; `nil` if a neighbour is higher.
  private func centroid(base: Int, row: Int, column: Int) -> (x: Double, y: Double)? {
    let value = values[base + row * columns + column]
    var (sum, sumX, sumY) = (0.0, 0.0, 0.0)
    for r in max(0, row - 1)...min(rows - 1, row + 1) {
      for c in max(0, column - 1)...min(columns - 1, column + 1) {
        let other = values[base + r * columns + c]
        // Of equal neighbours the first one is the maximum.
        let isEarlier = r < row || (r == row && c < column)
        if other > value || (other == value && isEarlier) { return nil }
        sum += Double(other)
        sumX += Double(other) * Double(c)
        sumY += Double(other) * Double(r)
      }
    }
    return (sumX / sum, sumY / sum)
  }
}

/// Whatever turns a prepared page into maps: the network, or recorded answers in a test.
package protocol NameMapping: Sendable {
  /// The maps' cells per side of a pixel block: one cell stands for so many pixels.
  var stride: Int { get }
  /// - Parameter input: values channel by channel, as ``ECGImaging/LocalContrast`` prepares them.
  /// - Returns: `kinds · (height / stride) · (width / stride)` values, 0…1.
  func maps(_ input: [Float], width: Int, height: Int) throws -> [Float]
}
