import ECGCore
import ECGEvaluation
import Foundation
import Testing

@Suite("What is done to a page is found again")
struct PropertyTests {
  let page = DrawnPage()

  private func score(
    _ table: SignalTable, _ scoring: any ScoringProtocol = Kaggle2025()
  ) throws -> PageScore {
    PageScore(id: "a", PlacedPage(table, on: try page.truth()), by: scoring, figures: .all)
  }

  private func typical(_ score: PageScore, _ figure: (LeadScore) -> Double?) -> Double {
    let sorted = score.leads.compactMap(figure).sorted()
    return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
  }

  @Test("A copy is perfect")
  func copy() throws {
    let score = try score(page.table())
    #expect(score.decibels == 60)
    #expect(score.coverage == 1 && score.leadsFound == 12 && score.wrongNames.isEmpty)
    #expect(score.beats?.missed == 0 && score.beats?.extra == 0)
    #expect(score.beats?.peakMilliseconds == 0)
  }

  @Test(
    "Time scale, delay and gain",
    arguments: [
      (0.01, 0.0, 1.0), (-0.02, 0.013, 1.1), (0.004, -0.008, 0.93), (0.03, 0.05, 1.02),
    ])
  func injections(timeScale: Double, delay: Double, gain: Double) throws {
    let score = try score(
      page.table(timeScale: timeScale, delay: delay, gain: gain, offset: 0.4))
    #expect(abs(typical(score, \.gainPercent) - 100 * (gain - 1)) < 0.1)
    #expect(abs(typical(score, \.timeScalePercent) - 100 * timeScale / (1 + timeScale)) < 0.05)
    #expect(abs(typical(score, \.delayMilliseconds) - 1000 * delay) < 0.3)
    #expect(abs((score.synchronyMilliseconds ?? 1)) < 0.3)
  }

  @Test("An offset", arguments: [-0.3, 0.7])
  func offset(_ millivolts: Double) throws {
    let table = try page.table(offset: millivolts)
    let found = typical(try score(table), \.offsetMillivolts)
    #expect(abs(found - millivolts) < 1e-9)
    #expect(try score(table).decibels > 59 && score(table, StrictProtocol()).decibels < 10)
  }

  @Test("A shift by whole samples is forgiven by kaggle2025 only")
  func shift() throws {
    let table = try page.table(delay: 0.02)
    #expect(try score(table).decibels > 15)
    #expect(try score(table, StrictProtocol(isOffsetFree: true)).decibels < 8)
  }

  @Test("A gain is forgiven by shape only")
  func gain() throws {
    let table = try page.table(gain: 1.3, offset: 0.2)
    #expect(try score(table, ShapeProtocol()).decibels == 60)
    #expect(try score(table).decibels < 13)
  }

  @Test("Other rates are brought to the truth's", arguments: [1000.0, 250, 360, 512, 200])
  func rates(_ rate: Double) throws {
    let score = try score(page.table(rate: rate))
    #expect(score.decibels > 38)
    #expect(score.coverage > 0.995)
  }

  @Test("Two leads under each other's names, in one column and in two")
  func swaps() throws {
    var table = try page.table()
    (table.leads[.V2], table.leads[.V3]) = (table.leads[.V3], table.leads[.V2])
    let names = try score(table).wrongNames
    #expect(Set(names.map { "\($0.lead)=\($0.looksLike)" }) == ["V2=V3", "V3=V2"])
    table = try page.table()
    let (a, b) = (table.leads[.I] ?? [], table.leads[.V1] ?? [])
    table.leads[.I] = Array(b[2500..<3750]) + .init(repeating: .nan, count: 3750)
    table.leads[.V1] =
      .init(repeating: .nan, count: 2500) + Array(a[..<1250])
      + .init(repeating: .nan, count: 1250)
    let far = try score(table).wrongNames
    #expect(Set(far.map { "\($0.lead)=\($0.looksLike)" }) == ["I=V1", "V1=I"])
  }

  @Test("Leads that all begin at 0 are placed")
  func zeroBased() throws {
    var table = try page.table()
    for (lead, values) in table.leads {
      let found = values.filter(\.isFinite)
      table.leads[lead] = found + .init(repeating: .nan, count: values.count - found.count)
    }
    let score = try score(table)
    #expect(score.origin == .zero && score.decibels == 60)
  }

  @Test("A missing lead costs its own energy about its mean")
  func missing() throws {
    let leads = Lead.standard12.filter { $0 != .V2 }
    let score = try score(page.table(leads: leads))
    #expect(score.leadsFound == 11)
    let truth = try page.truth()
    let energy = truth.leads.values.joined().reduce(0) { $1.isFinite ? $0 + $1 * $1 : $0 }
    let values = (truth.leads[.V2] ?? []).filter(\.isFinite)
    let center = values.reduce(0, +) / Double(values.count)
    let lost = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    #expect(abs(score.decibels - 10 * log10(energy / lost)) < 1e-6)
  }

  @Test("Garbage has no time, gain or delay")
  func garbage() throws {
    var table = try page.table()
    var state: UInt64 = 1
    for (lead, values) in table.leads {
      table.leads[lead] = values.map { value in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return value.isFinite ? Double(state >> 40) / Double(1 << 24) - 0.5 : .nan
      }
    }
    let score = try score(table)
    #expect(score.leads.allSatisfy { $0.delayMilliseconds == nil })
    #expect(score.decibels < 2)
  }

  @Test("The pool is the mean of linear ratios: 28 and 16 dB are 25.26")
  func pooling() {
    let scores = [28.0, 16].map {
      ProtocolScore(decibels: $0, ratio: pow(10, $0 / 10), leadDecibels: [])
    }
    #expect(abs(Kaggle2025().pooledDecibels(scores) - 25.26) < 0.01)
  }

  @Test("An early estimate keeps its length, or under the challenge's present code only a stub")
  func physioNetQuirk() throws {
    let table = try page.table(delay: -0.02)
    let meant = try score(table, PhysioNet2024()).decibels
    let head = try score(table, PhysioNet2024(leadingEstimates: .cutShort)).decibels
    #expect(meant > 15)
    #expect(head < 3)
    let late = try page.table(delay: 0.02)
    let a = try score(late, PhysioNet2024()).decibels
    #expect(a == (try score(late, PhysioNet2024(leadingEstimates: .cutShort)).decibels))
  }

  @Test("Beats that were flattened are missed")
  func missedBeats() throws {
    var table = try page.table()
    if var values = table.leads[.II] {
      for k in 1100..<2000 { values[k] = 0 }
      table.leads[.II] = values
    }
    let beats = try #require(try score(table).beats)
    #expect(beats.missed >= 1)
    #expect(beats.extra == 0)
  }

  @Test("A page's ceiling falls with its resolution")
  func ceiling() throws {
    let truth = try page.truth()
    let fine = try #require(
      PageCeiling.decibels(of: truth, columnsPerSecond: 250, by: Kaggle2025()))
    let coarse = try #require(
      PageCeiling.decibels(of: truth, columnsPerSecond: 80, by: Kaggle2025()))
    #expect(fine > coarse + 3)
    #expect(PageCeiling.decibels(of: truth, columnsPerSecond: 600, by: Kaggle2025()) == nil)
  }
}
