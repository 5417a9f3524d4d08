import ArgumentParser
import ECGCommandSupport
import ECGDigitizer
import Foundation

/// Every constant that was chosen, by stage and topic.
struct ParametersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parameters", abstract: "Print every constant of the digitizer by stage.",
    discussion: "What each means and does stands beside it in the sources.")

  @Flag(help: "As JSON.")
  var json = false

  func run() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    let data = try encoder.encode(Digitizer.Parameters())
    guard !json else { return Console.output.write(data + [0x0A]) }
    var lines: [String] = []
    Self.list(try JSONSerialization.jsonObject(with: data), "", &lines)
    Console.output.write(lines.joined(separator: "\n") + "\n")
  }

  private static func list(_ value: Any, _ name: String, _ lines: inout [String]) {
    guard let members = value as? [String: Any] else {
      lines.append("\(name) = \(shown(value))")
      return
    }
    for (member, inner) in members.sorted(by: { $0.key < $1.key }) {
      list(inner, name.isEmpty ? member : "\(name).\(member)", &lines)
    }
  }

  private static func shown(_ value: Any) -> String {
    if let values = value as? [Any] {
      return "[" + values.map(shown).joined(separator: ", ") + "]"
    }
    return (value as? Double).map { "\($0)" } ?? "\(value)"
  }
}
