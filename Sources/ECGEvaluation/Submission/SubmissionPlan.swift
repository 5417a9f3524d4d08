public import ECGCore
import ECGFormats
public import Foundation

/// What the competition asks for: per image the leads, their rate, and how many rows of each.
///
/// Read from `test.csv` (id, lead, fs, number_of_rows) or `train.csv` (id, fs, sig_len).
public struct SubmissionPlan: Sendable {
  /// The rows asked of one lead.
  public struct LeadRows: Sendable, Hashable {
    /// The lead.
    public var lead: Lead
    /// Samples per second.
    public var samplingFrequency: Double
    /// How many.
    public var count: Int

    /// Where the lead begins on the page: the competition prints three rows of four columns of
    /// 2.5 s, and II over the whole width.
    var startSeconds: Double {
      guard lead != .II, let place = Lead.standard12.firstIndex(of: lead) else { return 0 }
      return 2.5 * Double(place / 3)
    }
  }

  /// One image and what is asked of it.
  public struct Image: Sendable, Hashable {
    /// The image's name.
    public var id: String
    /// Its leads.
    public var leads: [LeadRows]
  }

  /// The images in the order of the list.
  public var images: [Image]

  /// Reads the list in `folder`.
  ///
  /// - Throws: `PageError`: `notFound`, `invalidRecord`.
  public init(folder: URL) throws(PageError) {
    let test = folder.appendingPathComponent("test.csv")
    let train = folder.appendingPathComponent("train.csv")
    let isTest = FileManager.default.fileExists(atPath: test.path)
    guard isTest || FileManager.default.fileExists(atPath: train.path) else {
      throw PageError(
        .notFound, "The folder holds neither test.csv nor train.csv.",
        remedy: "Give a folder laid out as the competition's.")
    }
    let table = try TextTable(GzipFile.read(isTest ? test : train))
    var order: [String] = []
    var leads: [String: [LeadRows]] = [:]
    for (k, row) in table.rows.enumerated() {
      guard let id = table.text("id", row), let rate = table.text("fs", row).flatMap(Double.init),
        rate > 0, rate < 1e5,
        let rows = isTest ? Self.asked(table, row, rate) : Self.whole(table, row, rate)
      else {
        throw PageError(
          .invalidRecord, "Row \(k + 1) of the list is not complete.",
          remedy: "test.csv has id, lead, fs, number_of_rows; train.csv has id, fs, sig_len.")
      }
      if leads[id] == nil { order.append(id) }
      leads[id, default: []] += rows
    }
    images = order.map { Image(id: $0, leads: leads[$0] ?? []) }
  }

  private static func asked(_ table: TextTable, _ row: [String], _ rate: Double) -> [LeadRows]? {
    guard let lead = table.text("lead", row).flatMap(SignalTable.lead(named:)),
      let count = table.text("number_of_rows", row).flatMap(Int.init), count > 0, count < 1 << 24
    else { return nil }
    return [LeadRows(lead: lead, samplingFrequency: rate, count: count)]
  }

  private static func whole(_ table: TextTable, _ row: [String], _ rate: Double) -> [LeadRows]? {
    guard let length = table.text("sig_len", row).flatMap(Int.init), length > 3, length < 1 << 24
    else { return nil }
    return Lead.standard12.map {
      LeadRows(lead: $0, samplingFrequency: rate, count: $0 == .II ? length : length / 4)
    }
  }
}
