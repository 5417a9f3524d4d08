public import Foundation

/// What a run did, one JSON object a line, written as it goes.
///
/// The first line says what was asked for and where it runs; then lines with `step` (means since
/// the one before), with `validation`, with `resumed` and, last, with `end`.
public struct RunRecord: Sendable {
  /// One line; what it does not tell is left out.
  public struct Line: Codable, Sendable {
    /// What was asked for, resolved, as text; the machine; the library; the commit; the date.
    public var about: [String: String]?
    /// Everything that was set.
    public var settings: TrainingSettings?
    /// How many steps were made.
    public var step: Int?
    /// Seconds of training so far.
    public var seconds: Double?
    /// The mean loss since the line before.
    public var loss: Double?
    /// The learning rate.
    public var rate: Double?
    /// The mean norm of the gradient since the line before.
    public var gradient: Double?
    /// What the loss was multiplied with, in half precision.
    public var lossScale: Double?
    /// Steps since the line before that were skipped: a gradient did not fit half precision.
    public var skipped: Int?
    /// Examples per second since the line before.
    public var examplesPerSecond: Double?
    /// The loss on the examples that are never learned from.
    public var validation: Double?
    /// Its parts and further figures.
    public var measures: [String: Double]?
    /// Whether it is the best so far.
    public var isBest: Bool?
    /// Whether the run goes on here after an interruption.
    public var resumed: Bool?
    /// How the run ended.
    public var end: String?

    /// Creates an empty line.
    public init() {}
  }

  /// The file.
  public let url: URL

  init(url: URL) { self.url = url }

  /// Reads the lines of a record; lines that are cut off are left out.
  public static func lines(of url: URL) throws -> [Line] {
    try Data(contentsOf: url).split(separator: 0x0A).compactMap {
      try? JSONDecoder().decode(Line.self, from: Data($0))
    }
  }

  /// Whether a record says that its run came to its end, by its length or for want of progress.
  public static func isFinished(_ url: URL) -> Bool {
    let end = (try? lines(of: url))?.last?.end ?? ""
    return end == "finished" || end.hasPrefix("stopped early")
  }

  /// Forgets lines of steps after `step`: a resumed run writes them again.
  func cut(after step: Int) throws {
    guard let data = try? Data(contentsOf: url) else { return }
    let kept = data.split(separator: 0x0A).filter {
      guard let line = try? JSONDecoder().decode(Line.self, from: Data($0)) else { return false }
      return line.end == nil && line.step ?? 0 <= step
    }
    try Data(kept.flatMap { $0 + [0x0A] }).write(to: url, options: .atomic)
  }

  /// Adds a line.
  func add(_ line: Line) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(line) + Data([0x0A])
    if !FileManager.default.fileExists(atPath: url.path) { try Data().write(to: url) }
    let file = try FileHandle(forWritingTo: url)
    defer { try? file.close() }
    try file.seekToEnd()
    try file.write(contentsOf: data)
  }
}
