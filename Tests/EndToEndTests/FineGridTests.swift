import ECGCore
import ECGDigitizer
import ECGImaging
import ECGNumerics
import ECGSynthesis
import ECGTestSupport
import Foundation
import Testing

@Suite(
  "Millimetre paper of which no line is heavier",
  .enabled(if: canRunNetworks, "The inference library is missing"))
struct FineGridTests {
  /// Between a picture and its paper.
  enum Way: String, CaseIterable {
    case none, scanner, phone

    var effects: PhotoEffects {
      switch self {
      case .none: return PhotoEffects()
      case .scanner: return .scan(skewDegrees: 1.3)
      case .phone: return .phone(skewDegrees: -3, perspective: 0.08)
      }
    }
  }

  /// Lines at 3.5 and 4.5 pixels come out in pairs, those at 4.331 in threes.
  @Test(
    "is read at its scale, with networks and without",
    arguments: [3.5, 4.331, 4.5], Way.allCases)
  func scale(pixelsPerMillimeter: Double, way: Way) throws {
    var generator = SeededGenerator(seed: UInt64(10 * pixelsPerMillimeter))
    let recording = SyntheticHeart.random(using: &generator).recording(using: &generator)
    var style = PageStyle(layout: try LeadLayout(named: "3x4+II"))
    style.grid = .fineOnly
    style.fineColor = 0xE58F8F
    style.dotsPerInch = 25.4 * pixelsPerMillimeter
    let (photo, truth) = PageRenderer(style, effects: way.effects)
      .render(recording, using: &generator)
    for networks in [Networks.none, shippedNetworks] {
      let result = try Digitizer(networks: networks).digitize(photo)
      let codes = result.findings.map(\.code)
      #expect(result.calibration?.scaleEvidence == .grid)
      #expect(!codes.contains(.uncertainGridScale), "\(codes)")
      #expect(!codes.contains(.calibrationContradiction), "\(codes)")
      let (found, drawn) = (millimeters(result.geometry, photo), millimeters(truth.geometry, photo))
      #expect(abs(found.across / drawn.across - 1) < 0.003, "\(found) for \(drawn)")
      #expect(abs(found.down / drawn.down - 1) < 0.003, "\(found) for \(drawn)")
    }
  }

  /// How much paper the middle half of the photo shows, across and down.
  private func millimeters(
    _ geometry: PageGeometry, _ photo: Raster<PhotoSpace>
  ) -> (across: Double, down: Double) {
    let (w, h) = (Double(photo.width), Double(photo.height))
    func distance(_ a: (Double, Double), _ b: (Double, Double)) -> Double {
      guard let p = geometry.pagePoint(Point(x: a.0 * w, y: a.1 * h)),
        let q = geometry.pagePoint(Point(x: b.0 * w, y: b.1 * h))
      else { return 0 }
      return hypot(
        (p.x - q.x) / geometry.pixelsPerMillimeterX, (p.y - q.y) / geometry.pixelsPerMillimeterY)
    }
    return (distance((0.25, 0.5), (0.75, 0.5)), distance((0.5, 0.25), (0.5, 0.75)))
  }
}
