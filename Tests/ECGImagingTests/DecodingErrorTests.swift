import ECGCore
import ECGImaging
import Foundation
import Testing

@Suite("Files that are no good pictures")
struct DecodingErrorTests {
  func failure(
    _ data: Data, limits: DecodingLimits = DecodingLimits()
  ) -> PageError? {
    #expect(throws: PageError.self) { try DecodedPhoto(decoding: data, limits: limits) }
  }

  @Test("an empty file is called empty")
  func empty() {
    let error = failure(Data())
    #expect(error?.code == .emptyFile)
    #expect(
      error?.description
        == "The file is empty: it holds 0 bytes. Copy or export the page again.")
  }

  @Test(
    "formats that cannot be read are named",
    arguments: [
      ("%PDF-1.7 …", "PDF"), ("GIF89a……", "GIF"), ("II*\u{0}…", "TIFF"),
      ("RIFF1234WEBPVP8 ", "WebP"), ("\u{0}\u{0}\u{0}\u{18}ftypheic…", "HEIC"),
      ("\u{0}\u{0}\u{0}\u{18}ftypavif…", "AVIF"), ("<svg xmlns='…'/>", "SVG"),
    ])
  func unsupported(head: String, name: String) {
    let error = failure(Data(head.utf8))
    #expect(error?.code == .unsupportedFormat)
    #expect(error?.message == "The file is of the format \(name), which is not supported yet.")
  }

  @Test("text and noise are told apart")
  func unknown() {
    #expect(failure(Data("time_s,I\n0,0.1\n".utf8))?.message.contains("text") == true)
    #expect(failure(Data([0, 1, 2, 3, 200, 201]))?.code == .unknownFormat)
  }

  @Test("a picture beyond the limit is refused before it is decoded")
  func pixelLimit() throws {
    let start = ContinuousClock.now
    let error = failure(try fixture("huge-claim.png"))
    #expect(error?.code == .tooManyPixels)
    #expect(
      error?.message
        == "The picture is too large: 60000 × 60000 pixels, where at most 100 million are decoded.")
    #expect(ContinuousClock.now - start < .seconds(1))
    for name in ["rgb.png", "baseline.jpg"] {
      let data = try fixture(name)
      #expect(failure(data, limits: DecodingLimits(pixels: 48 * 32 - 1))?.code == .tooManyPixels)
      #expect(throws: Never.self) {
        try DecodedPhoto(decoding: data, limits: DecodingLimits(pixels: 48 * 32))
      }
    }
  }

  @Test("a file beyond the limit is refused")
  func byteLimit() throws {
    let data = try fixture("rgb.png")
    #expect(failure(data, limits: DecodingLimits(bytes: data.count - 1))?.code == .tooManyBytes)
  }

  @Test("a JPEG that ends early gives its upper part and says so", arguments: [0.5, 0.7, 0.9])
  func truncatedJPEG(part: Double) throws {
    var source = Raster<PhotoSpace>(width: 320, height: 400)
    for i in source.bytes.indices { source.bytes[i] = UInt8(truncatingIfNeeded: i * 7 / 3) }
    for y in 0..<100 { for x in 0..<(3 * 320) { source.bytes[y * 960 + x] = 30 } }
    let data = try source.jpegData(quality: 90)
    let photo = try DecodedPhoto(decoding: data.prefix(Int(part * Double(data.count))))
    #expect(photo.isPartial)
    #expect(photo.raster.size == source.size)
    #expect(abs(photo.completeness - (0.25 + 0.75 * part)) < 0.15)
    #expect(abs(Int(photo.raster.bytes[50 * 960]) - 30) < 4)
    #expect(photo.partialFinding.code == .partialImage)
  }

  @Test("a PNG or a JPEG header that ends early is called cut off")
  func cutOff() throws {
    let png = try fixture("rgb.png")
    #expect(failure(png.prefix(png.count / 2))?.message.contains("cut off") == true)
    #expect(failure(png.prefix(10))?.message.contains("cut off") == true)
    let jpeg = try fixture("baseline.jpg")
    #expect(failure(jpeg.prefix(200))?.message.contains("cut off") == true)
  }

  @Test("a missing file and a folder are told apart")
  func files() {
    let missing = URL(fileURLWithPath: "/nowhere/page.png")
    let folder = FileManager.default.temporaryDirectory
    #expect(throws: PageError.self) { try DecodedPhoto(contentsOf: missing) }
    let error = #expect(throws: PageError.self) { try DecodedPhoto(contentsOf: folder) }
    #expect(error?.code == .unreadable)
  }
}
