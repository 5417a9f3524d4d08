public import ECGCore

/// What is measured on one printed lead. A figure that needs more than was returned is `nil`.
public struct LeadScore: Sendable, Hashable {
  /// The lead.
  public var lead: Lead
  /// The protocol's figure; `nil` where it skips the lead.
  public var decibels: Double?
  /// The share of printed samples that were returned.
  public var coverage: Double
  /// The root mean square error over returned samples, in mV, without the constant.
  public var rmsErrorMillivolts: Double?
  /// The mean absolute error over returned samples, in mV, without the constant.
  public var meanAbsoluteErrorMillivolts: Double?
  /// How much too high the lead lies, in mV.
  public var offsetMillivolts: Double?
  /// Pearson's correlation over returned samples.
  public var correlation: Double?
  /// The share of the truth's variance over returned samples that is explained, constants aside.
  public var explainedVariance: Double?
  /// Percent by which time is stretched.
  public var timeScalePercent: Double?
  /// Percent by which amplitudes are too large.
  public var gainPercent: Double?
  /// Milliseconds by which the lead is late.
  public var delayMilliseconds: Double?
  /// The challenge's further figures, under its protocol.
  public var challenge: ChallengeFigures?
}

extension LeadScore {
  init(_ placed: PlacedLead, decibels: Double, figures: FigureDetail) {
    lead = placed.lead
    self.decibels = decibels.isNaN ? nil : decibels
    let returned = placed.returned
    let present = returned.indices.filter { returned[$0].isFinite }
    coverage = Double(present.count) / Double(max(1, placed.printedCount))
    guard present.count >= 20 else { return }
    let errors = present.map { returned[$0] - placed.truth[$0] }
    let offset = mean(errors)
    offsetMillivolts = offset
    let square = mean(errors.map { ($0 - offset) * ($0 - offset) })
    rmsErrorMillivolts = square.squareRoot()
    meanAbsoluteErrorMillivolts = mean(errors.map { abs($0 - offset) })
    let r = ECGEvaluation.correlation(placed.truth, returned)
    correlation = r.isNaN ? nil : r
    let values = present.map { placed.truth[$0] }
    let center = mean(values)
    let variance = mean(values.map { ($0 - center) * ($0 - center) })
    explainedVariance = variance > 0 ? 1 - square / variance : nil
    guard figures == .all, let fit = TimeGainFit(placed) else { return }
    timeScalePercent = fit.timeScalePercent
    gainPercent = fit.gainPercent
    delayMilliseconds = fit.delayMilliseconds
  }
}

/// How much is measured beside the protocol's own figure.
public enum FigureDetail: Sendable, Hashable {
  /// Coverage, errors, correlation and wrong names.
  case essential
  /// Also time, gain and delay by least squares, and beats: several times slower.
  case all
}
