import ECGCore
import ECGImaging
import Foundation
import Testing

@Suite("A bad page fails by one sentence, and the batch goes on")
struct BadPageTests {
  /// A file that is no good page, and what is said about it.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var data: @Sendable () throws -> Data?
    var line: String
    var testDescription: String { name }
  }

  private static func png(_ width: Int, _ height: Int, grey: UInt8) throws -> Data {
    try Raster<PhotoSpace>(width: width, height: height, red: grey, green: grey, blue: grey)
      .pngData(level: 9)
  }

  /// A picture's first 24 bytes say how large it is; nothing else of it is needed here.
  private static func claiming(_ side: UInt32) throws -> Data {
    var data = try png(8, 8, grey: 255)
    for k in 0..<4 {
      let byte = UInt8(truncatingIfNeeded: side >> UInt32(8 * (3 - k)))
      data[16 + k] = byte
      data[20 + k] = byte
    }
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in data[12..<29] {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    crc = ~crc
    for k in 0..<4 { data[29 + k] = UInt8(truncatingIfNeeded: crc >> UInt32(8 * (3 - k))) }
    return data
  }

  private static let noECG = """
    No ECG was found: the picture shows neither a printed grid nor a trace on paper. \
    Give a photo or scan of the whole ECG page, taken close and in even light.
    """

  static let cases = [
    Case(
      name: "missing.png", data: { nil }, line: "There is no such file. Check the path."),
    Case(
      name: "empty.png", data: { Data() },
      line: "The file is empty: it holds 0 bytes. Copy or export the page again."),
    Case(
      name: "text.jpg", data: { Data("time_s,I\n0,0.1\n".utf8) },
      line: "The file holds text, not a picture. Give a PNG or JPEG of the page."),
    Case(
      name: "renamed.png", data: { Data("%PDF-1.7\n".utf8) },
      line:
        "The file is of the format PDF, which is not supported yet. Save the page as PNG or JPEG."),
    Case(
      name: "truncated.png", data: { try Program.page.get().prefix(30_000) },
      line: "The PNG file is cut off: it ends before the picture does. "
        + "Copy or export the page again."),
    Case(
      name: "corrupt.png",
      data: {
        var data = try Program.page.get()
        for k in 2000..<3000 { data[k] = data[k] ^ 0x5A }
        return data
      },
      line: "The PNG file is damaged: its content breaks the format. "
        + "Copy or export the page again."),
    Case(
      name: "huge.png", data: { try claiming(40_000) },
      line: "The picture is too large: 40000 × 40000 pixels, where at most 100 million are "
        + "decoded. Scale it down, or allow more with --max-megapixels."),
    Case(
      name: "dot.png", data: { try png(1, 1, grey: 255) },
      line: "The picture has 1 × 1 pixels: an ECG needs at least 40 either way. "
        + "Give a photo or scan of the whole page at a higher resolution."),
    Case(
      name: "long.png", data: { try png(3000, 60, grey: 90) },
      line: "The picture is a strip of 3000 × 60 pixels, 50 times as long as wide, where at most "
        + "40 times are read. Cut it into pieces."),
    Case(name: "blank.png", data: { try png(900, 700, grey: 250) }, line: noECG),
    Case(name: "black.png", data: { try png(900, 700, grey: 0) }, line: noECG),
  ]

  @Test("verbatim, exit code 2", arguments: cases)
  func message(of bad: Case) throws {
    let program = try Program()
    defer { program.remove() }
    if let data = try bad.data() { try program.put(data, bad.name) }
    let outcome = try program.run(["digitize", bad.name, "-o", "out"])
    #expect(outcome.errors == "\(bad.name): \(bad.line)\n")
    #expect(outcome.output == "")
    #expect(outcome.status == 2)
    #expect(program.files("out") == [])
  }

  @Test("a good page among bad ones is read, exit code 1")
  func batch() throws {
    let program = try Program()
    defer { program.remove() }
    for bad in Self.cases { if let data = try bad.data() { try program.put(data, bad.name) } }
    try program.putPage("good.png")
    let outcome = try program.run(["digitize", ".", "missing.png", "-o", "out", "--jobs", "2"])
    #expect(outcome.status == 1)
    #expect(program.files("out") == ["good.csv", "good.json"])
    let lines = outcome.errors.split(separator: "\n")
    #expect(lines.count == Self.cases.count + 1)
    #expect(lines.last?.hasPrefix("1 of 12 pages digitized, 11 failed, ") == true)
  }

  @Test("an endless stream is read to the limit and no further")
  func endless() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(["digitize", "/dev/zero", "--max-mebibytes", "2", "-o", "out"])
    #expect(
      outcome.errors
        == "/dev/zero: The file is too large: 3.0 MiB, where at most 2.0 MiB are read. "
        + "Save the page smaller, or allow more with --max-mebibytes.\n")
    #expect(outcome.status == 2)
  }

  @Test("results that cannot be written fail the page")
  func unwritable() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("good.png")
    // Root may write everywhere but here.
    let outcome = try program.run(["digitize", "good.png", "-o", "/proc/out"])
    #expect(
      outcome.errors.hasPrefix("No results can be written to /proc/out"),
      "said before the first page is read")
    #expect(outcome.status == 2)
  }
}
