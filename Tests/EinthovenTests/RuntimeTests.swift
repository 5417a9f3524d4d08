import Foundation
import Testing

@Suite("Without the library that runs networks")
struct RuntimeTests {
  @Test("pages are read by geometry, and it is said what is missing and how to get it")
  func missing() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    // Away from the package, where nothing is installed; a link would be followed back.
    let copy = program.folder.appendingPathComponent("bin/einthoven")
    try FileManager.default.createDirectory(
      at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: Program.executable, to: copy)
    let environment = ["PATH": "/usr/bin:/bin"]
    let outcome = try program.run(
      ["digitize", "x.png", "-o", "out"], executable: copy, environment: environment)
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(program.files("out") == ["x.csv", "x.json"])
    #expect(outcome.output.contains("leads        3x4+II: I II III aVR"))
    for sentence in [
      "The grid was searched for without a network. ", "Lead names were not read. ",
      "OpenVINO, was not found", "Run `make setup`, or name its folder in EINTHOVEN_OPENVINO.",
    ] { #expect(outcome.output.contains(sentence), "\(outcome.output)") }
    #expect(try program.text("out/x.json").contains("\"noNetwork\""))
    let strict = try program.run(
      ["digitize", "x.png", "-o", "strict", "--strict"], executable: copy,
      environment: environment)
    #expect(strict.status == 2)
    #expect(program.files("strict") == [])
  }
}
