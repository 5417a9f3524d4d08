import ECGCore
import ECGDigitizer
import ECGImaging
import ECGNumerics
import ECGSynthesis
import ECGTestSupport
import Testing

@Suite(
  "Pages halfway between upright and on their side",
  .enabled(if: canRunNetworks, "The inference library is missing"))
struct HalfwayTurnedTests {
  /// Where right becomes down the network cannot tell the two families of lines apart; it looks
  /// again at the picture turned.
  @Test("the network is sure of their grid, and they are read", arguments: [45.0, -45, 135])
  func halfway(degrees: Double) throws {
    var generator = SeededGenerator(seed: 3)
    let recording = SyntheticHeart.random(using: &generator).recording(using: &generator)
    let style = PageStyle(layout: try LeadLayout(named: "3x4+II"))
    let photo = PageRenderer(style, effects: .scan(skewDegrees: degrees))
      .render(recording, using: &generator).photo
    let result = try Digitizer(networks: shippedNetworks).digitize(photo)
    let quality = try #require(result.geometry.gridQuality)
    #expect(quality.meanPhase > 0.87, "\(quality.meanPhase)")
    #expect(result.layout?.name == "3x4+II")
    let codes = result.findings.map(\.code)
    #expect(!codes.contains(.weakGrid) && !codes.contains(.leadNamesAssumed), "\(codes)")
  }
}
