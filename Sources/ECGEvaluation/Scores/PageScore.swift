public import ECGCore

/// What is measured on one page.
public struct PageScore: Sendable {
  /// The page's name in its set.
  public var id: String
  /// The set it belongs to; "" if it has none.
  public var set = ""
  /// The group within the set; "" if it has none.
  public var group = ""
  /// What looks wrong with the prediction although it was scored; `nil` if nothing does.
  public var remark: String?
  /// Why there was nothing to score; `nil` if there was.
  public var failure: String?
  /// How the prediction's time was understood.
  public var origin: TimeOrigin?
  /// The protocol's score.
  public var score: ProtocolScore
  /// The printed leads.
  public var leads: [LeadScore]
  /// The share of printed samples that were returned.
  public var coverage: Double
  /// Leads that fit another lead's truth clearly better.
  public var wrongNames: [WrongName]
  /// Leads returned that are not printed.
  public var extraLeads: [Lead]
  /// The common factor taken out of a page whose printed amplitude means nothing.
  public var unitFactor: Double?
  /// Beats and intervals; `nil` if not asked for or there are none.
  public var beats: BeatFigures?
  /// What the page's own document says: layout, confidence, uncertainty.
  public var trust: PageTrust?
  /// Whether the layout was read right; `nil` where either is unknown.
  public var isLayoutRight: Bool?
  /// The best a perfect reading of this page could score, where it is known.
  public var ceilingDecibels: Double?

  /// The protocol's figure in decibels; NaN where the page is skipped.
  public var decibels: Double { score.decibels }

  /// Set and name: what tells the page from all others.
  public var key: String { self.set.isEmpty ? id : "\(set)/\(id)" }

  /// Whether the page is wrong (below 10 dB, or with a lead under a wrong name) and its document
  /// states no finding.
  public var isSilentlyWrong: Bool {
    (decibels < 10 || !wrongNames.isEmpty) && trust?.findings == 0
  }

  /// Printed leads of which at least half was returned.
  public var leadsFound: Int { leads.count { $0.coverage >= 0.5 } }

  /// The spread of the delays of leads printed at the same time, in ms; `nil` below two leads.
  public var synchronyMilliseconds: Double?
}

extension PageScore {
  /// Scores a placed page.
  package init(
    id: String, _ placed: PlacedPage, by scoring: any ScoringProtocol, figures: FigureDetail
  ) {
    self.id = id
    origin = placed.origin
    let score = scoring.score(ScoredPage(placed))
    self.score = score
    leads = zip(placed.leads, score.leadDecibels).map { lead, decibels in
      LeadScore(lead, decibels: decibels, figures: figures)
    }
    let printed = placed.leads.reduce(0) { $0 + $1.printedCount }
    let returned = placed.leads.reduce(0) { $0 + $1.returnedCount }
    coverage = Double(returned) / Double(max(1, printed))
    wrongNames = placed.origin == nil ? [] : SwapTest.wrongNames(placed)
    extraLeads = placed.extraLeads
    guard figures == .all else { return }
    beats = BeatFigures(placed)
    synchronyMilliseconds = PageScore.synchrony(leads, placed)
    if let challenge = scoring as? PhysioNet2024 {
      for (k, lead) in placed.leads.enumerated() {
        leads[k].challenge = ChallengeFigures(challenge.aligned(lead))
      }
    }
  }

  private static func synchrony(_ leads: [LeadScore], _ placed: PlacedPage) -> Double? {
    let windows = placed.truth.windows
    let byWindow = Dictionary(grouping: leads) { windows[$0.lead] ?? 0..<0 }
    let away = byWindow.values.flatMap { group -> [Double] in
      let delays = group.compactMap(\.delayMilliseconds)
      let middle = median(delays)
      return delays.count < 2 ? [] : delays.map { ($0 - middle) * ($0 - middle) }
    }
    return away.isEmpty ? nil : mean(away).squareRoot()
  }
}
