/// A letter of printed lines as far as it is read: those that state paper speed and gain.
///
/// Nothing else on a page is read letter by letter: what patients are called and what was found
/// in them is one class, ``other``.
package enum PrintedLetter: Hashable, Sendable {
  case digit(Int)
  case point, colon, slash, m, s, v, e, c
  /// Any other letter or sign.
  case other

  /// Every letter, in the order of the network's output maps.
  package static let inNetworkOrder: [PrintedLetter] =
    (0...9).map { .digit($0) } + [.point, .colon, .slash, .m, .s, .v, .e, .c, .other]

  /// The class of a character; `nil` for a space. Capitals count as small letters.
  package init?(_ character: Character) {
    if character == " " { return nil }
    if character.isASCII, let digit = character.wholeNumberValue {
      self = .digit(digit)
      return
    }
    switch character {
    case ".", ",": self = .point
    case ":": self = .colon
    case "/": self = .slash
    case "m", "M": self = .m
    case "s", "S": self = .s
    case "v", "V": self = .v
    case "e", "E": self = .e
    case "c", "C": self = .c
    default: self = .other
    }
  }
}
