public import ECGCore

/// One page scored stage by stage, so that a loss in decibels can be traced to its stage.
public struct StageScores: Sendable {
  /// The page's name.
  public var id: String
  /// What kind of page it is.
  public var condition: String
  /// Rectify: how flat the paper is.
  public var geometry: GeometryScore?
  /// Classify: ink against everything else; `nil` where no true class map is known.
  public var classMap: ClassMapScore?
  /// Locate: which lead is printed where.
  public var placement: PlacementScore
  /// Trace: the curve in page pixels.
  public var trace: TraceScore?
  /// Calibrate: millimetres to seconds and millivolts.
  public var calibration: CalibrationScore?
  /// Decibels under a protocol with more and more of the truth handed in, first without any.
  public var ladder: [Rung] = []

  /// The score with some of the truth handed in.
  public struct Rung: Sendable, Hashable {
    /// What was handed in.
    public var given: String
    /// The score; `nil` if nothing was returned.
    public var decibels: Double?

    /// Names a score.
    public init(given: String, decibels: Double?) {
      (self.given, self.decibels) = (given, decibels)
    }
  }

  /// Compares what was learned from a page with the truth about it, both in the digitizer's types.
  public init(id: String, condition: String, _ result: Digitization, truth: Digitization) {
    (self.id, self.condition) = (id, condition)
    geometry = GeometryScore(result, truth: truth)
    placement = PlacementScore(result, truth: truth)
    trace = TraceScore(result, truth: truth)
    calibration = CalibrationScore(result, truth: truth)
  }
}

extension Evaluator {
  /// Scores signals against the truth about their page.
  ///
  /// - Throws: `PageError.invalidRecord` if the truth holds no sample.
  public func score(
    _ recording: Recording, against truth: Recording, id: String
  ) throws(PageError) -> PageScore {
    let signals = try TruthSignals(
      SignalTable(truth), samplingFrequency: truth.samplingFrequency)
    let placed: PlacedPage
    if let table = try? SignalTable(recording), table.hasSamples {
      placed = PlacedPage(table, on: signals)
    } else {
      placed = PlacedPage(withoutPrediction: signals)
    }
    return PageScore(id: id, placed, by: scoring, figures: figures)
  }
}
