import Foundation
import Testing

@Suite("Where libraries are looked for")
struct LibrarySearchTests {
  /// Nothing that names a library.
  static let bare = ["PATH": "/usr/bin:/bin"]

  @Test("the program finds its library by its own place: named by PATH, and through a link")
  func ownPlace() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    let folder = Program.executable.deletingLastPathComponent().path
    let byPath = try program.shell(
      "einthoven digitize x.png -o path", environment: ["PATH": "\(folder):/usr/bin:/bin"])
    let link = program.folder.appendingPathComponent("links/reader")
    try FileManager.default.createDirectory(
      at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: Program.executable)
    let byLink = try program.run(
      ["digitize", "x.png", "-o", "link"], executable: link, environment: Self.bare)
    for outcome in [byPath, byLink] {
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(!outcome.output.contains("was not found"), "\(outcome.output)")
    }
    #expect(try program.text("path/x.csv") == program.text("link/x.csv"))
  }

  @Test("what lies in the working folder is never opened, even where a relative path names it")
  func workingFolder() throws {
    let (installed, program) = (try Program(), try Program())
    defer { installed.remove() }
    defer { program.remove() }
    try program.putPage("x.png")
    try program.put(Data("hostile".utf8), ".deps/openvino/openvino/libs/libopenvino.so")
    try program.put(Data("hostile".utf8), "lib/einthoven/libopenvino.so")
    let copy = installed.folder.appendingPathComponent("bin/einthoven")
    try FileManager.default.createDirectory(
      at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.copyItem(at: Program.executable, to: copy)
    let libraries = ".deps/openvino/openvino/libs"
    for named in [nil, libraries] {
      let outcome = try program.run(
        ["digitize", "x.png", "-o", "out", "--force"], executable: copy,
        environment: Self.bare.merging(named.map { ["EINTHOVEN_OPENVINO": $0] } ?? [:]) { $1 })
      // The first file that was tried is the reason.
      #expect(outcome.output.contains("OpenVINO, was not found"), "\(outcome.output)")
      #expect(!outcome.output.contains("file too short"), "\(outcome.output)")
    }
    // By its absolute path the person means it: then it is tried, and the reason says so.
    let asked = try program.run(
      ["digitize", "x.png", "-o", "out", "--force"], executable: copy,
      environment: Self.bare.merging(
        ["EINTHOVEN_OPENVINO": program.folder.appendingPathComponent(libraries).path]) { $1 })
    #expect(asked.output.contains("libopenvino.so: file too short"), "\(asked.output)")
  }
}
