import ECGCore
import ECGFormats
import ECGTestSupport
import Foundation
import Testing

@Suite("einthoven digitize")
struct DigitizeTests {
  @Test("one page: CSV and JSON beside it, six lines that say what is known and how")
  func onePage() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("scan.png")
    let outcome = try program.run(["digitize", "scan.png"])
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    #expect(program.files() == ["scan.csv", "scan.json", "scan.png"])
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count >= 6)
    #expect(lines[1].hasPrefix("  leads        3x4+II: I II III aVR aVL aVF V1 V2 V3 V4 V5 V6"))
    #expect(lines[2].hasPrefix("  calibration  25 mm/s ("))
    #expect(lines.last == "  written      scan.csv scan.json")
    let header = try #require(try program.text("scan.csv").split(separator: "\n").first)
    #expect(header == "time_s,I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6")
  }

  @Test("inspect of one page says what was read on it, or that nothing was")
  func inspectPage() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("scan.png")
    let outcome = try program.run(["inspect", "scan.png"])
    #expect(outcome.status == 0 && outcome.errors == "")
    // Without the inference library nothing is read, and it is said.
    let expected = canRunNetworks ? ["right mm", "25 mm/s"] : ["nothing was read"]
    for text in expected { #expect(outcome.output.contains(text), "\(outcome.output)") }
    #expect(outcome.output.hasPrefix("layout  3x4+II"))
    try program.put(Data("no picture".utf8), "bad.png")
    #expect(try program.run(["inspect", "bad.png"]).status == 1)
  }

  @Test("every kind of result, under -o, with the name of the page")
  func formats() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("a/my page.png")
    let outcome = try program.run([
      "digitize", "a", "-o", "out", "--format", "csv,wfdb,json", "--overlay", "--redact",
    ])
    #expect(outcome.status == 0)
    #expect(
      program.files("out") == [
        "a/my page.csv", "a/my page.json", "a/my page.overlay.png", "a/my_page.dat",
        "a/my_page.hea",
      ])
  }

  @Test("standard input")
  func standardInput() throws {
    let program = try Program()
    defer { program.remove() }
    let page = try Program.page.get()
    let outcome = try program.run(["digitize", "-", "-o", "out"], input: page)
    #expect(outcome.status == 0)
    #expect(program.files("out") == ["stdin.csv", "stdin.json"])
    let empty = try program.run(["digitize", "-"])
    #expect(empty.errors == "-: Standard input is empty. Pipe a picture into the program.\n")
    #expect(empty.status == 2)
  }

  @Test("pages of one name keep their endings; patterns and folders name a page once")
  func collisions() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    try program.putPage("x.jpg")
    try program.putPage("deep/y/x.png")
    let outcome = try program.run(
      ["digitize", "*.png", "x.jpg", "./x.png", "deep", "-o", "out", "--format", "csv"])
    #expect(outcome.status == 0)
    #expect(program.files("out") == ["deep/y/x.csv", "x.jpg.csv", "x.png.csv"])
  }

  @Test("--resume skips what was done with the same input and options, and nothing else")
  func resume() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    let arguments = ["digitize", "x.png", "--resume", "--log", "json"]
    func event(_ arguments: [String]) throws -> String? {
      let line = try program.run(arguments).errors
      return try JSONValue(parsing: Data(line.split(separator: "\n")[0].utf8))["event"]?.text
    }
    #expect(try event(arguments) == "digitized")
    #expect(try event(arguments) == "skipped")
    #expect(try event(arguments + ["--rate", "250"]) == "digitized")
    #expect(try event(arguments) == "digitized")
    try program.put(Program.page.get() + Data([0]), "x.png")
    #expect(try event(arguments) == "digitized")
    #expect(try event(arguments) == "skipped")
    try FileManager.default.removeItem(at: program.folder.appendingPathComponent("x.csv"))
    #expect(try event(arguments) == "digitized")
  }

  @Test("--strict makes a finding a failure that names it")
  func strict() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    // Five rows are not what the page shows, which is always something to know.
    let arguments = ["digitize", "x.png", "--layout", "15x1"]
    #expect(try program.run(arguments).status == 0)
    let strict = try program.run(arguments + ["--strict", "-o", "out"])
    #expect(strict.status == 2)
    #expect(strict.errors.hasPrefix("x.png: "))
    #expect(strict.errors.contains(" under --strict: "))
    #expect(
      strict.errors.hasSuffix(
        " Look at the page without --strict, or declare what is assumed.\n"))
    #expect(program.files("out") == [])
  }

  @Test("a folder without pages says so")
  func emptyFolder() throws {
    let program = try Program()
    defer { program.remove() }
    try program.put(Data("x".utf8), "notes/readme.txt")
    let outcome = try program.run(["digitize", "notes"])
    #expect(outcome.errors == "No pages were found in what was named.\n")
    #expect(outcome.status == 2)
  }
}

extension JSONValue {
  /// The text, if this is one.
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
}
