/// Pages whose printed amplitude means nothing: one common factor, by least squares over all
/// leads, is taken out before they are scored.
enum UnitFit {
  /// The factor that `prediction` must be multiplied by.
  static func factor(of prediction: SignalTable, on truth: TruthSignals) -> Double {
    var (shared, own) = (0.0, 0.0)
    for lead in PlacedPage(prediction, on: truth).leads where lead.returnedCount > 20 {
      // Holes of the window count as 0 mV while the shift is sought.
      let whole = PlacedLead(
        lead: lead.lead, samplingFrequency: lead.samplingFrequency,
        truth: lead.truth.map { $0.isFinite ? $0 : 0 }, prediction: lead.prediction)
      let shift = Kaggle2025.align(whole, prediction: lead.prediction).shift
      let moved = shifted(lead.prediction, by: shift)
      let pairs = zip(lead.truth, moved).filter { $0.0.isFinite && $0.1.isFinite }
      let (centerY, centerP) = (mean(pairs.map(\.0)), mean(pairs.map(\.1)))
      for (y, p) in pairs {
        shared += (y - centerY) * (p - centerP)
        own += (p - centerP) * (p - centerP)
      }
    }
    return own > 0 && shared > 0 ? shared / own : 1
  }
}
