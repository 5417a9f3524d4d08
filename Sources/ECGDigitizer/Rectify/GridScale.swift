/// Which of the lines are 5 mm apart, and how we know.
struct GridScale: Sendable {
  /// How many of the found lines make up 5 mm: 5 if they are 1 mm apart, 1 if they are 5 mm apart.
  var linesPerCell: Int
  /// Whether finer or coarser lines of the grid confirm it.
  var isConfirmed: Bool
  private let mostLines: Double

  /// Reads the hierarchy of lines from the spectra.
  ///
  /// Lines 1 mm apart of which every fifth is heavier add peaks at every fifth part of
  /// their frequency; lines 5 mm apart with fainter ones between have a fifth multiple that
  /// stands out over the fourth and sixth, and over the places beside it. Grids without either
  /// are taken for lines 5 mm apart until ``assume(longestSideInLines:)``.
  init(_ profile: CombProfile, _ parameters: RectifyParameters.Scale) {
    mostLines = parameters.mostLines
    func mean(_ multiples: [Double]) -> Float? {
      let values = multiples.compactMap(profile.excess(at:))
      return values.count == multiples.count ? values.reduce(0, +) / Float(values.count) : nil
    }
    linesPerCell = 1
    isConfirmed = false
    if let parts = mean([1, 2, 3, 4].map { $0 / 5 }),
      let between = mean([3, 5, 7].map { $0 / 10 }),
      parts > between + parameters.fifthParts
    {
      (linesPerCell, isConfirmed) = (5, true)
      return
    }
    if let fifth = profile.excess(at: 5), let around = mean([4, 6]),
      let off = mean([9 / 2, 11 / 2]),
      fifth > around + parameters.fifthOverNeighbors, fifth > off + parameters.fifthOverBetween
    {
      isConfirmed = true
    }
  }

  /// For grids of one kind of line: what lines that cover this much paper must be.
  ///
  /// Paper ECGs are 150 to 350 mm long: many more lines beside each other are 1 mm apart.
  mutating func assume(longestSideInLines lines: Double) {
    if !isConfirmed { linesPerCell = lines > mostLines ? 5 : 1 }
  }
}
