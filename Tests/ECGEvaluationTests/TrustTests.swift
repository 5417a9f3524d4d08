import ECGCore
import ECGEvaluation
import ECGTestSupport
import Foundation
import Testing

@Suite("What pages promise, and what became of it")
struct TrustTests {
  let page = DrawnPage()

  /// A page document of leads with one confidence and one standard deviation.
  private func document(_ confidence: Double, deviation: Double, findings: [String]) -> String {
    let leads = Lead.standard12.map { lead in
      """
      {"name": "\(lead)", "confidence": \(confidence), "ranges": [{"start_sample": 0, \
      "samples": 5000, "standard_deviation_mv": \(deviation)}]}
      """
    }
    let codes = findings.map { "{\"code\": \"\($0)\"}" }
    return """
      {"schema": "einthoven.page/1", "layout": {"name": "3x4+II"}, "sampling_frequency_hz": 500,
      "findings": [\(codes.joined(separator: ","))], "leads": [\(leads.joined(separator: ","))]}
      """
  }

  /// The truth with even noise of ±`size`.
  private func noisy(_ size: Double) throws -> SignalTable {
    var table = try page.table()
    var state: UInt64 = 7
    for lead in Lead.standard12 {
      table.leads[lead] = table.leads[lead]?.map { value in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return value + size * (2 * Double(state >> 40) / Double(1 << 24) - 1)
      }
    }
    return table
  }

  private func evaluation() async throws -> Evaluation {
    let folder = ScratchFolder()
    for name in ["good", "poor", "silent"] { try folder.write(page.table(), "truth/\(name).csv") }
    try folder.write(noisy(0.02), "out/good.csv")
    try folder.write(document(0.95, deviation: 0.02, findings: []), "out/good.json")
    try folder.write(noisy(0.3), "out/poor.csv")
    try folder.write(document(0.35, deviation: 0.3, findings: ["weakGrid"]), "out/poor.json")
    try folder.write(noisy(0.8), "out/silent.csv")
    try folder.write(document(0.75, deviation: 0.001, findings: []), "out/silent.json")
    return try await Evaluator(Kaggle2025(), figures: .essential).evaluate(
      predictions: folder.url.appendingPathComponent("out"),
      truth: TruthSet(at: folder.url.appendingPathComponent("truth")))
  }

  @Test("Intervals hold the share of an even noise that lies within them")
  func intervals() async throws {
    let trust = try #require(try await evaluation().pages[0].trust)
    // Even noise of ± one deviation: 67 % within 0.674 of it, all within 1.28.
    let share = Double(trust.within[0]) / Double(trust.samples)
    #expect(abs(share - 0.674) < 0.02)
    #expect(trust.within[1] == trust.samples && trust.within[2] == trust.samples)
  }

  @Test("A constant breaks an interval, and does not with constants taken out")
  func constants() async throws {
    let folder = ScratchFolder()
    try folder.write(page.table(), "truth/a.csv")
    try folder.write(page.table(offset: 0.1), "out/a.csv")
    try folder.write(document(0.9, deviation: 0.02, findings: []), "out/a.json")
    let evaluation = try await Evaluator(Kaggle2025(), figures: .essential).evaluate(
      predictions: folder.url.appendingPathComponent("out"),
      truth: TruthSet(at: folder.url.appendingPathComponent("truth")))
    let trust = try #require(evaluation.summary.trust)
    #expect(trust.coverage?[2] == 0 && trust.centeredCoverage?[0] == 1)
  }

  @Test("Confidences stated and what came out right, tenth by tenth")
  func reliability() async throws {
    let trust = try #require(try await evaluation().summary.trust)
    #expect(trust.reliability.map { ($0.stated * 100).rounded() } == [35, 75, 95])
    #expect(trust.reliability.map(\.right) == [0, 0, 1])
    #expect(trust.reliability.map(\.count) == [12, 12, 12])
  }

  @Test("Least confident pages left out: the median rises")
  func abstention() async throws {
    let evaluation = try await evaluation()
    let curve = try #require(evaluation.summary.trust).abstention
    #expect(curve.first?.medianDecibels == evaluation.pages[0].decibels)
    #expect(curve.last?.kept == 1)
    #expect(curve.last?.medianDecibels == evaluation.summary.medianDecibels)
  }

  @Test("Wrong in silence is not wrong with a finding")
  func silence() async throws {
    let evaluation = try await evaluation()
    #expect(evaluation.pages.map(\.isSilentlyWrong) == [false, false, true])
    #expect(evaluation.summary.flaggedPages == 1)
    #expect(evaluation.summary.trust?.silentlyWrongPages == 1)
    #expect(evaluation.markdown().contains("`weakGrid` 1"))
    #expect(evaluation.markdown().contains("no finding"))
  }

  @Test("The report holds everything itself, and no line of script")
  func report() async throws {
    let first = try await evaluation()
    let html = HTMLReport(first, comparison: PairedComparison(first, first)).text
    #expect(html.contains("kaggle2025") && html.contains("Trust"))
    #expect(html.contains("silent"))
    for outside in ["src='http", "href=", "<script", "@import"] {
      #expect(!html.contains(outside), "\(outside)")
    }
    #expect(
      html.components(separatedBy: "<svg").count == html.components(separatedBy: "</svg>").count)
  }

  @Test("Two runs: the better one, and how surely")
  func comparison() async throws {
    let folder = ScratchFolder()
    for k in 0..<12 {
      try folder.write(page.table(), "truth/\(k).csv")
      try folder.write(noisy(0.02 + 0.001 * Double(k)), "a/\(k).csv")
      try folder.write(noisy(0.03 + 0.002 * Double(k)), "b/\(k).csv")
    }
    let truth = try TruthSet(at: folder.url.appendingPathComponent("truth"))
    let evaluator = Evaluator(Kaggle2025(), figures: .essential)
    let a = try await evaluator.evaluate(
      predictions: folder.url.appendingPathComponent("a"), truth: truth)
    let b = try await evaluator.evaluate(
      predictions: folder.url.appendingPathComponent("b"), truth: truth)
    let comparison = PairedComparison(a, b)
    #expect(comparison.better == 12 && comparison.worse == 0)
    #expect(try #require(comparison.probability) < 0.005)
    #expect(comparison.medianDifference > 2)
    #expect(PairedComparison(a, a).probability == nil)
  }
}
