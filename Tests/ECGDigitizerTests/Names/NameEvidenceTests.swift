import ECGCore
import ECGDigitizer
import Foundation
import Testing

@Suite("Evidence beside the names")
struct NameEvidenceTests {
  @Test("names above or below their traces are matched by one offset", arguments: [-8.0, 3, 9])
  func offset(offset: Double) throws {
    let names = [40.0, 65, 91, 115]
    let rows = try #require(NamedRows(names: names, baselines: names.map { $0 + offset + 0.5 }))
    #expect(rows.printedRows == [0, 1, 2, 3])
    #expect(abs(rows.offsetMillimeters - offset - 0.5) < 1)
  }

  @Test("a false name of a strip between two rows does not move the names of the body")
  func falseStrip() throws {
    let names = [10.0, 27, 44, 61, 78, 95, 105]
    let rows = try #require(
      NamedRows(
        names: names, weights: [1, 1, 1, 1, 1, 1, 0.6],
        baselines: [19.2, 36.2, 53.2, 70.2, 87.2, 104.2]))
    #expect(rows.printedRows == [0, 1, 2, 3, 4, 5, nil])
  }

  @Test("names whose trace was cut away, and rows without names, are told apart")
  func missing() throws {
    let rows = try #require(
      NamedRows(names: [40, 65, 90, 115], baselines: [20, 46, 71, 96]))
    #expect(rows.printedRows == [1, 2, 3, nil])
  }

  @Test("zero lines that are millimetres off still go to their names, in order")
  func unevenLines() throws {
    let rows = try #require(
      NamedRows(
        names: [8, 33, 58, 83, 108, 133], baselines: [11.3, 34.9, 65.5, 85.3, 118, 134]))
    #expect(rows.printedRows == [0, 1, 2, 3, 4, 5])
  }

  @Test("no names or no rows: no match")
  func empty() {
    #expect(NamedRows(names: [], baselines: [1]) == nil)
    #expect(NamedRows(names: [40], baselines: []) == nil)
    #expect(NamedRows(names: [40], baselines: [140]) == nil)
  }

  /// Two leads of one heart that differ in shape.
  private func limbLeads() -> [Lead: [Float?]] {
    let one = (0..<200).map { Float(exp(-pow(Double($0 % 50 - 20) / 4, 2))) }
    let two = (0..<200).map { Float(0.7 * exp(-pow(Double($0 % 50 - 24) / 7, 2))) }
    return [
      .I: one, .II: two, .III: zip(one, two).map { $1 - $0 },
      .aVR: zip(one, two).map { -($0 + $1) / 2 }, .aVL: zip(one, two).map { $0 - $1 / 2 },
      .aVF: zip(one, two).map { $1 - $0 / 2 },
    ]
  }

  @Test(
    "the traces tell the sign of aVR with any two partners at the same time",
    arguments: [
      [Lead.I, .II], [.I, .aVL], [.aVL, .aVF], [.II, .III], [.I, .III], [.II, .aVF],
    ])
  func sign(partners: [Lead]) throws {
    var pieces = limbLeads().filter { partners.contains($0.key) || $0.key == .aVR }
    let upright = try #require(SignOfAVR.judge(pieces))
    #expect(!upright.isInverted && upright.lead > 0.5, "\(upright)")
    pieces[.aVR] = pieces[.aVR]?.map { $0.map { -$0 } }
    let inverted = try #require(SignOfAVR.judge(pieces))
    #expect(inverted.isInverted && inverted.lead > 0.5, "\(inverted)")
  }

  @Test("without a partner the sign stays open")
  func noPartner() {
    #expect(SignOfAVR.judge(limbLeads().filter { $0.key == .aVR }) == nil)
  }

  @Test("a rhythm name is believed unless a clearly read trace says otherwise")
  func rhythm() {
    let likeness: [Lead: Double] = [.II: 0.97, .III: 0.4, .V1: 0.1]
    #expect(RhythmName(read: (.II, 0.5), likeness: likeness).lead == .II)
    let wrong = RhythmName(read: (.III, 0.4), likeness: likeness)
    #expect(wrong.lead == .II && wrong.isContradicted)
    let printed = RhythmName(read: (.III, 0.9), likeness: likeness)
    #expect(printed.lead == .II && printed.isContradicted, "I, II, III differ by a stroke")
    let other = RhythmName(read: (.V5, 0.9), likeness: [.II: 0.97, .V5: 0.4])
    #expect(other.lead == .V5 && other.isContradicted)
    #expect(RhythmName(read: nil, likeness: likeness).lead == .II)
    let alike = RhythmName(read: (.III, 0.6), likeness: [.I: 0.95, .II: 0.9995, .III: 0.97])
    #expect(alike.lead == .II && alike.isContradicted, "only II repeats exactly")
    // The same shape at another size is another lead.
    let size = RhythmName(
      read: (.III, 0.44), likeness: [.II: 0.92, .III: 0.82], sameness: [.II: 0.93, .III: 0.7])
    #expect(size.lead == .II && size.isContradicted)
    // Shape without size: the print stays, with a word.
    let shape = RhythmName(
      read: (.II, 0.4), likeness: [.II: 0.55, .III: 0.94], sameness: [.II: 0.75, .III: 0.52])
    #expect(shape.lead == .II && shape.isContradicted)
    #expect(RhythmName(read: nil, likeness: [.II: 0.9, .I: 0.88]).lead == nil)
    #expect(!RhythmName(read: (.V5, 0.5), likeness: [.II: 0.6]).isContradicted)
  }

  @Test("columns start at their separators, or at the names' own distance from them")
  func columns() throws {
    var page = DrawnNames(try LeadLayout(named: "3x4+II"), x: 24, columnPitch: 62.5, rowPitch: 30)
    for y in [44.0, 74, 104] {
      page.add(.separator, 82.9, y, 0.6)
      page.add(.separator, 208.1, y, 0.5)
    }
    let fit = try #require(page.decision().fit)
    let starts = ColumnStarts(fit: fit, marks: page.marks, firstStartMillimeters: nil)
    let expected = [20.4, 82.9, 145.4, 208.1]
    #expect(zip(starts.millimeters, expected).allSatisfy { abs($0 - $1) < 0.6 })
    #expect(starts.hasSeparator == [false, true, false, true])

    page.marks.removeAll { $0.kind == .separator }
    let bare = ColumnStarts(fit: fit, marks: page.marks, firstStartMillimeters: 21)
    #expect(
      abs(bare.millimeters[2] - 146) < 1 && bare.hasSeparator == [false, false, false, false])
  }
}
