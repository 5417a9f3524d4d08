import ECGCore

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
