/// What the stage Assemble goes by: reading traces in time, filling what is hidden, correcting
/// baselines, and what limb leads must obey.
///
/// Measured on the development pages with known signals (`Docs/Accuracy.md`).
package struct AssembleParameters: Codable, Hashable, Sendable {
  package var sampling = Sampling()
  package var start = Start()
  package var gaps = Gaps()
  package var ends = Ends()
  package var baselines = Baselines()
  package var relations = Relations()
  package var checks = Checks()

  package init() {}

  /// How a trace is read between its points.
  package struct Sampling: Codable, Hashable, Sendable {
    /// Gaps between points up to this long are read through, in seconds.
    package var readThrough = 0.012
    /// Points on either side that tell a value; more keep higher frequencies, and ring farther.
    package var reach = 8
    /// The Kaiser window's β: more leaks less, and is less steep.
    package var beta = 6.0
    /// What a standard deviation grows by for each point from what was seen, in page pixels.
    package var gapDeviation: Float = 0.5
  }

  /// When curves begin later than their rows were taken to.
  package struct Start: Codable, Hashable, Sendable {
    /// The least delay that is reported, and within which most rows must agree, in seconds.
    package var leastSeconds = 0.07
    package var agreementSeconds = 0.032
  }

  /// How hidden stretches of a lead are filled.
  package struct Gaps: Codable, Hashable, Sendable {
    /// The longest stretch that is filled from a like moment, in seconds.
    package var longest = 0.12
    /// The longest stretch that is bridged or held, in seconds.
    package var longestBridge = 0.06
    /// What of the rhythm strip must be alike on either side, in seconds.
    package var context = 0.09
    /// Over how much beside the gap levels are joined, in seconds.
    package var joint = 0.008
    /// The largest mismatch of the strip: a part of its variance, and in mV² beyond that.
    package var stripShare: Float = 0.25
    package var stripFloor: Float = 0.0004
    /// The least standard deviation of what was filled, what it grows by for each sample of a
    /// bridge, in mV, and by which part of the bridge's step.
    package var leastDeviation: Float = 0.03
    package var bridgeDeviation: Float = 0.01
    package var stepShare: Float = 0.25
  }

  /// When the ends of a lead are something else's ink.
  package struct Ends: Codable, Hashable, Sendable {
    /// What may be mended at either end, in seconds: half a bar and a stroke.
    package var end = 0.035
    /// What must be alike beside it, in the lead and, there and beyond the end, in the strip.
    package var context = 0.08
    package var beyond = 0.06
    /// Over how much beside the end levels are joined, in seconds.
    package var joint = 0.008
    /// Moments nearer than this are the same beat, in seconds.
    package var leastShift = 0.25
    /// The least that a traced end must be off, in mV, and in mismatches of the lead beside it.
    package var leastMillivolts: Float = 0.25
    package var leastMismatches: Float = 5
    /// How exactly a like moment tells the time, in seconds.
    package var play = 0.006
    /// The largest mismatch of strip and lead: a part of their variance, and in mV² beyond that.
    package var stripShare: Float = 0.1
    package var stripFloor: Float = 0.0004
    package var leadShare: Float = 0.15
    package var leadFloor: Float = 0.003
    /// The standard deviation of what was put back, in mV: at least, and of what it moved by.
    package var leastDeviation: Float = 0.05
    package var moveShare: Float = 0.15
  }

  /// How each row's 0 mV is corrected by the relations between limb leads.
  package struct Baselines: Codable, Hashable, Sendable {
    /// How well 0 mV is known before, in mm: by the foot of the row's pulse, or by the level where
    /// most of its ink is.
    package var withPulse = 0.065
    package var withoutPulse = 0.13
    /// How exactly the relations hold on paper, in mm: time, gain and curves are off a little, too.
    package var relation = 0.08
    /// Measurements further from what was expected than so many standard deviations are left out.
    package var gate = 4.0
    /// The variance of what nothing is known about, in mm².
    package var unknown = 1e4
    /// Agreement is judged as if so many more measurements had agreed as expected.
    package var priorChecks = 2.0
    /// So many tenths of the moments are level: the surest ones, complexes left out.
    package var levelTenths = 7
    /// The least moments at which all leads must be seen.
    package var leastMoments = 100
  }

  /// How limb leads of one moment are made to agree.
  package struct Relations: Codable, Hashable, Sendable {
    /// The least standard deviation that is believed, in mV: time differs between rows, too.
    package var leastDeviation: Float = 0.015
    /// Traces whose waves contradict each other by more than this part of their height, or are
    /// as a whole taller or lower than the others make them, are not the leads they are called, or
    /// were scaled one by one.
    package var largestContradiction: Float = 0.1
    /// Contradictions beyond this many standard deviations weigh less.
    package var huber: Float = 2
    /// Leads whose matrix has less than this part of its greatest determinant tell one voltage.
    package var leastDeterminant: Float = 1e-3
    /// The least height against which contradictions are measured, in mV, and its square's floor.
    package var leastHeight: Float = 0.02
    package var leastSquare: Float = 0.01
  }

  /// What is reported of the assembled leads.
  package struct Checks: Codable, Hashable, Sendable {
    /// Relations that hold less than this are reported.
    package var leastAgreement = 0.7
    /// How near to the ink a curve must be to count as right, in mm.
    package var tolerance = 0.5
  }
}
