import ECGCore
import ECGDigitizer
import Testing

@Suite("Paper speed and gain in a row of letters")
struct SettingWordsTests {
  /// The letters of `text` as a proportional font sets them, from pixel 20 on.
  private func letters(_ text: String, from left: Double = 20, score: Double = 0.8) -> [ReadLetter]
  {
    var x = left
    return text.compactMap { character in
      let width: Double =
        switch character {
        case "m", "M": 15
        case ".", ":", "/", " ": 6
        default: 9
        }
      defer { x += width }
      return PrintedLetter(character).map { ReadLetter($0, x: x + width / 2, score: score) }
    }
  }

  private func read(_ text: String) -> [PrintedText.Meaning] {
    SettingWords(letters(text)).found.map(\.meaning)
  }

  private static let speeds: [(String, Double)] = [
    ("25mm/s", 25), ("25 mm/s", 25), ("50 mm/sec", 50), ("12.5mm/s", 12.5), ("12,5 mm/s", 12.5),
    ("Speed:25mm/s", 25), ("2.5 cm/s", 25), ("25.0 MM/SEC", 25), ("AC50 25mm/s 40Hz", 25),
    ("25mm/sec.", 25),
  ]

  @Test("a usual speed with its whole unit is read", arguments: speeds)
  func speed(text: String, value: Double) {
    #expect(read(text) == [.paperSpeed(PaperSpeed(millimetersPerSecond: value))])
  }

  private static let gains: [(String, Double)] = [
    ("10mm/mV", 10), ("Gain: 5 mm/mV", 5), ("2.5mm/mv", 2.5), ("1 cm/mV", 10), ("20 mm/mV 4*2", 20),
    ("10.0 mm/mV", 10),
  ]

  @Test("a usual gain with its whole unit is read", arguments: gains)
  func gain(text: String, value: Double) {
    #expect(read(text) == [.gain(Gain(millimetersPerMillivolt: value))])
  }

  @Test("both on one line are read")
  func both() {
    #expect(
      read("0.67~25Hz AC50 25mm/s 10mm/mV 4*2.5s+1r") == [
        .paperSpeed(PaperSpeed(millimetersPerSecond: 25)), .gain(Gain(millimetersPerMillivolt: 10)),
      ])
  }

  @Test(
    "what is no setting is not read",
    arguments: [
      "25", "mm/s", "25 mm", "10 mmHg", "25 m/s", "0.05-150 Hz", "25 years", "PR 125 ms",
      "125 mm/s",
      "0.25 mm/s", "25/5/mm", "7 mm/mV", "25 mm/mV", "2.5 mm/s", "25 mm/mm", "25 mm/sVx",
      "12-10-25 s/mm", "",
    ])
  func nothing(text: String) {
    #expect(read(text).isEmpty)
  }

  @Test("a digit that was hardly seen before the number makes it another number")
  func weakDigit() {
    var all = letters("125 mm/s")
    all[0].score = 0.2
    #expect(SettingWords(all).found.isEmpty)
    // A specked paper between the digits does not.
    let clean = letters("25 mm/s")
    let speck = ReadLetter(.point, x: (clean[0].x + clean[1].x) / 2, score: 0.4)
    #expect(SettingWords([clean[0], speck] + clean[1...]).found.count == 1)
    let before = ReadLetter(.point, x: clean[0].x - 8, score: 0.3)
    #expect(SettingWords([before] + clean).found.count == 1)
  }

  @Test("a number that begins at the strip's end may have lost a digit there")
  func cut() {
    #expect(SettingWords(letters("25 mm/s", from: 2)).found.isEmpty)
  }

  @Test("the least sure letter says how sure the reading is")
  func score() throws {
    var all = letters("50mm/s")
    all[3].score = 0.55
    #expect(try #require(SettingWords(all).found.first).score == 0.55)
    all[3].score = 0.3
    #expect(SettingWords(all).found.isEmpty)
  }
}
