import ECGCore
import ECGEvaluation
import ECGTestSupport
import Foundation
import Testing

@Suite("The competition's files")
struct SubmissionTests {
  let page = DrawnPage(samplingFrequency: 250)

  /// A folder in the competition's layout with two images, one row of lead I more than usual.
  private func folder() throws -> ScratchFolder {
    let folder = ScratchFolder()
    var test = "id,lead,fs,number_of_rows\n"
    for image in ["7", "8_b"] {
      for lead in Lead.standard12 {
        test += "\(image),\(lead),250,\(lead == .II ? 2500 : lead == .I ? 626 : 625)\n"
      }
    }
    try folder.write(test, "test.csv")
    return folder
  }

  private func submission(_ folder: ScratchFolder) throws -> Submission {
    try folder.write(page.table(), "signals/7.csv")
    var submission = Submission()
    for image in try SubmissionPlan(folder: folder.url).images {
      submission.add(
        image,
        fromFile: image.id == "7" ? folder.url.appendingPathComponent("signals/7.csv") : nil)
    }
    return submission
  }

  @Test("Exactly the rows asked for, in their order, all finite; a page not read is 0 mV")
  func rows() throws {
    let submission = try submission(folder())
    #expect(submission.ids.count == 2 * (2500 + 626 + 10 * 625))
    #expect(submission.ids.first == "7_0_I" && submission.ids[625] == "7_625_I")
    #expect(submission.ids[626] == "7_0_II")
    #expect(submission.values.allSatisfy { $0.isFinite })
    let second = submission.ids.indices.filter { submission.ids[$0].hasPrefix("8_b_") }
    #expect(second.allSatisfy { submission.values[$0] == 0 })
    let row = try #require(submission.ids.firstIndex(of: "7_100_V2"))
    #expect(abs(submission.values[row] - page.value(.V2, 5 + 0.4)) < 1e-4)
  }

  /// The solution of image 7, with `change` made to its lines.
  private func solution(_ change: (inout [String]) -> Void = { _ in }) -> String {
    var lines = ["id,fs,value"]
    for lead in Lead.standard12 {
      for k in 0..<(lead == .II ? 2500 : 625) {
        let seconds = page.window(lead).lowerBound + Double(k) / 250
        lines.append("7_\(k)_\(lead),250,\(page.value(lead, seconds))")
      }
    }
    change(&lines)
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("Scored against the solution, as CSV and as Parquet")
  func scored() throws {
    let folder = try folder()
    let submission = try submission(folder)
    try submission.csvData.write(to: folder.url.appendingPathComponent("s.csv"))
    try submission.parquetData.write(to: folder.url.appendingPathComponent("s.parquet"))
    try folder.write(solution(), "solution.csv")
    for name in ["s.csv", "s.parquet"] {
      let evaluation = try Evaluator(Kaggle2025()).evaluate(
        submission: folder.url.appendingPathComponent(name),
        solution: folder.url.appendingPathComponent("solution.csv"))
      #expect(evaluation.pages.map(\.id) == ["7"])
      #expect(evaluation.pages[0].decibels > 50, "\(name)")
    }
  }

  @Test(
    "What the competition rejects is an error, not a low score",
    arguments: [
      ("id,value\n7_0_I,nan\n", "Row 1 holds no finite value."),
      ("id,value\n7_0_I,1\n7_0_I,1\n", "Row 2 has an id that occurs before."),
      ("id,value\n7-0-I,1\n", "Row 1 has no id of the form IMAGE_ROW_LEAD."),
      ("id,mV\n7_0_I,1\n", "The file lacks the columns id and value."),
      ("id,value\n9_0_I,1\n", "Submission and solution share no id."),
      ("id,value\n", "The file holds no row."),
    ])
  func rejected(text: String, message: String) throws {
    let folder = try folder()
    try folder.write(text, "s.csv")
    try folder.write(solution(), "solution.csv")
    let error = #expect(throws: PageError.self) {
      _ = try Evaluator(Kaggle2025()).evaluate(
        submission: folder.url.appendingPathComponent("s.csv"),
        solution: folder.url.appendingPathComponent("solution.csv"))
    }
    #expect(error?.message == message)
  }

  @Test("An image whose lead II is not 10 s long is an error")
  func missingII() throws {
    let folder = try folder()
    try submission(folder).csvData.write(to: folder.url.appendingPathComponent("s.csv"))
    try folder.write(solution { $0.removeAll { $0.contains("_II,") } }, "solution.csv")
    let error = #expect(throws: PageError.self) {
      _ = try Evaluator(Kaggle2025()).evaluate(
        submission: folder.url.appendingPathComponent("s.csv"),
        solution: folder.url.appendingPathComponent("solution.csv"))
    }
    #expect(error?.message.contains("lead II") == true)
  }
}
