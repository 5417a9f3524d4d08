/// Which of the lines are 5 mm apart, and how we know.
struct GridScale: Sendable {
  /// How many of the found lines make up 5 mm: 5 if they are 1 mm apart, 1 if they are 5 mm apart.
  var linesPerCell: Int
  /// Whether finer or coarser lines of the grid confirm it.
  var isConfirmed: Bool

  /// Reads the hierarchy of lines from the spectra.
  ///
  /// Lines 1 mm apart of which every fifth is heavier add peaks at every fifth part of
  /// their frequency; lines 5 mm apart with fainter ones between have a fifth multiple that
  /// stands out over the fourth and sixth. Grids without either are decided by
  /// ``decided(longestSideInLines:)``.
  init(_ profile: CombProfile) {
    func mean(_ multiples: [Double]) -> Float? {
      let values = multiples.compactMap(profile.excess(at:))
      return values.count == multiples.count ? values.reduce(0, +) / Float(values.count) : nil
    }
    linesPerCell = 1
    isConfirmed = false
    if let parts = mean([0.2, 0.4, 0.6, 0.8]), let between = mean([0.3, 0.5, 0.7]),
      parts > between + 0.45
    {
      (linesPerCell, isConfirmed) = (5, true)
      return
    }
    if let fifth = profile.excess(at: 5), let around = mean([4, 6]), let off = mean([4.5, 5.5]),
      fifth > around + 0.12, fifth > off + 0.5
    {
      isConfirmed = true
    }
  }

  /// For grids of one kind of line: what lines that cover this much paper must be.
  ///
  /// Paper ECGs are 150 to 350 mm long: more than 120 lines beside each other are 1 mm apart.
  mutating func assume(longestSideInLines lines: Double) {
    if !isConfirmed { linesPerCell = lines > 120 ? 5 : 1 }
  }

  /// Whether a lattice of so many 5 mm cells makes a page of usual size: 150 to 350 mm.
  static func isUsualPage(longestSideInCells cells: Int) -> Bool { (30...70).contains(cells) }
}
