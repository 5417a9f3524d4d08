public import ECGFormats

/// Pages scored stage by stage, in figures: medians per kind of page.
public struct StageReport: Sendable {
  /// A page that could not be read at all.
  public struct Failure: Sendable, Hashable {
    /// The page's name.
    public var id: String
    /// What kind of page it is.
    public var condition: String
    /// What the digitizer said.
    public var message: String

    /// Names a page and what was said of it.
    public init(id: String, condition: String, message: String) {
      (self.id, self.condition, self.message) = (id, condition, message)
    }
  }

  /// The protocol of the decibels.
  public var scoring: any ScoringProtocol
  /// The pages.
  public var pages: [StageScores]
  /// The pages that could not be read.
  public var failures: [Failure]

  /// Gathers pages.
  public init(
    scoring: any ScoringProtocol, pages: [StageScores] = [], failures: [Failure] = []
  ) {
    (self.scoring, self.pages, self.failures) = (scoring, pages, failures)
  }

  /// The kinds of page, in the order in which they appear.
  var conditions: [String] { (pages.map(\.condition) + failures.map(\.condition)).uniqued }

  /// What each figure is, in the order of the columns.
  public static let legend = """
    Rectify: flat = rms error of a place on the paper in mm (the page may move), local = the same \
    when it may also turn and stretch, pitch = error of a millimetre along time in %. Classify: \
    Dice and IoU of ink. Locate: stretches found under their name, of those printed; zero = error of \
    the zero line in mm; start in mm. Trace: median and 95th percentile of the distance to the ink in page pixels; \
    0.5 mm = share of the curve within 0.5 mm; 95 % = share within the stated interval. Calibrate: \
    error of speed and gain in %.
    """

  static let heads = [
    "n", "failed", "flat mm", "local mm", "pitch %", "Dice", "IoU", "layout", "leads", "zero mm",
    "start mm", "trace px", "p95 px", "0.5 mm", "95 %", "speed %", "gain %",
  ]

  /// The figures of one kind of page, in the order of ``heads``; all pages without a kind.
  func cells(of condition: String?) -> [String] {
    let pages = condition == nil ? pages : pages.filter { $0.condition == condition }
    let failed = failures.count { condition == nil || $0.condition == condition }
    func typical(_ decimals: Int, _ figure: (StageScores) -> Double?) -> String {
      let known = pages.compactMap(figure)
      return Evaluation.text(known.isEmpty ? nil : median(known), decimals)
    }
    let placements = pages.map(\.placement)
    let printed = placements.reduce(0) { $0 + $1.printed }
    let named = placements.reduce(0) { $0 + $1.named }
    let geometry = [
      typical(3) { $0.geometry?.millimeters }, typical(3) { $0.geometry?.localMillimeters },
      typical(3) { $0.geometry.map { abs($0.pitchPercentX) } },
    ]
    let ink = [
      typical(3) { $0.classMap?.dice }, typical(3) { $0.classMap?.intersectionOverUnion },
    ]
    let place = [
      "\(placements.count(where: \.isLayoutRight))/\(pages.count)", "\(named)/\(printed)",
      typical(2) { $0.placement.baselineMillimeters }, typical(2) { $0.placement.startMillimeters },
    ]
    let curve = [
      typical(2) { $0.trace?.medianPixels }, typical(2) { $0.trace?.p95Pixels },
      typical(3) { $0.trace?.withinHalfMillimeter }, typical(3) { $0.trace?.within95 },
    ]
    let factors = [
      typical(2) { $0.calibration.map { abs($0.paperSpeedPercent) } },
      typical(2) { $0.calibration.map { max(abs($0.limbGainPercent), abs($0.chestGainPercent)) } },
    ]
    return ["\(pages.count + failed)", "\(failed)"] + geometry + ink + place + curve + factors
  }

  /// What is handed in, rung by rung.
  var rungs: [String] { pages.flatMap { $0.ladder.map(\.given) }.uniqued }

  /// The median decibels of one kind of page, rung by rung; pages that failed count as 0 dB.
  func decibels(of condition: String?) -> [String] {
    let pages = condition == nil ? pages : pages.filter { $0.condition == condition }
    return rungs.map { rung in
      let known = pages.compactMap { page in
        page.ladder.first { $0.given == rung }.map { $0.decibels ?? 0 }
      }
      return Evaluation.text(known.isEmpty ? nil : median(known), 1)
    }
  }

  /// The report for machines.
  public var json: JSONValue {
    [
      "schema": "einthoven.stages/1",
      "protocol": .string(scoring.name),
      "failures": .array(
        failures.map {
          [
            "id": .string($0.id), "condition": .string($0.condition),
            "message": .string($0.message),
          ]
        }),
      "pages": .array(pages.map(\.json)),
    ]
  }
}
