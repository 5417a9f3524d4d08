import ArgumentParser
import Foundation

/// A first word that is no command, and what was probably meant.
enum UnknownCommand {
  /// What to say about `arguments`; `nil` if the first one is a command or an option.
  static func remark(on arguments: [String]) -> String? {
    let all = Einthoven.configuration.subcommands.map { $0.configuration }
    guard let word = arguments.first, !word.hasPrefix("-"), word != "help",
      !all.contains(where: { $0.commandName == word })
    else { return nil }
    let endings = [".png", ".jpg", ".jpeg"]
    let isPage = endings.contains { word.lowercased().hasSuffix($0) }
    if isPage || FileManager.default.fileExists(atPath: word) {
      let words = arguments.joined(separator: " ")
      return "'\(word)' is not a command. Did you mean 'einthoven digitize \(words)'?"
    }
    let shown = all.filter(\.shouldDisplay).compactMap(\.commandName)
    if let nearest = shown.min(by: { edits(word, $0) < edits(word, $1) }),
      edits(word, nearest) <= 2
    {
      return "Unknown command '\(word)'. Did you mean '\(nearest)'?"
    }
    return "Unknown command '\(word)'. Known: \(shown.joined(separator: ", ")). "
      + "See 'einthoven --help'."
  }

  /// The fewest insertions, removals and replacements that turn `a` into `b`.
  private static func edits(_ a: String, _ b: String) -> Int {
    let b = Array(b)
    var row = Array(0...b.count)
    for (i, letter) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let replaced = diagonal + (letter == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[b.count]
  }
}
