import ECGCore
import ECGEvaluation
import Foundation
import Testing

@Suite("Protocols equal their definitions in NumPy and SciPy")
struct ProtocolReferenceTests {
  static let vectors = (try? EvaluationVectors.load())

  static var cases: [EvaluationVectors.Case] { vectors?.cases ?? [] }

  /// A page whose only lead is II.
  private func page(_ vector: EvaluationVectors.Case) throws -> PlacedPage {
    let times = vector.truth.indices.map { Double($0) / vector.samplingFrequency }
    let truth = try TruthSignals(
      SignalTable(times: times, leads: [.II: vector.truth.map { $0 ?? .nan }]),
      samplingFrequency: vector.samplingFrequency)
    return PlacedPage(
      try SignalTable(times: times, leads: [.II: vector.prediction.map { $0 ?? .nan }]), on: truth)
  }

  private func decibels(_ signal: Double, _ noise: Double, cap: Double = 1e6) -> Double {
    let ratio = noise == 0 ? cap : signal == 0 ? 0 : min(signal / noise, cap)
    return ratio > 0 ? max(10 * log10(ratio), -60) : -60
  }

  @Test("There are cases")
  func thereAreCases() throws {
    #expect(try EvaluationVectors.load().cases.count == 17)
  }

  @Test("kaggle2025, with either cap", arguments: cases)
  func kaggle(_ vector: EvaluationVectors.Case) throws {
    let page = try page(vector)
    let lead = try #require(page.leads.first)
    #expect(Kaggle2025.align(lead, prediction: lead.bridged).shift == vector.kaggleShift)
    let score = Kaggle2025().score(ScoredPage(page)).decibels
    #expect(abs(score - decibels(vector.kaggleSignal, vector.kaggleNoise)) < 1e-6)
    let capped = Kaggle2025(perfectRatio: .november2025).score(ScoredPage(page)).decibels
    #expect(abs(capped - decibels(vector.kaggleSignal, vector.kaggleNoise, cap: 384)) < 1e-6)
  }

  @Test("strict, strict-offset and shape", arguments: cases)
  func others(_ vector: EvaluationVectors.Case) throws {
    let page = ScoredPage(try page(vector))
    for (scoring, wanted) in [
      (StrictProtocol() as any ScoringProtocol, vector.strict),
      (StrictProtocol(isOffsetFree: true), vector.strictOffset), (ShapeProtocol(), vector.shape),
    ] {
      let score = scoring.score(page).decibels
      // Below 1e-20 the error of a perfect page is a rounding of nothing.
      let noise = wanted[1] < 1e-20 ? 0 : wanted[1]
      #expect(abs(score - decibels(wanted[0], noise)) < 1e-6, "\(scoring.name)")
    }
  }

  @Test("physionet2024 and its further figures", arguments: cases)
  func physionet(_ vector: EvaluationVectors.Case) throws {
    let page = try page(vector)
    let score = PhysioNet2024().score(ScoredPage(page)).leadDecibels
    let decibels = try #require(score.first)
    if let wanted = vector.physionet {
      #expect(abs(decibels - wanted) < 1e-6)
    } else {
      #expect(decibels.isNaN)
    }
    guard let wanted = vector.figures else { return }
    let whole = PageScore(id: "", page, by: PhysioNet2024(), figures: .all)
    let figures = try #require(whole.leads.first?.challenge)
    #expect(abs((figures.medianSignalToNoise ?? .nan) - wanted.snrMedian) < 1e-6)
    #expect(abs(figures.kolmogorovSmirnov - wanted.ks) < 1e-9)
    #expect(abs(figures.signedCorrelationIndex - wanted.asci) < 1e-9)
    #expect(abs((figures.weightedAbsoluteDifference ?? .nan) - wanted.wad) < 1e-7)
  }

  @Test("The signed-rank test")
  func signedRank() throws {
    for vector in try EvaluationVectors.load().wilcoxon {
      let found = try #require(PairedComparison.signedRankProbability(vector.differences))
      #expect(abs(found - vector.probability) < 1e-9)
    }
  }
}
