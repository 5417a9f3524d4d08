import Foundation

/// What a training run did, one JSON object a line, written as it goes.
package struct RunRecord {
  /// The mean of the last steps.
  package struct Entry: Codable, Sendable {
    package var step: Int
    package var seconds: Double
    package var squaredError: Float
    package var rate: Double

    /// The line of progress for a person, with the time that is left.
    func line(of total: Double) -> String {
      let left = max(0, total - seconds)
      return "\(step) steps, \(Int(seconds)) s, squared error \(squaredError), "
        + "rate \(Float(rate)), \(Int(left / 60)) min \(Int(left) % 60) s left"
    }
  }

  /// The network judged on frozen patches.
  package struct Check: Codable, Sendable {
    package var step: Int
    package var seconds: Double
    package var frozenSquaredError: Float
  }

  private struct Beginning: Codable {
    var recipe: NamesRecipe
    var library: String
    var start: String?
    var processors: Int
    var date: Date
  }

  let url: URL

  /// Starts the file anew with what was asked for and where it runs.
  mutating func begin(recipe: NamesRecipe, library: String, start: String?) throws {
    try Data().write(to: url)
    try add(
      Beginning(
        recipe: recipe, library: library, start: start,
        processors: ProcessInfo.processInfo.processorCount, date: Date()))
  }

  /// Adds a line.
  mutating func add(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.dateEncodingStrategy = .iso8601
    let line = try encoder.encode(value) + Data([0x0A])
    let file = try FileHandle(forWritingTo: url)
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: line)
  }
}
