#if canImport(Glibc)
  import Glibc
#endif

/// The signal-to-noise ratio of the George B. Moody PhysioNet Challenge 2024.
///
/// Per lead the estimate is moved as a drawing (see ``RasterAlignment``) if that takes at most
/// 0.5 s and 1 mV; the ratio of mean powers over the samples that both have is multiplied, *in
/// decibels*, by the share of samples returned. The mean runs over all leads of all pages.
///
/// Its traps: a perfect copy has no noise and is skipped; the share rewards blanking bad samples
/// when the figure is negative; a constant beyond 1 mV disables the shift as well.
public struct PhysioNet2024: ScoringProtocol {
  /// What is done to an estimate that is early and so must move right.
  public enum LeadingEstimates: Sendable, CaseIterable {
    /// It moves like a late one: the rule as meant and as before 17 October 2025.
    case moved
    /// It keeps only as many samples as it is early: the challenge's code since that day.
    case cutShort
  }

  /// What is done to an estimate that is early.
  public var leadingEstimates: LeadingEstimates
  /// The largest shift that is made.
  public static let maximumShift = (seconds: 0.5, millivolts: 1.0)

  /// Creates the protocol.
  public init(leadingEstimates: LeadingEstimates = .moved) {
    self.leadingEstimates = leadingEstimates
  }

  /// What it is called in reports and on the command line.
  public var name: String {
    leadingEstimates == .moved ? "physionet2024" : "physionet2024-head"
  }

  /// One sentence: what it forgives and what it does not.
  public var summary: String {
    "Per lead a shift of at most 0.5 s and 1 mV is forgiven; decibels are multiplied by the share "
      + "of samples returned; a perfect copy is skipped."
  }

  /// Scores a page.
  public func score(_ page: ScoredPage) -> ProtocolScore {
    let leads = page.placed.leads.map { lead in
      PhysioNet2024.signalToNoise(aligned(lead))
    }
    let counted = leads.filter { !$0.isNaN }
    let hasAny = page.placed.leads.contains { $0.returnedCount > 0 }
    // Every lead a perfect copy: nothing is counted. Shown as the best a page can have.
    let page = counted.isEmpty ? (hasAny ? 60 : 0) : mean(counted)
    return ProtocolScore(decibels: page, ratio: pow(10, page / 10), leadDecibels: leads)
  }

  /// The mean over all leads of all pages that are not skipped.
  public func pooledDecibels(_ scores: [ProtocolScore]) -> Double {
    let leads = scores.flatMap(\.leadDecibels).filter { !$0.isNaN }
    return leads.isEmpty ? mean(scores.map(\.decibels)) : mean(leads)
  }

  /// The lead with its prediction moved as the challenge moves it, with room at both ends.
  func aligned(_ lead: PlacedLead) -> PlacedLead {
    let room = Int(PhysioNet2024.maximumShift.seconds * lead.samplingFrequency)
    let absent = [Double](repeating: .nan, count: room)
    let reference = absent + lead.truth + absent
    var estimate = absent + lead.prediction + absent
    let largest = (PhysioNet2024.maximumShift.seconds * lead.samplingFrequency).rounded()
    if estimate.contains(where: \.isFinite),
      let move = RasterAlignment(reference: reference, estimate: estimate),
      Double(abs(move.shift)) <= largest,
      abs(move.millivolts) <= PhysioNet2024.maximumShift.millivolts
    {
      if leadingEstimates == .cutShort, move.shift > 0 {
        for k in estimate.indices.dropFirst(room + move.shift) { estimate[k] = .nan }
      }
      estimate = shifted(estimate, by: move.shift).map { $0 + move.millivolts }
    }
    return PlacedLead(
      lead: lead.lead, samplingFrequency: lead.samplingFrequency, truth: reference,
      prediction: estimate)
  }

  /// The figure of one aligned pair; NaN if signal or noise has no power.
  static func signalToNoise(_ lead: PlacedLead) -> Double {
    var (signal, noise, count, printed) = (0.0, 0.0, 0, 0)
    for (x, e) in zip(lead.truth, lead.prediction) where x.isFinite {
      printed += 1
      guard e.isFinite else { continue }
      count += 1
      signal += x * x
      noise += (x - e) * (x - e)
    }
    guard printed > 0 else { return .nan }
    guard count > 0 else { return 0 }
    guard signal > 0, noise > 0 else { return .nan }
    return 10 * log10(signal / noise) * Double(count) / Double(printed)
  }
}
