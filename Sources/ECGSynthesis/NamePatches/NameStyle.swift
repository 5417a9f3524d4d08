import ECGCore
import ECGNumerics
import Foundation

/// How one device writes lead names: face, size and spelling.
struct NameStyle {
  enum Face {
    case outline(OutlineFont)
    case strokes(StrokeFont)
  }

  /// How `V1` is written.
  enum ChestSpelling {
    case plain, small, C, subscripted, spaced
  }

  var face: Face
  var capHeight: Double
  var stretch: Double
  /// aVR as this device writes it.
  var augmented: String
  var chest: ChestSpelling
  /// What stands before every name: nothing, `Lead `, `D` or `L`.
  var prefix: String
  var spacesNumerals: Bool
  var opacity: Double

  init(using numbers: inout SeededGenerator) {
    if numbers.happens(0.35) {
      face = .strokes(
        StrokeFont(
          penShare: numbers.uniform(0.05, 0.2), lean: numbers.happens(0.2) ? 0.25 : 0,
          isRound: numbers.happens(0.5), hasFeet: numbers.happens(0.35),
          spacing: numbers.uniform(1.2, 2.6)))
    } else {
      face = .outline(numbers.pick(OutlineFont.installed))
    }
    let size = 2.4 * exp(numbers.boundedNormal(0, 0.28))
    capHeight = min(max(size, 1.4), 5)
    stretch = min(max(numbers.boundedNormal(1, 0.13), 0.65), 1.4)
    augmented = numbers.pick(["aVR", "aVR", "aVR", "aVR", "AVR", "avR", "aVr", "avr", "a VR"])
    chest = numbers.pick(
      [
        .plain, .plain, .plain, .plain, .plain, .plain, .plain, .plain, .small, .C, .subscripted,
        .spaced,
      ])
    prefix = numbers.pick([
      "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "Lead ", "D", "L",
    ])
    spacesNumerals = numbers.happens(0.12)
    opacity = numbers.pick([1, 1, 1, 0.9, 0.75, 0.55, 0.4])
  }

  /// How this device writes `kind`; names of other leads are drawn at random.
  func spelling(of kind: MarkKind, using numbers: inout SeededGenerator) -> String {
    switch kind {
    case .name(let lead) where lead == .I || lead == .II || lead == .III:
      let numeral = spacesNumerals ? spaced(lead.rawValue) : lead.rawValue
      if prefix == "L" { return "L\(lead.rawValue.count)" }
      return prefix + numeral
    case .name(let lead) where lead.isLimb: return leadWord + augmented(lead.rawValue)
    case .invertedAVR:
      return numbers.pick(["-", "-", "–", "- "]) + augmented("aVR")
    case .name(let lead):
      var name = lead.rawValue
      if name.hasSuffix("R") {
        if numbers.happens(0.3) { name = name.dropLast() + "r" }
        if numbers.happens(0.15) { return "RV\(name.dropFirst().dropLast())" }
      }
      switch chest {
      case .plain, .subscripted: break
      case .small: name = "v" + name.dropFirst()
      case .C: name = "C" + name.dropFirst()
      case .spaced: name = "V " + name.dropFirst()
      }
      return leadWord + name
    case .otherName:
      return numbers.pick([
        "V2R", "X", "Y", "Z", "CM5", "CC5", "MCL1", "V", "aV", "nST", "A1", "D", "A", "J", "VX",
        "ML", "CR1", "S5", "E", "M",
      ])
    case .pulse, .separator: return ""
    }
  }

  private var leadWord: String { prefix == "Lead " ? prefix : "" }

  private func augmented(_ name: String) -> String {
    guard let letter = name.last else { return name }
    let isSmall = augmented.last == "r"
    return augmented.dropLast() + (isSmall ? letter.lowercased() : String(letter))
  }

  private func spaced(_ text: String) -> String { text.map(String.init).joined(separator: " ") }
}
