import ECGCore
import ECGFormats
import ECGImaging
import ECGSynthesis
import Foundation
import Testing

@Suite("einthoven digitize --geometry")
struct GeometryTests {
  /// The example page, turned by quarters.
  private func page(turns: Int) throws -> Data {
    try ExamplePage.scan.make().photo.turned(quarterTurns: turns).pngData()
  }

  @Test("gives the same signals without a search", arguments: [0, 1, 2])
  func same(turns: Int) throws {
    let program = try Program()
    defer { program.remove() }
    try program.put(page(turns: turns), "x.png")
    #expect(try program.run(["digitize", "x.png", "-o", "first", "--full-json"]).status == 0)
    let again = try program.run([
      "digitize", "x.png", "-o", "again", "--full-json", "--geometry", "first/x.json",
    ])
    #expect(again.status == 0 && again.errors == "")
    #expect(try program.text("first/x.csv") == program.text("again/x.csv"))
    func document(_ path: String) throws -> PageDocument {
      try PageDocument(json: Data(program.text(path).utf8))
    }
    let (first, second) = (try document("first/x.json"), try document("again/x.json"))
    #expect(first.digitization.geometry == second.digitization.geometry)
    #expect(first.digitization.geometry.quarterTurns == (4 - turns) % 4)
    #expect(first.digitization.traces == second.digitization.traces)
    #expect(first.digitization.findings == second.digitization.findings)
    #expect(first.digitization.geometry.errorMillimeters ?? 1 < 0.05)
    #expect(first.digitization.geometry.gridQuality?.crossings ?? 0 > 1000)
    #expect(first.options["geometry_sha256"] == nil)
    #expect(second.options["geometry_sha256"] != nil)
  }

  @Test("a corrected geometry is followed: lines 4 mm apart make time a fifth shorter")
  func corrected() throws {
    let program = try Program()
    defer { program.remove() }
    let before = try put("by hand.json", into: program) { geometry, lattice in
      lattice.spacingMillimeters = 4
      let size = geometry.pageSize
      geometry.pageSize = PixelSize(width: size.width * 4 / 5, height: size.height * 4 / 5)
    }
    let arguments = ["digitize", "x.png", "-o", "out", "--resume", "--log", "json"]
    #expect(try program.run(arguments).status == 0)
    let given = arguments + ["--geometry", "by hand.json"]
    #expect(try program.run(given).errors.contains("\"digitized\""))
    let after = try PageDocument(json: Data(program.text("out/x.json").utf8)).digitization
    let ratio =
      Double(after.recording.sampleCount) / Double(before.recording.sampleCount)
    #expect(abs(ratio - 0.8) < 0.01)
    // The same geometry again is nothing new.
    #expect(try program.run(given).errors.contains("\"skipped\""))
  }

  @Test("of another picture is refused, page by page, and says why")
  func another() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    #expect(try program.run(["digitize", "x.png"]).status == 0)
    try program.put(page(turns: 1), "y.png")
    var bytes = try Program.page.get()
    bytes[bytes.count - 1] ^= 1
    try program.put(bytes, "z.png")
    let outcome = try program.run([
      "digitize", "x.png", "y.png", "z.png", "-o", "out", "--geometry", "x.json",
    ])
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains(
        "y.png: The geometry given is of another picture: it was found in a file of "))
    #expect(
      outcome.errors.contains(
        "z.png: The geometry given is of another picture: the files have \(bytes.count) bytes "
          + "both, but other contents. Give --geometry the JSON of an earlier run over the same "
          + "file.\n"))
    #expect(program.files("out") == ["x.csv", "x.json"])
  }

  @Test("files that hold none are wrong usage")
  func broken() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    try program.put(Data("{".utf8), "bad.json")
    for (path, message) in [
      ("none.json", "--geometry: there is no file that can be read at none.json."),
      ("bad.json", "--geometry: The file is not valid JSON"),
      ("x.png", "--geometry: The file is not valid JSON"),
    ] {
      let outcome = try program.run(["digitize", "x.png", "--geometry", path])
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains(message), "\(path): \(outcome.errors)")
    }
  }

  @Test(
    "geometries that no page has are refused",
    arguments: [
      "width": "the page has 1000000000 × ", "scale": "it has -3.0 and ",
      "nodes": "crossings lie far outside the picture",
      "shift": "its middle lies outside the picture", "turns": "it was turned 9 times",
      "spacing": "its lines are 0.0 mm apart",
    ])
  func absurd(member: String, message: String) throws {
    let program = try Program()
    defer { program.remove() }
    try put("absurd.json", into: program) { geometry, lattice in
      switch member {
      case "width": geometry.pageSize.width = 1_000_000_000
      case "scale": geometry.pixelsPerMillimeterX = -3
      case "nodes": lattice.nodes[5].x = 1e12
      case "shift": lattice.nodes = lattice.nodes.map { Point(x: $0.x + 9999, y: $0.y) }
      case "turns": geometry.quarterTurns = 9
      default: lattice.spacingMillimeters = 0
      }
    }
    let outcome = try program.run(["digitize", "x.png", "-o", "out", "--geometry", "absurd.json"])
    #expect(outcome.status == 2)
    #expect(
      outcome.errors.hasPrefix("x.png: The geometry given cannot be that of a page: \(message)"),
      "\(outcome.errors)")
    #expect(program.files("out") == [])
  }

  /// The library that runs networks does not bear to be taken down while it prepares one.
  @Test("what is refused before the networks are ready ends the program in order, every time")
  func early() throws {
    let program = try Program()
    defer { program.remove() }
    try put("absurd.json", into: program) { $1.nodes[5].x = 1e12 }
    for _ in 0..<30 {
      let outcome = try program.run(["digitize", "x.png", "--geometry", "absurd.json"])
      #expect(outcome.status == 2)
    }
  }

  /// Reads a page `x.png`, and writes the result with another geometry as `name`.
  ///
  /// - Returns: the result as it was read.
  @discardableResult
  private func put(
    _ name: String, into program: Program,
    _ change: (inout PageGeometry, inout PageLattice) -> Void
  ) throws -> Digitization {
    try program.putPage("x.png")
    #expect(try program.run(["digitize", "x.png"]).status == 0)
    var document = try PageDocument(json: Data(program.text("x.json").utf8))
    let before = document.digitization
    var geometry = before.geometry
    guard case .lattice(var lattice, let origin) = geometry.map else {
      Issue.record("The page has no lattice")
      return before
    }
    change(&geometry, &lattice)
    geometry.map = .lattice(lattice, origin: origin)
    document.digitization.geometry = geometry
    try program.put(document.jsonData(.summary), name)
    return before
  }
}
