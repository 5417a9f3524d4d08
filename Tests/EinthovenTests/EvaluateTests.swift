import Foundation
import Testing

@Suite("einthoven evaluate, submit and inspect")
struct EvaluateTests {
  /// A table of two leads, every value times `gain`.
  private func table(gain: Double = 1) -> Data {
    var text = "time_s,I,II\n"
    for k in 0..<1000 {
      let t = Double(k) / 250
      text += "\(t),\(gain * sin(9 * t)),\(gain * cos(7 * t))\n"
    }
    return Data(text.utf8)
  }

  private func pages() throws -> Program {
    let program = try Program()
    for name in ["a", "b"] {
      try program.put(table(), "truth/\(name).csv")
      try program.put(table(gain: name == "a" ? 0.9 : 1), "out/\(name).csv")
    }
    return program
  }

  @Test("A table that names the protocol; a page without prediction is named as failed")
  func table() throws {
    let program = try pages()
    defer { program.remove() }
    try program.put(table(), "truth/c.csv")
    let outcome = try program.run(["evaluate", "out", "truth", "--per-page"])
    #expect(outcome.status == 0)
    #expect(outcome.output.hasPrefix("protocol kaggle2025: "))
    #expect(outcome.output.contains("FAILED: no file"))
    #expect(outcome.output.contains("20.00"), "\(outcome.output)")
  }

  @Test("Figures go between the marks of a document, and what people wrote stays")
  func document() throws {
    let program = try pages()
    defer { program.remove() }
    let prose = """
      # Ours

      <!-- evaluate strict: begin -->
      old
      <!-- evaluate strict: end -->

      By hand.

      """
    try program.put(Data(prose.utf8), "doc.md")
    let arguments = [
      "evaluate", "out", "truth", "--protocol", "strict", "--format", "markdown", "-o", "doc.md",
    ]
    #expect(try program.run(arguments).status == 0)
    let once = try program.text("doc.md")
    #expect(once.hasPrefix("# Ours\n\n<!-- evaluate strict: begin"))
    #expect(once.hasSuffix("<!-- evaluate strict: end -->\n\nBy hand.\n"))
    #expect(once.contains("| all | 2 | 0 |") && !once.contains("old"))
    #expect(try program.run(arguments).status == 0)
    #expect(try program.text("doc.md") == once)
    try program.put(Data("<!-- evaluate strict: begin -->\n".utf8), "doc.md")
    let broken = try program.run(arguments)
    #expect(broken.status == 1)
    #expect(broken.errors.contains("not the one where it ends"))
  }

  @Test("JSON, CSV and a page that needs nothing else", arguments: ["json", "csv", "html"])
  func formats(_ format: String) throws {
    let program = try pages()
    defer { program.remove() }
    let outcome = try program.run([
      "evaluate", "out", "truth", "--format", format, "-o", "result", "--compare", "truth",
    ])
    #expect(outcome.status == 0 && outcome.output == "")
    let text = try program.text("result")
    let mark = ["json": "\"einthoven.evaluation/1\"", "csv": "protocol,set,group,id"]
    #expect(text.contains(mark[format] ?? "<!doctype html>"))
    #expect(text.contains("kaggle2025"))
  }

  @Test(
    "What cannot be scored is said, with what to do",
    arguments: [
      (["evaluate", "nowhere", "truth"], 1, "The folder does not exist."),
      (["evaluate", "out", "nowhere"], 1, "The truth does not exist."),
      (["evaluate", "empty", "truth"], 1, "None of the truth's 2 pages has a file"),
      (["evaluate", "out", "truth", "--set", "x"], 1, "The truth has no set of this name."),
      (
        ["evaluate", "out", "truth", "--protocol", "snr"], 64, "Unknown protocol 'snr'. Known: kag"
      ),
      (["evaluate", "out"], 64, "Missing expected argument '<truth>'"),
      (["evaluate", "out", "truth", "--jobs", "0"], 64, "--jobs is 1 to 1024, not 0."),
      (["inspect", "empty"], 1, "The folder holds neither records nor pages."),
      (["submit", "out"], 2, "neither test.csv nor train.csv"),
      (["submit", "out", "-o", "x.txt"], 64, "-o ends in .csv or .parquet, not 'x.txt'."),
    ])
  func errors(arguments: [String], status: Int32, says: String) throws {
    let program = try pages()
    defer { program.remove() }
    try program.put(Data(), "empty/notes.txt")
    let outcome = try program.run(arguments)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
    #expect(outcome.output == "")
  }

  @Test("A submission of pages: read where there is one, 0 mV and a word where there is none")
  func submission() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("competition/images/7.png")
    var list = "id,lead,fs,number_of_rows\n"
    for lead in ["I", "II", "V6"] { list += "7,\(lead),500,1250\n8,\(lead),500,1250\n" }
    try program.put(Data(list.utf8), "competition/test.csv")
    let outcome = try program.run(["submit", "competition", "-o", "s.csv"])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("8: There is no page of this name. Its rows are 0 mV."))
    #expect(outcome.output == "2 images, 7500 rows: s.csv\n")
    let rows = try program.text("s.csv").split(separator: "\n")
    #expect(rows.count == 7501 && rows[0] == "id,value")
    let values = rows.filter { $0.hasPrefix("7_") && $0.hasSuffix(",0.0") }
    #expect(values.count < 1000)
  }

  @Test("What a folder holds, in lines and as a page")
  func inspection() throws {
    let program = try pages()
    defer { program.remove() }
    let table = try program.run(["inspect", "truth"])
    #expect(table.status == 0)
    #expect(table.output.contains("records           2, 0 unreadable"))
    #expect(table.output.contains("! equal content: a = b"))
    let page = try program.run(["inspect", "truth", "--format", "html"])
    #expect(page.output.hasPrefix("<!doctype html>"))
  }
}
