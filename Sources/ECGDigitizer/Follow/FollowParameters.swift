/// What the stage Follow goes by: which lines of ink are rows, which ink is theirs, what a pulse is.
///
/// Lengths are millimetres of paper, shares parts of one. Measured on the development pages
/// (photos, scans and renders) unless said otherwise.
package struct FollowParameters: Codable, Hashable, Sendable {
  package var rows = Rows()
  package var expectedRows = ExpectedRows()
  package var ink = InkFollowing()
  package var pulses = Pulses()

  package init() {}

  /// What makes a line of ink a printed row.
  package struct Rows: Codable, Hashable, Sendable {
    /// Rows are looked for at about so many pixels per mm; more see finer ink and cost more.
    package var pixelsPerMillimeter = 3.6
    /// From here a pixel is ink of a row; a larger level loses pale rows.
    package var ink = InkLevel.plain
    /// A row must cover this part of its columns with ink; text covers less.
    package var leastCoverage = 0.72
    /// The most gaps in 10 mm of a row: text has about four, a trace nearly none.
    package var mostGaps = 2.2
    /// A row must be at least this long, in mm.
    package var leastMillimeters = 40.0
    /// Rows shorter than this part of the longest one are not rows of the same page.
    package var leastShare = 0.35
    /// Rows of less ink than this part of the strongest one's are grid lines or shadows.
    package var leastStrength = 0.62
    /// Levels of the fine and the coarse profile: the share of columns with ink that makes a
    /// candidate; more leave out rows that wander.
    package var leastFineLevel: Float = 0.12
    package var leastCoarseLevel: Float = 0.06
    /// The least distances between candidates of either profile, in mm.
    package var fineDistance = 6.0
    package var coarseDistance = 8.0
    /// How far the coarse profile is smoothed to either side, in mm: traces that wander have no
    /// level of their own.
    package var coarseRadius = 3.0
    /// What the way through ink costs.
    package var costs = InkPathCosts.Weights()
    /// How far from its level a path is looked for, in mm.
    package var reach = 14.0
    /// Paths that run within so many reduced pixels of each other over this part of the shorter one
    /// are the same row.
    package var twinPixels: Float = 1.5
    package var twinShare = 0.5
    /// Gaps of the ink that are forgiven, in mm.
    package var bridge = 6.0
    /// Each end of a row must hold this share of ink over so many mm, so that a word in the margin
    /// does not lengthen it.
    package var endMillimeters = 15.0
    package var endShare = 0.6
    /// What never leaves its straight line by so much, in mm, is a ruled line or a frame.
    package var leastExcursion = 0.4
    /// The part of the reach within which an expected row's level is looked for.
    package var expectedShare = 0.6

    /// A flat trace on a grid line loses ink with the line: a row that is expected may have this
    /// many gaps and this little coverage.
    package static let ofExpectedRow: Rows = {
      var rows = Rows()
      (rows.mostGaps, rows.leastCoverage) = (5, 0.55)
      return rows
    }()
  }

  /// When a broken row is believed where names say that there is one.
  package struct ExpectedRows: Codable, Hashable, Sendable {
    package var rows = Rows.ofExpectedRow
    /// How far the ends of a row may lie from those of the others, in mm.
    package var mostEndDistance = 6.0
    /// The least darkness beside that of the others.
    package var leastDarkness = 0.6
    /// The farthest that a row may lie from where names put it, in mm and as a part of the
    /// distance between rows; taken as ``usualPitch`` where names do not tell.
    package var mostReach = 14.0
    package var reachShare = 0.5
    package var usualPitch = 28.0
  }

  /// What is a calibration pulse: two upright legs, a flat top, a foot.
  package struct Pulses: Codable, Hashable, Sendable {
    /// How far from a row's end a pulse may reach into the row, in mm.
    package var reach = 18.0
    /// How far before a row's end it may begin, in mm: a row may be found from where its trace
    /// starts, behind a wide pulse.
    package var beyond = 15.0
    /// The distance between the legs, in mm.
    package var width = 1.2...13.0
    /// The height of pulses seen on a path, and by their ink alone, in mm.
    package var heightOnPath = 4.0...23.0
    package var heightInInk = 4.0...24.0
    /// Pulses whose legs stand this near to each other, in mm, stand above each other.
    package var aligned = 1.2
    /// Heights that a pulse usually has, in mm, and how near to one it must come.
    package var usualHeights = [5.0, 10, 20]
    package var usualTolerance = 0.25
    /// How far the usual height may lie from the median, as a part of it.
    package var medianShare = 0.15
    /// How far a pulse's height may lie from the typical one: a part of it, and in mm besides.
    package var heightShare = 0.08
    package var heightSlack = 0.3
    /// Feet whose height is off by more than this, in mm, are moved to the typical height.
    package var mostFootError = 0.25
    package var onPath = OnPath()
    package var inInk = InInk()
  }

  /// Pulses that a row's path runs through; all in mm.
  package struct OnPath: Codable, Hashable, Sendable {
    /// How far the top of a plateau may lie from where it began.
    package var flatness = 0.35
    /// Columns with more ink than this are not plateau but leg.
    package var plateauThickness = 1.2
    /// The least length of a plateau between its legs.
    package var leastPlateau = 0.5
    /// How far beside the plateau's end its leg is looked for, how near to the plateau it must
    /// begin, and how tall it must be.
    package var legReach = 1.2
    package var legTop = 1.5
    package var leastLeg = 3.0
    /// How far the lower ends of the legs may differ.
    package var mostLegDifference = 6.0
    /// Where beside the outer leg the foot is read, and the most ink that a foot has.
    package var footFrom = 0.5
    package var footTo = 1.6
    package var footThickness = 1.0
  }

  /// Pulses that are seen by their ink alone; in mm where nothing else is said.
  package struct InInk: Codable, Hashable, Sendable {
    /// Where the legs are looked for, above the zero line, and by how much that may be off.
    package var legLevel = 1.8
    package var zeroSlack = 1.2
    /// From here a pixel is ink of a leg or a plateau, and of the side of a leg.
    package var ink = InkLevel.stroke
    package var sideInk = InkLevel.plain
    /// Below here, in mm of darkness across the plateau, its stroke has ended.
    package var faint = Double(InkLevel.faint)
    /// Runs of ink wider than this are no legs.
    package var legWidth = 1.1
    /// What is left out of the plateau beside each leg: so much, and this part of its width.
    package var inset = 0.35
    package var insetShare = 0.12
    /// How far the top may lie from the plateau's median.
    package var flatness = 0.3
    /// How thick the plateau may be: what is looked at, and what is too much.
    package var plateauDepth = 1.3
    package var plateauThickness = 1.25
    /// How far beside its middle a leg's ink may stand.
    package var legReach = 0.3
    /// How far down a leg is followed; one that goes on is another pulse's, too.
    package var footDepth = 5.0
    /// Where beside the outer leg the foot is read, and how far above and below the leg's end.
    package var footFrom = 0.5
    package var footTo = 1.3
    package var footAbove = 0.9
    package var footBelow = 0.5
    /// How far above a leg's end the foot lies where no line leaves it.
    package var halfFoot = 0.15
    /// How far below the level of the legs a foot's line may lie where legs go on, and how thick
    /// it may be.
    package var lineDepth = 3.5
    package var lineThickness = 1.1
  }
}
