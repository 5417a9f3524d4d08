package import ECGCore
package import ECGFormats
package import Foundation

/// The stored run of `make accuracy`: the figures of every set under each protocol, from which the
/// tables of README and `Docs/Accuracy.md` are written, and with which a test compares them.
package struct AccuracyRecord: Hashable, Sendable {
  /// What was measured under one protocol.
  package struct Run: Hashable, Sendable {
    /// The protocol's name.
    package var scoring: String
    /// The file of the truth.
    package var truth: String
    /// The day, as in 2026-11-21.
    package var date: String
    /// The program's version, and the commit it was built from.
    package var version: String
    package var commit: String?
    package var sets: [SetFigures]

    package init(
      _ evaluation: Evaluation, truth: String, date: String, version: String, commit: String?
    ) {
      scoring = evaluation.scoring.name
      (self.truth, self.date, self.version, self.commit) = (truth, date, version, commit)
      sets = evaluation.setFigures
    }
  }

  /// The version of this format.
  static let schema = "einthoven.accuracy/1"

  /// One run a protocol.
  package private(set) var runs: [Run] = []

  package init() {}

  /// Adds a run in place of an earlier one under the same protocol.
  package mutating func add(_ run: Run) {
    if let k = runs.firstIndex(where: { $0.scoring == run.scoring }) {
      runs[k] = run
    } else {
      runs.append(run)
    }
  }
}

// MARK: Tables of documents
extension AccuracyRecord.Run {
  /// What was measured, on what, when, by which version.
  package var heading: String {
    let count = sets.last?.figures["pages"] ?? 0
    let parts = sets.filter { $0.name != "all" }.map {
      "`\($0.name)` \(Evaluation.text($0.figures["pages"], 0))"
    }
    return
      "Truth `\(truth)`, \(Evaluation.text(count, 0)) pages (\(parts.joined(separator: ", "))). "
      + "Measured \(date), version \(version)\(commit.map { " (\($0))" } ?? "")."
  }

  /// The table of sets, as `Docs/Accuracy.md` has it.
  package var table: String { FigureColumn.markdown(FigureColumn.document, sets) }

  /// The section of README.
  package var readme: String {
    "Protocol `\(scoring)`; higher is better. \(heading)\n\n"
      + FigureColumn.markdown(FigureColumn.readme, sets)
  }
}

// MARK: The file
extension AccuracyRecord {
  /// Reads a record.
  ///
  /// - Throws: `PageError.invalidRecord` if it is none.
  package init(parsing data: Data) throws(PageError) {
    let root = try JSONValue(parsing: data)
    guard root["schema"] == .string(Self.schema), case .array(let list)? = root["runs"] else {
      throw PageError(
        .invalidRecord, "The file is no record of accuracy.",
        remedy: "Remove it, and measure again with `make accuracy`.")
    }
    runs = list.compactMap(Run.init)
  }

  package var json: JSONValue {
    ["schema": .string(Self.schema), "runs": .array(runs.map(\.json))]
  }
}

extension AccuracyRecord.Run {
  fileprivate init?(_ json: JSONValue) {
    guard case .string(let scoring)? = json["protocol"], case .string(let truth)? = json["truth"],
      case .string(let date)? = json["date"], case .string(let version)? = json["version"],
      case .object(let sets)? = json["sets"]
    else { return nil }
    (self.scoring, self.truth, self.date, self.version) = (scoring, truth, date, version)
    if case .string(let commit)? = json["commit"] { self.commit = commit }
    self.sets = sets.map { set in
      guard case .object(let members) = set.value else {
        return SetFigures(name: set.name, figures: [:])
      }
      let known = members.compactMap { member -> (String, Double)? in
        if case .number(let value) = member.value { (member.name, value) } else { nil }
      }
      return SetFigures(name: set.name, figures: Dictionary(known) { $1 })
    }
  }

  fileprivate var json: JSONValue {
    let sets = sets.map { set in
      let figures = set.figures.sorted { $0.key < $1.key }
      return JSONValue.Member(
        set.name, .object(figures.map { JSONValue.Member($0.key, .number($0.value)) }))
    }
    return [
      "protocol": .string(scoring), "truth": .string(truth), "date": .string(date),
      "version": .string(version), "commit": commit.map { .string($0) } ?? .null,
      "sets": .object(sets),
    ]
  }
}
