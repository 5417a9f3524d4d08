/// What the stage Trace goes by: reading curves with a network, choosing between curves, and
/// fitting strokes.
///
/// Lengths are millimetres of paper unless pixels are named; pixels are the page's. Measured on the
/// development pages with known signals (`Docs/Algorithms/Curves.md`, `Docs/Accuracy.md`).
package struct TraceParameters: Codable, Hashable, Sendable {
  package var reading = Reading()
  package var ink = InkFollowing()
  package var ownInk = OwnInk()
  package var selection = Selection()
  package var rows = Rows()
  package var peaks = Peaks()
  package var pen = Pen()
  package var refinement = Refinement()
  package var fit = Fit()
  package var runs = Runs()
  package var ends = Ends()
  package var intervals = Intervals()

  package init() {}

  /// How a network's answer becomes a curve.
  package struct Reading: Codable, Hashable, Sendable {
    /// The cost of a row climbed between neighbouring columns, and the most that is asked, so that
    /// QRS complexes may be as steep as they are.
    package var climb: Float = 0.08
    package var longestClimb: Float = 3
    /// The most that an unlikely place costs.
    package var unlikely: Float = 9
    /// Rows around the path whose mean is the curve.
    package var window = 3
    /// What is added to a row's extent on either side, in mm.
    package var margin = 4.0
    /// Pages whose scale is off by less than this part are not resampled: that would blur.
    package var scaleTolerance = 0.1
    /// Curves less probable than this are taken for absent where nothing else is asked.
    package var leastMass: Float = 0.3
    /// The least standard deviation of a network's curve, in pixels.
    package var leastDeviation: Float = 0.3
  }

  /// Which ink hangs on a curve that a network read.
  package struct OwnInk: Codable, Hashable, Sendable {
    /// From here a pixel is ink that may be grown into.
    package var ink = InkLevel.pale
    /// How far ink is grown sideways from the curve.
    package var reach = 0.6
    /// Half the width of a stroke, before it is measured.
    package var halfWidth = 0.18
    /// How far a peak may stand out of what was read.
    package var tallestPeak = 10.0
  }

  /// When a followed curve is taken in place of a network's.
  package struct Selection: Codable, Hashable, Sendable {
    /// Curves closer than this are the same.
    package var likeness = 0.6
    /// Differences closer than this along time are settled together, and how many pixels are added
    /// to either side of them.
    package var join = 1.5
    package var wider = 3
    /// Darkness from which a pixel counts as ink, and below which it is bare.
    package var ink = InkLevel.pale
    package var bare = InkLevel.bare
    /// How much better ink following must be, in half pixels and as a part.
    package var leastGain = 12
    package var gainShare = 0.1
    /// How near to a border of leads ink following is believed where the page does not decide.
    package var border = 1.5
    /// How far above and below the rows' own ink unexplained ink is counted.
    package var reach = 25.0
    /// Half the width of the pen whose ink must be there.
    package var halfWidth = 0.1
    /// A centroid's standard deviation as a part of its stroke's height.
    package var extentShare: Float = 0.4
    /// What stands for a network's probability where ink was followed: with ink, and without.
    package var massOnInk: Float = 0.8
    package var massOffInk: Float = 0.3
  }

  /// What a row's ends, bars and names do to its ink.
  package struct Rows: Codable, Hashable, Sendable {
    /// Before a row's end ink is followed whoever's it is, over so much; and over so much the curve
    /// followed is taken in place of a network's.
    package var freeEnd = 5.0
    package var followedEnd = 1.5
    /// What is near to a row's ends and to its ink: bars and pulses stand there.
    package var near = 1.2
    /// The end of a row that a bar closes: nothing is masked there but the bar.
    package var closedEnd = 0.6
    /// Before a bar all ink that the last columns reach is taken, over gaps of so much, and so far.
    package var barReach = 0.4
    package var barGap = 0.4
    package var tallestAtBar = 12.0
    /// About the widest stroke's half and a pixel of blur: so many pixels beside a path a name that
    /// touches it hides nothing.
    package var corridor = 3
  }

  /// Which peaks are clipped by a first curve, and drawn out.
  package struct Peaks: Codable, Hashable, Sendable {
    /// How far ink must go on.
    package var least = 0.4
    /// The widest peak.
    package var widest = 1.4
    /// The most that is put back.
    package var tallest = 10.0
    /// White across the stroke where a line of the grid was taken out.
    package var gap = 0.3
    /// Columns whose ink ends so near to the outermost are the peak's middle.
    package var flatness = 0.3
    /// How far beside a peak the curve must have turned away.
    package var beside = 0.5
    /// Darkness from which a pixel counts as ink.
    package var ink = InkLevel.pale
  }
}
