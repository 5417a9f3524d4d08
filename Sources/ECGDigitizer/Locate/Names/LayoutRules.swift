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

extension LayoutRules {
  /// Decides between positions and layouts.
  ///
  /// - Parameter readings: one per position that was looked at, in any order, at least one.
  ///   Fewer than eight where the first ones were convincing.
  package func decide(_ readings: [PositionReading], fitter: LayoutFitter) -> NameReading {
    precondition(!readings.isEmpty, "A decision needs a reading")
    let ranked = readings.sorted { ($0.score ?? -9) > ($1.score ?? -9) }
    let best = ranked[0]
    var scores: [PagePosition: Double] = [:]
    for reading in readings { scores[reading.position] = reading.score }
    guard let fit = best.fits.first else {
      return NameReading(
        position: best.position, marks: best.marks, fit: nil, refusals: [.nothingFits],
        positionLead: nil, layoutLead: nil, isSignOfAVROpen: false, scores: scores,
        free: FreeNames.best(of: readings, fitter: fitter))
    }
    let rival = best.fits.dropFirst().first { !fit.isConsistent(with: $0) }
    let layoutLead = rival.map { fit.score - $0.score }
    let positionLead = ranked.dropFirst().first?.score.map { fit.score - $0 }

    var refusals: [LayoutRefusal] = []
    if fit.score < leastScore { refusals.append(.lowScore(fit.score)) }
    if fit.seenShare < leastSeenShare {
      refusals.append(.fewNames(seen: fit.seen.count, of: fit.layout.slots.count))
    }
    if let positionLead, positionLead < self.positionLead {
      refusals.append(.positionUnclear(lead: positionLead))
    }
    if let layoutLead, let rival, layoutLead < self.layoutLead(of: fit, over: rival) {
      refusals.append(.layoutUnclear(lead: layoutLead, rival: rival.layout.name))
    }
    let unexplained = self.unexplained(by: fit, among: best.marks, fitter: fitter)
    if unexplained.count >= unexplainedNames {
      refusals.append(.unexplainedNames(unexplained.count))
    }
    return NameReading(
      position: best.position, marks: best.marks, fit: fit, refusals: refusals,
      positionLead: positionLead, layoutLead: layoutLead,
      isSignOfAVROpen: isSignOpen(fit, among: best.fits), scores: scores,
      free: refusals.isEmpty ? nil : FreeNames.best(of: readings, fitter: fitter))
  }

  /// How far `fit` must lead `rival`.
  private func layoutLead(of fit: LayoutFit, over rival: LayoutFit) -> Double {
    let isComplete = fit.seen.count == fit.layout.slots.count && fit.unexplainedScore == 0
    return isComplete && rival.layout.slots.count - rival.seen.count >= 3
      ? layoutLeadOfComplete : layoutLead
  }

  /// Whether a reading is so good that no other position needs to be looked at.
  package func endsTheSearch(_ reading: PositionReading, fitter: LayoutFitter) -> Bool {
    guard let score = reading.score, score >= scoreThatEndsTheSearch else { return false }
    return decide([reading], fitter: fitter).refusals.isEmpty
  }

  /// Clear names that stand where neither a slot nor a rhythm strip explains them.
  ///
  /// Numerals do not count: bars of grid and trace look like them. Nor does what stands on a
  /// strip's trace where no column begins: a trembling trace looks like letters.
  func unexplained(
    by fit: LayoutFit, among marks: [PrintedMark], fitter: LayoutFitter
  ) -> [PrintedMark] {
    let used = fit.seen.map(\.mark) + fit.rhythm
    return fitter.strongestPerPlace(marks).filter { mark in
      guard mark.score > 0.5, !mark.kind.isNumeral, mark.kind != .invertedAVR,
        !isOnStrip(mark, fit)
      else { return false }
      return !used.contains {
        let dx = $0.xMillimeters - mark.xMillimeters
        let dy = $0.yMillimeters - mark.yMillimeters
        return (dx * dx + dy * dy).squareRoot() < 5
      }
    }
  }

  /// Whether `mark` stands on a rhythm strip, behind its name and away from where columns begin.
  private func isOnStrip(_ mark: PrintedMark, _ fit: LayoutFit) -> Bool {
    fit.rhythm.contains {
      abs($0.yMillimeters - mark.yMillimeters) < 7 && mark.xMillimeters > $0.xMillimeters + 10
    } && fit.columnXMillimeters.allSatisfy { abs($0 - mark.xMillimeters) > 6 }
  }

  /// Whether a layout that differs only in the sign of aVR fits about as well.
  private func isSignOpen(_ fit: LayoutFit, among fits: [LayoutFit]) -> Bool {
    guard let own = fit.layout.slots.first(where: { $0.lead == .aVR }) else { return false }
    return fits.contains { other in
      guard other.layout.name != fit.layout.name,
        other.layout.slots.map(\.lead) == fit.layout.slots.map(\.lead),
        let sign = other.layout.slots.first(where: { $0.lead == .aVR })
      else { return false }
      return sign.isInverted != own.isInverted
    }
  }
}
