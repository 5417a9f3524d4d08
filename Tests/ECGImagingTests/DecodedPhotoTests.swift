import ECGCore
import ECGImaging
import Foundation
import Testing

/// A file of the folder `Fixtures`.
func fixture(_ name: String) throws -> Data {
  let url = try #require(Bundle.module.url(forResource: "Fixtures/\(name)", withExtension: nil))
  return try Data(contentsOf: url)
}

extension Raster {
  fileprivate func color(_ x: Int, _ y: Int) -> [Int] {
    (0..<3).map { Int(bytes[3 * (y * width + x) + $0]) }
  }

  /// The largest channel difference between a pixel and an expected colour.
  fileprivate func error(at x: Int, _ y: Int, from expected: [Int]) -> Int {
    zip(color(x, y), expected).map { abs($0 - $1) }.max() ?? 255
  }
}

@Suite("Decoding pictures")
struct DecodedPhotoTests {
  static let red = [220, 40, 40]
  static let green = [40, 180, 60]
  static let blue = [40, 60, 200]
  static let white = [255, 255, 255]
  static let black = [0, 0, 0]

  /// The five areas of the fixture picture, sampled in their middles.
  func expectPicture(_ raster: Raster<PhotoSpace>, tolerance: Int) {
    #expect(raster.size == PixelSize(width: 48, height: 32))
    #expect(raster.error(at: 3, 3, from: Self.black) <= tolerance)
    #expect(raster.error(at: 18, 5, from: Self.red) <= tolerance)
    #expect(raster.error(at: 36, 8, from: Self.green) <= tolerance)
    #expect(raster.error(at: 12, 24, from: Self.blue) <= tolerance)
    #expect(raster.error(at: 40, 28, from: Self.white) <= tolerance)
  }

  @Test(
    "reads every kind of PNG exactly",
    arguments: ["rgb.png", "interlaced.png", "rgb16.png", "palette.png", "palette-alpha.png"])
  func png(name: String) throws {
    let photo = try DecodedPhoto(decoding: fixture(name))
    #expect(photo.format == .png)
    #expect(!photo.isPartial)
    expectPicture(photo.raster, tolerance: 0)
  }

  @Test("lays transparency over white", arguments: ["alpha.png", "alpha-interlaced.png"])
  func alpha(name: String) throws {
    let raster = try Raster<PhotoSpace>(decoding: fixture(name))
    #expect(raster.color(40, 28) == Self.white)
    #expect(raster.color(18, 5) == Self.red)
    // Half transparent: c · 128/255 + 255 · 127/255.
    #expect(raster.color(12, 24) == [147, 157, 227])
  }

  @Test("reads grey and bilevel PNG")
  func grey() throws {
    let grey = try Raster<PhotoSpace>(decoding: fixture("grey.png"))
    #expect(grey.color(18, 5) == [94, 94, 94])
    #expect(grey.color(40, 28) == Self.white)
    let bilevel = try Raster<PhotoSpace>(decoding: fixture("bilevel.png"))
    #expect(bilevel.color(18, 5) == Self.black)
    #expect(bilevel.color(40, 28) == Self.white)
  }

  @Test(
    "reads every kind of JPEG",
    arguments: ["baseline.jpg", "progressive.jpg", "subsampled.jpg", "cmyk.jpg"])
  func jpeg(name: String) throws {
    let photo = try DecodedPhoto(decoding: fixture(name))
    #expect(photo.format == .jpeg)
    #expect(!photo.isPartial)
    expectPicture(photo.raster, tolerance: 12)
  }

  @Test("reads grey JPEG")
  func greyJPEG() throws {
    let raster = try Raster<PhotoSpace>(decoding: fixture("grey.jpg"))
    #expect(raster.error(at: 18, 5, from: [94, 94, 94]) <= 6)
  }

  @Test("applies every EXIF orientation", arguments: 1...8)
  func orientation(value: Int) throws {
    try expectPicture(Raster(decoding: fixture("orientation-\(value).jpg")), tolerance: 12)
  }

  @Test("passes on the resolution that a file claims")
  func resolution() throws {
    #expect(try DecodedPhoto(decoding: fixture("baseline.jpg")).claimedPixelsPerInch == 200)
    #expect(try DecodedPhoto(decoding: fixture("rgb.png")).claimedPixelsPerInch == nil)
  }

  @Test("writes what it reads back, PNG exactly and JPEG nearly")
  func roundTrip() throws {
    let raster = try Raster<PhotoSpace>(decoding: fixture("rgb.png"))
    let png = try DecodedPhoto(decoding: raster.pngData(pixelsPerInch: 300))
    #expect(png.raster == raster)
    #expect(abs((png.claimedPixelsPerInch ?? 0) - 300) < 0.1)
    let jpeg = try Raster<PhotoSpace>(
      decoding: raster.jpegData(quality: 95, halvesChroma: false))
    expectPicture(jpeg, tolerance: 12)
  }

  @Test("four quarter turns and two mirrors change nothing")
  func turning() throws {
    let raster = try Raster<PhotoSpace>(decoding: fixture("rgb.png"))
    #expect(raster.turned(quarterTurns: 1) != raster)
    #expect(raster.turned(quarterTurns: 3).turned(quarterTurns: 1) == raster)
    #expect(raster.turned(quarterTurns: -2).turned(quarterTurns: 2) == raster)
    #expect(raster.mirrored.mirrored == raster)
    // Clockwise: what was bottom left comes to the top left.
    #expect(raster.turned(quarterTurns: 1).color(4, 4) == Self.blue)
  }
}
