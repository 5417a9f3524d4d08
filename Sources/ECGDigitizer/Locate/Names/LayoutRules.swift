import ECGCore

/// When a fit is believed.
///
/// The thresholds are those measured on real and drawn pages with names hidden at random: no
/// wrong layout was accepted with down to a third of the names left.
package struct LayoutRules: Hashable, Codable, Sendable {
  /// The least score of the fit.
  package var leastScore = 2.5
  /// The least part of the slots whose names were seen, 0…1.
  package var leastSeenShare = 0.4
  /// How far the fit must lead the best fit of another position.
  package var positionLead = 1.0
  /// How far the fit must lead the best fit of a layout that says otherwise.
  package var layoutLead = 0.9
  /// The same where every name of the layout was seen and the other one lacks at least three.
  package var layoutLeadOfComplete = 0.45
  /// From this many names that no slot explains on, the layout is not the page's.
  package var unexplainedNames = 2
  /// A fit this good in one position needs no look at the others: wrong positions reach 2.1, and
  /// are to be led by ``positionLead``.
  package var scoreThatEndsTheSearch = 3.1

  package init() {}
}

/// Why no layout is returned.
package enum LayoutRefusal: Hashable, Codable, Sendable {
  /// No layout's grid runs through the names at all.
  case nothingFits
  /// The best fit's score is too low.
  case lowScore(Double)
  /// Too few of the layout's names were seen.
  case fewNames(seen: Int, of: Int)
  /// Another way to lay the page fits nearly as well; the lead over it.
  case positionUnclear(lead: Double)
  /// Another layout, its name given, fits nearly as well; the lead over it.
  case layoutUnclear(lead: Double, rival: String)
  /// Names were read clearly where the layout has none.
  case unexplainedNames(Int)

  /// The reason in words.
  package var reason: String {
    switch self {
    case .nothingFits: "no known layout fits the lead names that were read"
    case .lowScore(let score):
      "the best layout's score is \(score.rounded(toPlaces: 1)), 2.5 is needed"
    case .fewNames(let seen, let all): "only \(seen) of \(all) names of the best layout were read"
    case .positionUnclear(let lead):
      "which way is up is not clear: the best leads by \(lead.rounded(toPlaces: 1)) only"
    case .layoutUnclear(let lead, let rival):
      "\(rival) fits nearly as well: the best layout leads by \(lead.rounded(toPlaces: 1)) only"
    case .unexplainedNames(let count):
      "\(count) lead names stand where the best layout has none"
    }
  }
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    var factor = 1.0
    for _ in 0..<places { factor *= 10 }
    return (self * factor).rounded() / factor
  }
}
