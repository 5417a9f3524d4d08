import Foundation
import Testing

@Suite("The command einthoven digitize")
struct CommandTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("einthoven-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private static var root: URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }

  /// Runs the built program in the test's folder.
  private func run(_ arguments: String...) throws -> (code: Int32, output: String, errors: String) {
    let process = Process()
    process.executableURL = Self.root.appendingPathComponent(".build/release/einthoven")
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, text, complaint)
  }

  private func write(_ name: String, _ data: Data) throws {
    try data.write(to: folder.appendingPathComponent(name))
  }

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  @Test("an empty file is said to be empty; the batch fails with 2")
  func empty() throws {
    try write("empty.png", Data())
    let result = try run("digitize", "empty.png")
    #expect(result.code == 2)
    #expect(result.errors.contains("empty.png: The file is empty"))
  }

  @Test("text with a picture's name is told from a picture")
  func renamed() throws {
    try write("page.png", Data("hello, this is no picture".utf8))
    let result = try run("digitize", "page.png")
    #expect(result.code == 2)
    #expect(result.errors.contains("holds text"))
  }

  @Test("a path that does not exist is a failed page, not wrong usage")
  func missing() throws {
    let result = try run("digitize", "nothing.png")
    #expect(result.code == 2)
    #expect(result.errors.contains("nothing.png: There is no such file."))
  }

  @Test(
    "wrong usage ends with 64",
    arguments: [
      ["digitize"], ["digitize", "x.png", "--speed", "banana"],
      ["digitize", "x.png", "--format", "xml"], ["digitize", "x.png", "--jobs", "0"],
      ["digitize", "x.png", "--rate", "-5"],
    ])
  func usage(arguments: [String]) throws {
    let process = Process()
    process.executableURL = Self.root.appendingPathComponent(".build/release/einthoven")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 64)
  }

  @Test("a good page among bad ones is digitized, resumed, and the code is 1")
  func batch() throws {
    let page = try Data(contentsOf: Self.root.appendingPathComponent("Examples/scan-3x4.png"))
    try write("good.png", page)
    try write("cut.png", page.prefix(page.count / 2))
    let first = try run("digitize", ".", "-o", "out", "--format", "csv,wfdb,json")
    #expect(first.code == 1)
    #expect(first.errors.contains("cut off"))
    for name in ["out/good.csv", "out/good.json", "out/good.hea", "out/good.dat"] {
      #expect(exists(name), "\(name)")
    }
    #expect(!exists("out/cut.csv"))
    let header = try String(
      contentsOf: folder.appendingPathComponent("out/good.csv"), encoding: .utf8
    )
    .prefix { $0 != "\n" }
    #expect(header == "time_s,I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6")
    let second = try run("digitize", ".", "-o", "out", "--format", "csv,wfdb,json", "--resume")
    #expect(second.errors.contains("1 of them already done"))
  }

  @Test("--strict turns a finding into a failure")
  func strict() throws {
    let page = try Data(contentsOf: Self.root.appendingPathComponent("Examples/scan-3x4.png"))
    try write("good.png", page)
    let result = try run("digitize", "good.png", "--strict")
    #expect(result.code == 2)
    #expect(result.errors.contains("under --strict"))
    #expect(!exists("good.csv"))
  }
}
