public import ECGCore
import ECGFormats
public import Foundation

/// Pages with known signals: a folder of records, or a manifest that lists them.
public struct TruthSet: Sendable {
  /// The pages, in the order of the manifest or of their names.
  public var pages: [TruthPage]
  /// Tables of a folder that name no lead: lists, not records.
  public private(set) var otherTables: [String] = []

  /// Gathers pages.
  public init(pages: [TruthPage]) { self.pages = pages }

  /// Reads a manifest (`.csv` with the columns `id` and `truth`, also `set`, `group`, `fs`, `image`,
  /// `layout`, `amplitude_ok`, `patient`), or finds the records of a folder.
  ///
  /// A folder with a `manifest.csv` is read by it. In a folder laid out as the competition's,
  /// `train.csv` gives the rates of tables without a time column.
  /// - Throws: `PageError`: `notFound`, `invalidRecord`.
  public init(at location: URL) throws(PageError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: location.path, isDirectory: &isFolder) else {
      throw PageError(.notFound, "The truth does not exist.", remedy: "Check the path.")
    }
    let manifest = location.appendingPathComponent("manifest.csv")
    if !isFolder.boolValue {
      try self.init(manifest: location)
    } else if FileManager.default.fileExists(atPath: manifest.path) {
      try self.init(manifest: manifest)
    } else {
      try self.init(folder: location)
    }
    guard !pages.isEmpty else {
      throw PageError(
        .invalidRecord, "The truth holds no record.",
        remedy: "Give a folder with .csv, .csv.gz, .parquet or .hea files, or a manifest.")
    }
    let ids = Dictionary(grouping: pages, by: \.key).filter { $0.value.count > 1 }
    guard ids.isEmpty else {
      throw PageError(
        .invalidRecord, "The truth holds \(ids.count) record name(s) twice.",
        remedy: "Give each page a name of its own.")
    }
  }

  private init(manifest: URL) throws(PageError) {
    let table = try TextTable(GzipFile.read(manifest))
    guard table.has("id"), table.has("truth") else {
      throw PageError(
        .invalidRecord, "The manifest lacks the columns id and truth.",
        remedy: "Give a manifest, a folder of records, or a solution with id, fs and value.")
    }
    let folder = manifest.deletingLastPathComponent()
    pages = table.rows.compactMap { row in
      guard let id = table.text("id", row), let truth = table.text("truth", row) else { return nil }
      var page = TruthPage(id: id, file: URL(fileURLWithPath: truth, relativeTo: folder))
      page.samplingFrequency = table.text("fs", row).flatMap(Double.init)
      page.set = table.text("set", row) ?? ""
      page.group = table.text("group", row) ?? ""
      page.layout = table.text("layout", row)
      page.patient = table.text("patient", row)
      page.image = table.text("image", row).map { URL(fileURLWithPath: $0, relativeTo: folder) }
      if let meant = table.text("amplitude_ok", row) { page.isAmplitudeMeant = meant == "yes" }
      page.columnsPerSecond = table.text("columns_per_second", row).flatMap(Double.init)
      return page
    }
  }

  private init(folder: URL) throws(PageError) {
    let index = try FileIndex(of: folder, endings: SignalTable.endings)
    var rates: [String: Double] = [:]
    for name in ["train.csv", "test.csv"] {
      guard let data = try? GzipFile.read(folder.appendingPathComponent(name)),
        let table = try? TextTable(data), table.has("id"), table.has("fs")
      else { continue }
      for row in table.rows {
        if let id = table.text("id", row), let rate = table.text("fs", row).flatMap(Double.init) {
          rates[id] = rate
        }
      }
    }
    // Records of one name in several folders are told apart by their folders.
    let unique = index.files.filter { !index.ambiguous.contains($0.key) }
    let others = index.paths.filter { path, _ in
      index.ambiguous.contains((path as NSString).lastPathComponent)
    }
    let found = unique.merging(others) { file, _ in file }
    let lists = found.filter { SignalTable.namesNoLead($0.value) }
    otherTables = lists.keys.sorted()
    pages = found.filter { lists[$0.key] == nil }
      .sorted { $0.key < $1.key }.map { id, file in
        var page = TruthPage(id: id, file: file)
        page.samplingFrequency = rates[id]
        return page
      }
  }
}
