import ECGCore
import ECGImaging
import ECGNumerics
import ECGSynthesis
import Testing

@Suite("Drawn pages")
struct PageRendererTests {
  func render(
    _ layout: String, effects: PhotoEffects = PhotoEffects(), seed: UInt64 = 7,
    _ change: (inout PageStyle) -> Void = { _ in }
  ) throws -> (photo: Raster<PhotoSpace>, truth: Digitization) {
    var generator = SeededGenerator(seed: seed)
    let recording = SyntheticHeart.random(using: &generator)
      .recording(seconds: 5, extraLeads: true, using: &generator)
    var style = PageStyle(layout: try #require(LeadLayout(drawable: layout)))
    style.dotsPerInch = 120
    change(&style)
    return PageRenderer(style, effects: effects).render(recording, using: &generator)
  }

  /// The mean darkness, 0…255, of the photo along the traces that the truth names.
  func darkness(_ page: (photo: Raster<PhotoSpace>, truth: Digitization)) -> Double {
    var (sum, count) = (0.0, 0.0)
    for trace in page.truth.traces {
      for (k, point) in trace.points.enumerated() where k % 3 == 0 {
        guard let point else { continue }
        let place = page.truth.geometry.photoPoint(
          Point(x: trace.firstX + Double(k) * trace.stepX, y: Double(point.y)))
        let (x, y) = (Int(place.x.rounded()), Int(place.y.rounded()))
        guard x >= 0, y >= 0, x < page.photo.width, y < page.photo.height else { return 0 }
        sum += 255 - Double(page.photo.bytes[3 * (y * page.photo.width + x)])
        count += 1
      }
    }
    return sum / count
  }

  @Test("same seed, same bytes")
  func deterministic() throws {
    let effects = PhotoEffects.phone(skewDegrees: 3)
    let (a, b) = (try render("3x4+II", effects: effects), try render("3x4+II", effects: effects))
    let isSamePhoto = a.photo == b.photo
    let isSameTruth = a.truth == b.truth
    #expect(isSamePhoto && isSameTruth)
    let isOther = try render("3x4+II", effects: effects, seed: 8).photo != a.photo
    #expect(isOther)
  }

  @Test("the ink lies where the truth says, in every position of the page", arguments: 0..<8)
  func positions(position: Int) throws {
    var effects = PhotoEffects.phone(skewDegrees: 5)
    (effects.shadow, effects.noise) = (0, 0)
    effects.quarterTurns = position % 4
    effects.isMirrored = position >= 4
    let page = try render("3x4+II", effects: effects)
    #expect(darkness(page) > 120)
    #expect(page.truth.photoSize == page.photo.size)
    var elsewhere = page
    for trace in elsewhere.truth.traces.indices {
      for k in elsewhere.truth.traces[trace].points.indices {
        elsewhere.truth.traces[trace].points[k]?.y += 6
      }
    }
    #expect(darkness(elsewhere) < 60)
  }

  @Test("the reported turns and mirror bring the photo upright", arguments: 0..<8)
  func upright(position: Int) throws {
    var effects = PhotoEffects()
    effects.quarterTurns = position % 4
    effects.isMirrored = position >= 4
    let page = try render("6x2", effects: effects)
    let geometry = page.truth.geometry
    #expect(geometry.isMirrored == effects.isMirrored)
    let upright = (geometry.isMirrored ? page.photo.mirrored : page.photo)
      .turned(quarterTurns: geometry.quarterTurns)
    let isUpright = try upright == render("6x2").photo
    #expect(isUpright)
  }

  @Test(
    "every layout and grid is drawn with its leads",
    arguments: [
      "3x4", "3x4+II", "3x4+V1+II+V5", "3x4-cabrera", "6x2", "6x2+II", "12x1", "6x1-limb", "4x3",
      "3x5", "1x1-II",
    ], PageStyle.Grid.allCases)
  func layouts(name: String, grid: PageStyle.Grid) throws {
    let page = try render(name) { $0.grid = grid }
    let layout = try #require(page.truth.layout)
    #expect(page.truth.traces.count == layout.slots.count + layout.rhythmLeads.count)
    #expect(
      Set(page.truth.recording.channels)
        == Set((layout.slots.map(\.lead) + layout.rhythmLeads.compactMap { $0 }).map(Channel.lead)))
    #expect(page.truth.recording.violatedInvariants().isEmpty)
    #expect(darkness(page) > 120)
  }

  @Test("rows print what the truth's recording holds, inverted leads upside down")
  func inverted() throws {
    // Fine enough that the sharpest wave does not peak between two columns unseen.
    let page = try render("3x4-cabrera") { $0.dotsPerInch = 500 }
    let trace = try #require(page.truth.traces.first { $0.placement.lead == .aVR })
    #expect(trace.placement.isInverted)
    let samples = page.truth.recording.samples(of: .lead(.aVR)).compactMap { $0 }
    // aVR points down, so its lowest value is the highest place on the page.
    let lowest = Double(samples.min() ?? 0)
    let highest = Double(trace.points.compactMap { $0?.y }.min() ?? 0)
    let perMillivolt = 10 * page.truth.geometry.pixelsPerMillimeterY
    #expect(abs(trace.placement.baselineY + lowest * perMillivolt - highest) < 5)
  }

  @Test("an unknown layout is refused", arguments: ["", "3x7", "3x4+X", "1x1-Q"])
  func unknown(name: String) {
    #expect(LeadLayout(drawable: name) == nil)
  }

  @Test("every example page is drawn within its promised size", arguments: ExamplePage.allCases)
  func examples(page: ExamplePage) throws {
    let made = try page.make()
    #expect(made.file.count < 500_000)
    #expect(darkness((made.photo, made.truth)) > 90)
  }
}
