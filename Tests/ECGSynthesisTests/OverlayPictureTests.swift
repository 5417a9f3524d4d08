import ECGCore
import ECGImaging
import ECGNumerics
import ECGSynthesis
import Testing

@Suite("Overlay picture")
struct OverlayPictureTests {
  @Test(
    "is no larger than 3000 pixels, and shows that it is redacted", arguments: ["12x1", "3x4+II"])
  func overlay(layout: String) throws {
    var generator = SeededGenerator(seed: 5)
    let recording = SyntheticHeart().recording(using: &generator)
    let style = PageStyle(layout: try #require(LeadLayout(drawable: layout)))
    var (photo, truth) = PageRenderer(style, effects: .scan(skewDegrees: 2))
      .render(recording, using: &generator)
    truth.findings = [Finding(.gainAssumed, String(repeating: "Long words here. ", count: 40))]
    let open = OverlayPicture(of: truth, on: photo).raster()
    let redacted = OverlayPicture(of: truth, on: photo, redacted: true).raster()
    #expect(max(open.width, open.height) <= 3000)
    let differs = open != redacted
    #expect(differs)

    // What is printed outside the traces' area must not reach a redacted picture.
    for k in photo.bytes.indices.prefix(3 * photo.width * photo.height / 12) { photo.bytes[k] = 9 }
    let isBlank = OverlayPicture(of: truth, on: photo, redacted: true).raster() == redacted
    #expect(isBlank)
    let isShown = OverlayPicture(of: truth, on: photo).raster() != open
    #expect(isShown)
  }

  @Test("a page without anything found is drawn too")
  func empty() {
    let photo = Raster<PhotoSpace>(width: 40, height: 3000)
    let nothing = Digitization(
      photoSize: photo.size,
      geometry: PageGeometry(
        map: .homography(.identity), pageSize: photo.size, pixelsPerMillimeterX: 8,
        pixelsPerMillimeterY: 8),
      layout: nil, traces: [], calibration: nil,
      recording: Recording(samplingFrequency: 500, segments: []))
    let picture = OverlayPicture(of: nothing, on: photo, redacted: true).raster()
    #expect(picture.width <= 3000 && picture.height <= 3000)
  }
}
