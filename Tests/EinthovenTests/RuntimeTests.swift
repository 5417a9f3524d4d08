import ECGFormats
import ECGTestSupport
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
    let json = try program.text("out/x.json")
    #expect(json.contains("\"noNetwork\"") && json.contains("\"weights_sha256\": null"))
    let strict = try program.run(
      ["digitize", "x.png", "-o", "strict", "--strict"], executable: copy,
      environment: environment)
    #expect(strict.status == 2)
    #expect(program.files("strict") == [])
  }

  @Test("with it, the result names the weights: others give another hash")
  func hash() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    func hash(_ environment: [String: String]) throws -> String? {
      let all = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      _ = try program.run(["digitize", "x.png"], environment: all)
      return try PageDocument(json: Data(program.text("x.json").utf8)).weightsSHA256
    }
    guard let shipped = try hash([:]) else {
      // Read without networks: then the finding says so.
      #expect(try program.text("x.json").contains("\"noNetwork\""))
      return
    }
    #expect(shipped.count == 64)
    let weights = try FileManager.default.contentsOfDirectory(
      at: Self.weights, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "safetensors" }
    for file in weights { try program.put(Data(contentsOf: file), "w/\(file.lastPathComponent)") }
    #expect(try hash(["EINTHOVEN_WEIGHTS": "w"]) == shipped)
    var file = try Data(contentsOf: Self.weights.appendingPathComponent("letters.safetensors"))
    file[file.count - 1] ^= 1
    try program.put(file, "w/letters.safetensors")
    let other = try #require(try hash(["EINTHOVEN_WEIGHTS": "w"]))
    #expect(other != shipped)
  }

  private static let weights = Repository.folder.appendingPathComponent("Weights")
}
