import ECGCore
import ECGEvaluation
import ECGTestSupport
import Foundation
import Testing

@Suite("What a folder holds")
struct InspectionTests {
  let page = DrawnPage(samplingFrequency: 250)

  private func inspection() async throws -> FolderInspection {
    let folder = ScratchFolder()
    try folder.write(page.table(), "train/a.csv", head: { "lead_\($0)" })
    try folder.write(page.table(), "test/copy.csv")
    try folder.write(page.table(gain: 1000), "train/micro.csv")
    try folder.write("no table", "train/broken.csv")
    try folder.write(page.table(rate: 500, leads: [.I, .II]), "test/other.csv")
    try folder.write(
      """
      set,id,truth,patient
      train,a,train/a.csv,p1
      train,micro,train/micro.csv,p2
      train,broken,train/broken.csv,p3
      test,copy,test/copy.csv,p1
      test,other,test/other.csv,p4

      """, "manifest.csv")
    let records = try await FolderInspection.records(
      at: folder.url.appendingPathComponent("manifest.csv"))
    return FolderInspection(records: records, pictures: [])
  }

  @Test("Copies under other names, patients in two splits, wrong units, broken files")
  func facts() async throws {
    let inspection = try await inspection()
    #expect(inspection.duplicates == [["test/copy", "train/a"]])
    #expect(inspection.sharedPatients.map(\.patient) == ["p1"])
    let table = inspection.table
    for text in [
      "5, 1 unreadable", "250 Hz × 3", "500 Hz × 1", "microvolts", "broken",
      "1 patient in the splits test, train",
    ] {
      #expect(table.contains(text), "\(text)")
    }
    let html = inspection.html
    #expect(html.contains("<svg") && html.contains("microvolts") && !html.contains("<script"))
  }

  @Test("A folder of nothing holds nothing; no folder is an error")
  func nothing() async throws {
    let folder = ScratchFolder()
    let records = try await FolderInspection.records(at: folder.url)
    #expect(records.isEmpty)
    await #expect(throws: PageError.self) {
      _ = try await FolderInspection.records(at: folder.url.appendingPathComponent("none"))
    }
  }
}
