/// Scores of many pages under one protocol.
public struct Evaluation: Sendable {
  /// The protocol; its name stands beside every number.
  public var scoring: any ScoringProtocol
  /// The pages in the order of the truth.
  public var pages: [PageScore]

  /// Gathers the scores of `pages`.
  public init(scoring: any ScoringProtocol, pages: [PageScore]) {
    (self.scoring, self.pages) = (scoring, pages)
  }

  /// All pages in figures.
  public var summary: EvaluationSummary { EvaluationSummary(pages, scoring) }

  /// The pages of each set, in the order in which the sets appear.
  public var sets: [(name: String, summary: EvaluationSummary)] {
    var names: [String] = []
    for page in pages where !page.set.isEmpty && !names.contains(page.set) {
      names.append(page.set)
    }
    return names.map { name in
      (name, EvaluationSummary(pages.filter { $0.set == name }, scoring))
    }
  }

  /// The `count` worst pages, worst first.
  public func worst(_ count: Int) -> [PageScore] {
    Array(pages.filter { !$0.decibels.isNaN }.sorted { $0.decibels < $1.decibels }.prefix(count))
  }
}
