import ECGCore
import ECGDigitizer
import ECGEvaluation
import ECGImaging
import ECGNumerics
import ECGSynthesis
import ECGTestSupport
import Testing

/// Drawn pages with the accuracy below which something is broken: what was measured, less 2 dB.
enum FloorPage: String, CaseIterable {
  case scan, copy, phone, rows, render, photo

  /// Decibels under `strict`, which forgives neither gain nor constant nor delay.
  var floor: Double {
    switch self {
    case .scan: 21
    case .copy: 25.5
    case .phone: 27
    case .rows: 23.5
    case .render: 28
    case .photo: 29
    }
  }

  func make() throws -> (photo: Raster<PhotoSpace>, truth: Digitization) {
    switch self {
    case .scan: return try example(.scan)
    case .copy: return try example(.copy)
    case .phone: return try example(.phone)
    case .rows: return try example(.rows)
    case .render: return try drawn(seed: 21, PhotoEffects())
    case .photo: return try drawn(seed: 22, .phone(skewDegrees: 3, perspective: 0.05))
    }
  }

  private func example(
    _ page: ExamplePage
  ) throws -> (photo: Raster<PhotoSpace>, truth: Digitization) {
    let (_, photo, truth) = try page.make()
    return (photo, truth)
  }

  private func drawn(
    seed: UInt64, _ effects: PhotoEffects
  ) throws -> (photo: Raster<PhotoSpace>, truth: Digitization) {
    var generator = SeededGenerator(seed: seed)
    let recording = SyntheticHeart.random(using: &generator).recording(using: &generator)
    let style = PageStyle(layout: try LeadLayout(named: "3x4+II"))
    return PageRenderer(style, effects: effects).render(recording, using: &generator)
  }
}

@Suite(
  "Drawn pages with all four networks",
  .enabled(if: canRunNetworks, "The inference library is missing"))
struct AccuracyFloorTests {
  @Test("come out well, with every lead, and intervals that hold", arguments: FloorPage.allCases)
  func floor(page: FloorPage) throws {
    let (photo, truth) = try page.make()
    let result = try Digitizer(networks: shippedNetworks).digitize(photo)
    #expect(result.layout?.name == truth.layout?.name)
    let evaluator = Evaluator(StrictProtocol(), figures: .essential)
    let score = try evaluator.score(result.recording, against: truth.recording, id: page.rawValue)
    #expect(score.decibels > page.floor, "\(score.decibels) dB")
    #expect(score.leadsFound == score.leads.count && score.wrongNames.isEmpty)
    let held = try #require(Self.coverage(of: result.recording, truth.recording))
    #expect(held > 0.93, "intervals of 95 % hold \(held)")
  }

  /// The share of samples within 1.96 stated standard deviations of the truth.
  private static func coverage(of found: Recording, _ truth: Recording) -> Double? {
    var (held, count) = (0, 0)
    for segment in found.segments where !segment.standardDeviations.isEmpty {
      let drawn = truth.samples(of: segment.channel)
      for (k, value) in segment.millivolts.enumerated() {
        guard drawn.indices.contains(segment.startSample + k),
          let right = drawn[segment.startSample + k]
        else { continue }
        count += 1
        if abs(value - right) <= 1.96 * segment.standardDeviations[k] { held += 1 }
      }
    }
    return count > 0 ? Double(held) / Double(count) : nil
  }
}
