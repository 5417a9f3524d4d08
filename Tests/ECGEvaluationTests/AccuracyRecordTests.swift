import ECGEvaluation
import ECGFormats
import ECGTestSupport
import Foundation
import Testing

@Suite("The stored run of accuracy, and the documents written from it")
struct AccuracyRecordTests {
  private let record = Result {
    try AccuracyRecord(parsing: Data(Repository.text("Docs/accuracy.json").utf8))
  }

  @Test("is read back as it was written")
  func roundTrip() throws {
    let record = try record.get()
    #expect(try AccuracyRecord(parsing: record.json.serialized()) == record)
    #expect(record.runs.map(\.scoring) == ["kaggle2025", "strict", "physionet2024"])
  }

  @Test("Docs/Accuracy.md shows its figures under every protocol")
  func accuracy() throws {
    let text = try Repository.text("Docs/Accuracy.md")
    for run in try record.get().runs {
      let section = try #require(text.section("evaluate \(run.scoring)"))
      #expect(section.contains(run.heading), "\(run.scoring)")
      #expect(section.contains(run.table), "\(run.scoring)")
    }
  }

  @Test("README shows its figures")
  func readme() throws {
    let section = try Repository.text("README.md").section("accuracy")
    let run = try #require(try record.get().runs.first { $0.scoring == "kaggle2025" })
    #expect(section == "\n\n\(run.readme)\n")
  }
}

extension String {
  /// What lies between the marks of a part that the program writes.
  fileprivate func section(_ name: String) -> String? {
    guard let begin = range(of: "<!-- \(name): begin"),
      let start = range(of: "-->", range: begin.upperBound..<endIndex),
      let end = range(of: "<!-- \(name): end", range: start.upperBound..<endIndex)
    else { return nil }
    return String(self[start.upperBound..<end.lowerBound])
  }
}
