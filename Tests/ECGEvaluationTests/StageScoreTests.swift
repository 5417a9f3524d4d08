import ECGCore
import ECGEvaluation
import ECGImaging
import ECGNumerics
import ECGSynthesis
import Testing

@Suite("A flaw put into one stage is found in that stage, at its size")
struct StageScoreTests {
  static let drawn: (photo: Raster<PhotoSpace>, truth: Digitization, ink: Raster<PhotoSpace>)? = {
    guard let layout = LeadLayout(drawable: "3x4+II") else { return nil }
    var generator = SeededGenerator(seed: 3)
    let recording = SyntheticHeart().recording(using: &generator)
    var style = PageStyle(layout: layout)
    style.dotsPerInch = 150
    let renderer = PageRenderer(style, effects: .scan(skewDegrees: 1.2))
    let (photo, truth) = renderer.render(recording, using: &generator)
    style.grid = .none
    (style.paperColor, style.inkColor) = (0xFFFFFF, 0)
    let ink = PageRenderer(style).render(recording, using: &generator).photo
    return (photo, truth, ink)
  }()

  private func truth() throws -> Digitization { try #require(Self.drawn).truth }

  private func scores(_ change: (inout Digitization) -> Void) throws -> StageScores {
    let truth = try truth()
    var result = truth
    change(&result)
    return StageScores(id: "a", condition: "c", result, truth: truth)
  }

  @Test("The truth itself has no flaw")
  func perfect() throws {
    let scores = try scores { _ in }
    let geometry = try #require(scores.geometry)
    #expect(geometry.millimeters < 1e-6 && abs(geometry.pitchPercentX) < 1e-6)
    #expect(scores.placement.printed == 13 && scores.placement.named == 13)
    #expect(scores.placement.extra == 0 && scores.placement.isLayoutRight)
    let trace = try #require(scores.trace)
    #expect(trace.rmsPixels < 1e-3 && trace.withinHalfMillimeter == 1)
    // The ends of a stretch lie between two columns of the other page.
    #expect(trace.coverage > 0.995)
    #expect(scores.calibration?.paperSpeedPercent == 0)
  }

  @Test("Millimetres counted too long, along time and along voltage")
  func pitch() throws {
    let scores = try scores { result in
      result.geometry.pixelsPerMillimeterX *= 0.99
      result.geometry.pixelsPerMillimeterY *= 1.02
    }
    let geometry = try #require(scores.geometry)
    #expect(abs(geometry.pitchPercentX - 100 * (1 / 0.99 - 1)) < 1e-6)
    #expect(abs(geometry.pitchPercentY - 100 * (1 / 1.02 - 1)) < 1e-6)
    #expect(geometry.localMillimeters < 1e-6)
    #expect(geometry.millimeters > 0.5)
    // Pixels are where they were.
    #expect(try #require(scores.trace).rmsPixels < 1e-3)
  }

  @Test("A page that lies 2 mm further right moves its leads but bends nothing")
  func moved() throws {
    let pixels = try 2 * truth().geometry.pixelsPerMillimeterX
    let scores = try scores { result in
      guard case .homography(let map) = result.geometry.map else { return }
      let shift = Homography<PageSpace, PageSpace>([1, 0, pixels, 0, 1, 0, 0, 0, 1])
      result.geometry.map = .homography(shift.then(map))
    }
    #expect(try #require(scores.geometry).millimeters < 1e-6)
    #expect(abs((scores.placement.startMillimeters ?? 0) - 2) < 1e-6)
  }

  @Test("A curve 0.8 pixels too low, and one that is not sure enough")
  func curve() throws {
    let scores = try scores { result in
      for k in result.traces.indices {
        for i in result.traces[k].points.indices {
          result.traces[k].points[i]?.y += 0.8
          result.traces[k].points[i]?.standardDeviation = k < 6 ? 0.1 : 1
        }
      }
    }
    let trace = try #require(scores.trace)
    #expect(abs(trace.rmsPixels - 0.8) < 1e-3)
    #expect(trace.medianPixels <= 0.8001 && trace.medianPixels > 0.5)
    #expect(try abs(#require(trace.within95) - 0.6) < 0.1)
    #expect(try #require(scores.geometry).millimeters < 1e-6)
  }

  @Test("Two names exchanged, one lead not found, one where nothing is printed")
  func names() throws {
    let scores = try scores { result in
      let (a, b) = (result.traces[0].placement.lead, result.traces[1].placement.lead)
      (result.traces[0].placement.lead, result.traces[1].placement.lead) = (b, a)
      result.traces[5].placement.baselineY += 40 * result.geometry.pixelsPerMillimeterY
      result.layout = nil
    }
    #expect(scores.placement.named == 10 && scores.placement.found == 12)
    #expect(scores.placement.extra == 1)
    #expect(!scores.placement.isLayoutRight)
  }

  @Test("Twice the gain, half the speed")
  func factors() throws {
    let scores = try scores { result in
      result.calibration?.paperSpeed.millimetersPerSecond /= 2
      result.calibration?.chestGain.millimetersPerMillivolt *= 2
      result.calibration?.gainEvidence = .assumed
    }
    let calibration = try #require(scores.calibration)
    #expect(calibration.paperSpeedPercent == -50)
    #expect(calibration.limbGainPercent == 0 && calibration.chestGainPercent == 100)
    #expect(calibration.isAssumed)
  }

  @Test("Ink that was missed and ink that was invented")
  func classMap() throws {
    let (_, truth, photo) = try #require(Self.drawn)
    let printed = Raster<PageSpace>(
      width: photo.width, height: photo.height, bytes: photo.bytes)
    var ink = Plane<PageSpace>(width: printed.width, height: printed.height)
    for k in ink.values.indices { ink.values[k] = 1 - Float(printed.bytes[3 * k]) / 255 }
    func score(_ ink: Plane<PageSpace>) throws -> ClassMapScore {
      try #require(
        ClassMapScore(ink, geometry: truth.geometry, printed: printed, truth: truth))
    }
    let perfect = try score(ink)
    #expect(perfect.dice > 0.999 && perfect.intersectionOverUnion > 0.998)
    // Every fourth row is lost, then every pixel is ink.
    var poor = ink
    for y in stride(from: 0, to: poor.height, by: 4) {
      for x in 0..<poor.width { poor[x, y] = 0 }
    }
    let halved = try score(poor)
    #expect(halved.invented <= perfect.invented && halved.missed > perfect.both / 3)
    let all = try score(
      Plane<PageSpace>(width: ink.width, height: ink.height, repeating: 1))
    #expect(all.missed == 0 && all.intersectionOverUnion < 0.2)
  }

  @Test("The report names failures and the protocol")
  func report() throws {
    var page = try scores { _ in }
    page.ladder = [.init(given: "nothing", decibels: 20), .init(given: "geometry", decibels: nil)]
    let report = StageReport(
      scoring: Kaggle2025(), pages: [page],
      failures: [.init(id: "b", condition: "d", message: "no grid")])
    #expect(report.table.contains("FAILED b: no grid"))
    #expect(report.table.contains("kaggle2025"))
    #expect(report.markdown.contains("| d | 1 | 1 |"))
    #expect(report.markdown.contains("| all | 20.0 | 0.0 |"))
  }
}
