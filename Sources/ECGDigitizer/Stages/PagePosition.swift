/// What has to be done to a page raster to make it upright: mirrored first, then turned clockwise.
package struct PagePosition: Hashable, Sendable {
  package var quarterTurns: Int
  package var isMirrored: Bool

  package init(quarterTurns: Int, isMirrored: Bool) {
    self.quarterTurns = quarterTurns
    self.isMirrored = isMirrored
  }

  /// Nothing is to be done.
  package static let upright = PagePosition(quarterTurns: 0, isMirrored: false)

  /// The four positions in which traces run along the rows of pixels.
  package static let alongRows = [
    upright, PagePosition(quarterTurns: 2, isMirrored: false),
    PagePosition(quarterTurns: 0, isMirrored: true),
    PagePosition(quarterTurns: 2, isMirrored: true),
  ]

  /// Whether time runs from right to left before it is put right.
  package var reversesTime: Bool { (quarterTurns == 2) != isMirrored }

  /// Whether the lowest row comes first, and up is down, before it is put right.
  package var reversesRows: Bool { quarterTurns == 2 }
}
