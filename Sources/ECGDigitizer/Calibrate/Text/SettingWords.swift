package import ECGCore

/// Paper speed and gain in a row of letters: a usual number and its whole unit.
///
/// A number alone says nothing, nor does a unit. Letters must follow each other without a gap
/// within the number and within the unit; a digit or point just before the number, or a letter just
/// after the unit, makes it another word.
package struct SettingWords {
  /// What was found, in pixels of the strip.
  package struct Found: Hashable, Sendable {
    package var meaning: PrintedText.Meaning
    package var left: Double
    package var right: Double
    /// The score of the least sure letter.
    package var score: Double
  }

  package let found: [Found]

  /// The speeds and gains that devices print, in mm/s and mm/mV.
  private static let speeds = [12.5, 25, 50]
  private static let gains = [2.5, 5, 10, 20]
  // Distances between the middles of neighbours, by their mean within the unit.

  /// The largest within the unit: that of the two m.
  private static let unitStep = 1.75
  /// The largest within the number.
  private static let numberStep = 1.25
  /// The largest between number and unit, which a space may part.
  private static let space = 2.4
  /// What stands nearer than this belongs to the same word.
  private static let touching = 1.1
  /// The same by the distance of the number's digits, where it has two.
  private static let touchingDigits = 1.5

  /// How units are written, and what they multiply a number with.
  private static let units: [(letters: [PrintedLetter], factor: Double, isSpeed: Bool)] = [
    ([.m, .m, .slash, .s], 1, true), ([.c, .m, .slash, .s], 10, true),
    ([.m, .m, .slash, .m, .v], 1, false), ([.c, .m, .slash, .m, .v], 10, false),
  ]

  /// Letters less sure than this are not read; a point is small, and its like is everywhere.
  private static let leastScore = 0.4
  private static let leastPoint = 0.5
  /// A number this near to the strip's left end may have lost a digit there, in pixels.
  private static let leastX = 13.0

  /// Finds them in `letters`, from left to right.
  package init(_ letters: [ReadLetter]) {
    let isSure = { (one: ReadLetter) in
      one.score >= (one.letter == .point ? SettingWords.leastPoint : SettingWords.leastScore)
    }
    let sure = letters.filter(isSure)
    let unsure = letters.filter { !isSure($0) }
    found = sure.indices.compactMap { SettingWords.setting(at: $0, sure, unsure) }
  }

  /// The setting whose unit begins at `first`.
  private static func setting(
    at first: Int, _ letters: [ReadLetter], _ unsure: [ReadLetter]
  ) -> Found? {
    guard
      let unit = units.first(where: { unit in
        let end = first + unit.letters.count
        return end <= letters.count && letters[first..<end].map(\.letter) == unit.letters
      })
    else { return nil }
    let end = first + unit.letters.count
    let steps = (first + 1..<end).map { letters[$0].x - letters[$0 - 1].x }
    let step = steps.reduce(0, +) / Double(steps.count)
    let heights = letters[first..<end].map(\.y)
    guard let widest = steps.max(), widest < unitStep * step,
      let low = heights.min(), let high = heights.max(), high - low < 8
    else { return nil }
    if unit.isSpeed, end < letters.count, letters[end].x - letters[end - 1].x < touching * step,
      letters[end].letter != .e, letters[end].letter != .point
    {
      return nil
    }
    guard let (begin, number) = number(before: first, letters, step: step) else { return nil }
    let left = letters[begin].x
    let digits = zip(letters[begin..<first], letters[(begin + 1)..<max(first, begin + 1)])
    let pitch = digits.filter { $0.letter != .point && $1.letter != .point }.map { $1.x - $0.x }
    let near = pitch.max().map { touchingDigits * $0 } ?? touching * step
    // What may be another digit before the number makes it another number.
    let before =
      letters[..<begin].suffix(1)
      + unsure.filter {
        $0.letter != .point && left - $0.x > 0.4 * step
      }
    guard left >= leastX,
      !before.contains(where: {
        $0.letter != .colon && (0..<near).contains(left - $0.x)
      })
    else { return nil }
    let value = number * unit.factor
    guard (unit.isSpeed ? speeds : gains).contains(value) else { return nil }
    return Found(
      meaning: unit.isSpeed
        ? .paperSpeed(PaperSpeed(millimetersPerSecond: value))
        : .gain(Gain(millimetersPerMillivolt: value)),
      left: left, right: letters[end - 1].x,
      score: letters[begin..<end].map(\.score).min() ?? 0)
  }

  /// The number that ends just before letter `first`, and where it begins.
  private static func number(
    before first: Int, _ letters: [ReadLetter], step: Double
  ) -> (begin: Int, value: Double)? {
    var begin = first
    var text = ""
    while begin > 0 {
      let (here, next) = (letters[begin - 1], letters[begin])
      guard let sign = here.letter.ofNumber,
        next.x - here.x < (text.isEmpty ? space : numberStep) * step
      else { break }
      text.insert(sign, at: text.startIndex)
      begin -= 1
    }
    guard let value = Double(text), text.first != ".", text.last != "." else { return nil }
    return (begin, value)
  }
}

extension PrintedLetter {
  /// The character of a number; `nil` for any other letter.
  fileprivate var ofNumber: Character? {
    switch self {
    case .digit(let value): Character("\(value)")
    case .point: "."
    default: nil
    }
  }
}
