import Foundation

/// A folder of records and pages, described before anybody trains or scores on it.
public struct FolderInspection: Sendable {
  /// The files of signals.
  public var records: [RecordFacts]
  /// The pictures.
  public var pictures: [PictureFacts]
  /// Tables that name no lead: lists, not records.
  public var otherTables: [String]

  /// Gathers facts.
  public init(records: [RecordFacts], pictures: [PictureFacts], otherTables: [String] = []) {
    (self.records, self.pictures, self.otherTables) = (records, pictures, otherTables)
  }

  /// Files whose content is the same, as groups of `split/id`.
  public var duplicates: [[String]] {
    let named =
      records.filter { !$0.contentHash.isEmpty }.map {
        ($0.contentHash, Self.path($0.split, $0.id))
      }
      + pictures.filter { !$0.contentHash.isEmpty }.map {
        ($0.contentHash, Self.path($0.split, $0.id))
      }
    return Dictionary(grouping: named, by: \.0).values.filter { $0.count > 1 }
      .map { $0.map(\.1).sorted() }.sorted { $0[0] < $1[0] }
  }

  /// Patients with records in more than one split, and those splits.
  public var sharedPatients: [(patient: String, splits: [String])] {
    let named = records.compactMap { record in record.patient.map { ($0, record.split) } }
    return Dictionary(grouping: named, by: \.0).compactMap { patient, list in
      let splits = Set(list.map(\.1)).sorted()
      return splits.count > 1 ? (patient, splits) : nil
    }.sorted { $0.0 < $1.0 }
  }

  private static func path(_ split: String, _ id: String) -> String {
    split.isEmpty ? id : "\(split)/\(id)"
  }

  /// How often each value occurs, most often first.
  static func counts(_ values: [String]) -> String {
    Dictionary(grouping: values) { $0 }.map { ($0.key, $0.value.count) }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(8)
      .map { "\($0.0) × \($0.1)" }.joined(separator: ", ")
  }

  /// Name and text of everything that is known, in the order of a report.
  public var facts: [(name: String, text: String)] {
    var facts: [(name: String, text: String)] = []
    if !records.isEmpty {
      let readable = records.filter { !$0.contentHash.isEmpty }
      facts.append(("records", "\(records.count), \(records.count - readable.count) unreadable"))
      facts.append(("splits", Self.counts(records.map { $0.split.isEmpty ? "." : $0.split })))
      let rates = readable.map { record in
        Evaluation.text(record.samplingFrequency, 0) + (record.isEven ? " Hz" : " Hz uneven")
      }
      facts.append(("rates", Self.counts(rates)))
      facts.append(("lengths", Self.counts(readable.map { Evaluation.text($0.seconds, 1) + " s" })))
      facts.append(("leads", Self.counts(readable.map { "\($0.leads.count)" })))
      let missing = readable.map(\.missingShare)
      facts.append(
        ("missing samples", "median \(Evaluation.text(100 * median(missing), 1)) %"))
      facts.append(
        (
          "amplitude",
          "lowest \(Evaluation.text(readable.map(\.lowest).min())) mV, "
            + "highest \(Evaluation.text(readable.map(\.highest).max())) mV, "
            + "median of medians \(Evaluation.text(median(readable.map(\.typical)))) mV"
        ))
    }
    if !pictures.isEmpty {
      let readable = pictures.filter { $0.problem == nil }
      facts.append(("pages", "\(pictures.count), \(pictures.count - readable.count) unreadable"))
      facts.append(("sizes", Self.counts(readable.map { "\($0.width) × \($0.height)" })))
      let brightness = readable.map(\.brightness)
      facts.append(
        (
          "brightness",
          "median \(Evaluation.text(median(brightness), 0)) of 255, "
            + "from \(Evaluation.text(brightness.min(), 0)) to \(Evaluation.text(brightness.max(), 0))"
        ))
      facts.append(("contrast", "median \(Evaluation.text(median(readable.map(\.contrast)), 0))"))
    }
    facts.append(("duplicates", "\(duplicates.count) groups of equal content"))
    let known = records.count { $0.patient != nil }
    facts.append(
      (
        "patients",
        known == 0 ? "unknown" : "\(sharedPatients.count) in more than one split (\(known) known)"
      ))
    return facts
  }

  /// Everything noteworthy, one line each: unreadable or suspicious files, duplicates, shared patients.
  public var remarks: [String] {
    let splits = sharedPatients.map { $0.splits.joined(separator: ", ") }
    let shared = splits.uniqued.map { name in (name, splits.count { $0 == name }) }
    return records.compactMap { r in r.problem.map { "\(Self.path(r.split, r.id)): \($0)" } }
      + pictures.compactMap { p in p.problem.map { "\(Self.path(p.split, p.id)): \($0)" } }
      + duplicates.map { "equal content: " + $0.joined(separator: " = ") }
      // Never which patient.
      + shared.map { "\($0.1) patient\($0.1 == 1 ? "" : "s") in the splits \($0.0)" }
      + otherTables.map { "\($0): no lead among its columns; left out" }
  }

  /// The description as lines of text.
  public var table: String {
    let lines = facts.map { name, text in
      name.padding(toLength: 18, withPad: " ", startingAt: 0) + text
    }
    return (lines + remarks.map { "! " + $0 }).joined(separator: "\n") + "\n"
  }
}
