package import ECGCore

/// Where one layout lies on the page, and how well the marks say so.
///
/// Conventions: millimetres of paper, right and down from the page's top left corner,
/// in the position of the page in which the marks were read.
package struct LayoutFit: Sendable {
  /// A slot of the layout whose name was seen.
  package struct Seen: Sendable {
    /// Index into the layout's slots.
    package var slot: Int
    package var mark: PrintedMark
    /// The mark's score, less for its distance from the place the fit gives it.
    package var value: Double
  }

  /// The layout without rhythm strips.
  package var layout: LeadLayout
  /// The height of the names of each row.
  package var rowYMillimeters: [Double]
  /// The place of the names of each column.
  package var columnXMillimeters: [Double]
  /// The slots whose names were seen; the others' places follow from their row and column.
  package var seen: [Seen]
  /// The names of rhythm strips, from top to bottom.
  package var rhythm: [PrintedMark]
  /// The sum of the scores of marks that the fit does not explain.
  package var unexplainedScore: Double
  /// What fits are compared by.
  package var score: Double

  /// The place of the name of a slot.
  package func place(of slot: LeadSlot) -> (x: Double, y: Double) {
    (columnXMillimeters[slot.column], rowYMillimeters[slot.row])
  }

  /// The mean distance between rows; `nil` for a single row.
  package var rowPitchMillimeters: Double? {
    guard let first = rowYMillimeters.first, let last = rowYMillimeters.last,
      rowYMillimeters.count > 1
    else { return nil }
    return (last - first) / Double(rowYMillimeters.count - 1)
  }

  /// The length of all columns, from the distances between their names; `nil` for one column.
  package var lengthMillimeters: Double? {
    let pitches = zip(columnXMillimeters, columnXMillimeters.dropFirst()).map { $1 - $0 }.sorted()
    return pitches.isEmpty ? nil : pitches[pitches.count / 2] * Double(columnXMillimeters.count)
  }

  /// The part of the slots whose names were seen, 0…1.
  package var seenShare: Double { Double(seen.count) / Double(layout.slots.count) }

  /// The layout with the rhythm strips that were read.
  package var namedLayout: LeadLayout { layout.withRhythmLeads(rhythm.map(\.kind.lead)) }

  /// Whether `other` says nothing against this fit: it gives no place a different name, and
  /// all it has seen stands at the same place here.
  ///
  /// The sign of aVR is left out: the minus is weak evidence, the order of names decides.
  package func isConsistent(with other: LayoutFit, within millimeters: Double = 6) -> Bool {
    let seenThere = Set(other.seen.map(\.slot))
    for (index, slot) in other.layout.slots.enumerated() {
      let there = other.place(of: slot)
      let here = layout.slots.first { mine in
        let place = self.place(of: mine)
        let (dx, dy) = (place.x - there.x, place.y - there.y)
        return (dx * dx + dy * dy).squareRoot() < millimeters
      }
      if let here {
        if here.lead != slot.lead { return false }
      } else if seenThere.contains(index) {
        return false
      }
    }
    return true
  }
}
