import ECGCore
import ECGEvaluation
import ECGFormats
import ECGTestSupport
import Foundation
import Testing

@Suite("Files as they come")
struct InputTests {
  let page = DrawnPage(samplingFrequency: 250)

  private func evaluate(
    _ folder: ScratchFolder, truth: String = "truth", predictions: String = "predictions"
  ) async throws -> Evaluation {
    try await Evaluator(Kaggle2025(), figures: .essential).evaluate(
      predictions: folder.url.appendingPathComponent(predictions),
      truth: TruthSet(at: folder.url.appendingPathComponent(truth)))
  }

  @Test("Columns in other spellings and another order are the same leads")
  func spellings() throws {
    let plain = try SignalTable(csv: Data("time_s,I,aVR,V1\n0,1,2,3\n0.1,4,5,6\n".utf8))
    let other = try SignalTable(
      csv: Data("V1,lead_AVR,age,time,Lead I\n3,2,9,0,1\n6,5,9,0.1,4\n".utf8))
    #expect(plain.leads == other.leads && plain.times == other.times)
  }

  @Test("Parquet with other names is the same table")
  func parquet() throws {
    let folder = ScratchFolder()
    let file = folder.url.appendingPathComponent("x.parquet")
    try ParquetTable(columns: [
      .init("lead_aVR", .numbers([1, nil, 3])), .init("time", .numbers([0, 0.1, 0.2])),
      .init("note", .texts(["a", "b", "c"])),
    ]).parquetData().write(to: file)
    let table = try SignalTable(file: file)
    #expect(table.times == [0, 0.1, 0.2])
    #expect(table.leads[.aVR]?[0] == 1 && table.leads[.aVR]?[1].isNaN == true)
    #expect(table.leads.count == 1)
  }

  @Test(
    "What no table is, is an error that says so",
    arguments: [
      ("", "The table is empty."),
      ("I,II\n1,2\n3,4\n", "The table has no time_s column."),
      ("time_s,I,lead_I\n0,1,1\n1,2,2\n", "The table names the lead I twice."),
      ("time_s,I\n0,1\n", "The table has fewer than two rows with a time."),
      ("time_s,I\nnan,1\nx,2\n", "The table has fewer than two rows with a time."),
    ])
  func noTable(text: String, message: String) throws {
    let error = #expect(throws: PageError.self) {
      _ = try SignalTable(csv: Data(text.utf8))
    }
    #expect(error?.message == message)
  }

  @Test("What is no number is absent, times that come twice count once")
  func absent() throws {
    let table = try SignalTable(
      csv: Data("time_s,I\n0,1\n0.002,inf\n0.002,7\n0.004,\n0.006,NaN\n0.008,x\n0.01,2\n".utf8))
    #expect(table.times == [0, 0.002, 0.004, 0.006, 0.008, 0.01])
    #expect(table.leads[.I]?.map(\.isFinite) == [true, false, false, false, false, true])
  }

  @Test("A page without readable prediction is a failure with its reason, and is scored")
  func failures() async throws {
    let folder = ScratchFolder()
    for name in ["a", "b", "c", "d"] { try folder.write(page.table(), "truth/\(name).csv") }
    try folder.write(page.table(), "predictions/a.csv")
    try folder.write("", "predictions/b.csv")
    try folder.write("time_s,I\n0,\n1,\n", "predictions/c.csv")
    let evaluation = try await evaluate(folder)
    let reasons = evaluation.pages.map(\.failure)
    #expect(reasons == [nil, "The table is empty.", "no finite sample", "no file"])
    #expect(evaluation.summary.failures == 3)
    #expect(evaluation.pages[0].decibels == 60)
    #expect(evaluation.pages[3].decibels < 1)
  }

  @Test("Pages of one name in two sets are told apart by folder or set")
  func collisions() async throws {
    let folder = ScratchFolder()
    try folder.write(page.table(), "truth/a/x.csv")
    try folder.write(page.table(gain: 2), "truth/b/x.csv")
    try folder.write(page.table(), "predictions/a/x.csv")
    try folder.write(page.table(gain: 2), "predictions/b/x.csv")
    let byFolder = try await evaluate(folder)
    #expect(byFolder.pages.map(\.id) == ["a/x", "b/x"])
    #expect(byFolder.pages.map(\.decibels) == [60, 60])
    try folder.write(
      "set,id,truth\na,x,truth/a/x.csv\nb,x,truth/b/x.csv\n", "manifest.csv")
    let bySet = try await evaluate(folder, truth: "manifest.csv")
    #expect(bySet.pages.map(\.decibels) == [60, 60])
    #expect(bySet.sets.map(\.name) == ["a", "b"])
    // Nothing says which of the two is meant.
    try folder.write("id,truth\nx,truth/a/x.csv\n", "manifest.csv")
    let unclear = try await evaluate(folder, truth: "manifest.csv")
    #expect(unclear.pages[0].failure?.hasPrefix("files of this name in several folders") == true)
  }

  @Test("The same page twice in a manifest, an empty folder, and no folder are errors")
  func noTruth() async throws {
    let folder = ScratchFolder()
    try folder.write(page.table(), "truth/x.csv")
    try folder.write("id,truth\nx,truth/x.csv\nx,truth/x.csv\n", "manifest.csv")
    try folder.write("", "empty/readme.txt")
    for (truth, message) in [
      ("manifest.csv", "The truth holds 1 record name(s) twice."),
      ("empty", "The truth holds no record."), ("nowhere", "The truth does not exist."),
    ] {
      let error = await #expect(throws: PageError.self) {
        _ = try await evaluate(folder, truth: truth, predictions: "truth")
      }
      #expect(error?.message == message)
    }
    let error = await #expect(throws: PageError.self) {
      _ = try await evaluate(folder, predictions: "nowhere")
    }
    #expect(error?.message == "The folder does not exist.")
  }

  @Test("A list beside the records is no record; predictions of other pages are an error")
  func lists() async throws {
    let folder = ScratchFolder()
    try folder.write(page.table(), "truth/x.csv")
    try folder.write("image,truth,patient\nx.png,x.hea,p\n", "truth/index.csv")
    let truth = try TruthSet(at: folder.url.appendingPathComponent("truth"))
    #expect(truth.pages.map(\.id) == ["x"] && truth.otherTables == ["index"])
    try folder.write(page.table(), "predictions/y.csv")
    let error = await #expect(throws: PageError.self) { _ = try await evaluate(folder) }
    #expect(
      error?.message == "None of the truth's 1 pages has a file among the predictions.")
  }

  @Test("Microvolts: an error in the truth, a remark on a prediction")
  func units() async throws {
    let folder = ScratchFolder()
    try folder.write(page.table(), "truth/x.csv")
    try folder.write(page.table(gain: 1000), "predictions/x.csv")
    let evaluation = try await evaluate(folder)
    #expect(evaluation.pages[0].remark?.contains("microvolts") == true)
    #expect(evaluation.table().contains("microvolts"))
    let error = await #expect(throws: PageError.self) {
      _ = try await evaluate(folder, truth: "predictions", predictions: "truth")
    }
    #expect(error?.message.hasPrefix("Truth of x: The truth is not in millivolts") == true)
  }

  @Test("Twelve leads of 5000 samples take at most 20 ms of processor time, files included")
  func speed() async throws {
    let folder = ScratchFolder()
    var long = DrawnPage()
    long.samplingFrequency = 500
    let full = try long.table()
    var table = full
    // Microvolts, as the program writes them.
    let whole = full.leads[.II]?.map { ($0 * 1000).rounded() / 1000 }
    for lead in Lead.standard12 { table.leads[lead] = whole }
    for k in 0..<40 {
      try folder.write(table, "truth/\(k).csv")
      try folder.write(table, "predictions/\(k).csv")
    }
    let start = clock()
    let evaluation = try await evaluate(folder)
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    #expect(evaluation.pages.allSatisfy { $0.decibels == 60 && $0.leads.count == 12 })
    #expect(seconds / 40 < 0.020, "\(seconds / 40) s a record")
  }
}
