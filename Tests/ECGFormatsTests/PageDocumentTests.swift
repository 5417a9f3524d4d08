import ECGCore
import ECGFormats
import ECGTestSupport
import Foundation
import Testing

@Suite("JSON of a page")
struct PageDocumentTests {
  static var lattice: PageGeometry {
    let nodes = (0..<6).map { Point<PhotoSpace>(x: Double($0 % 3) * 40.25, y: Double($0 / 3) * 39) }
    return PageGeometry(
      map: .lattice(
        PageLattice(columns: 3, rows: 2, spacingMillimeters: 5, nodes: nodes),
        origin: Point(x: 1.5, y: -2)),
      pageSize: PixelSize(width: 80, height: 40), pixelsPerMillimeterX: 8,
      pixelsPerMillimeterY: 7.75, quarterTurns: 3, isMirrored: true, errorMillimeters: 0.1 / 3,
      gridQuality: GridQuality(
        crossings: 6, meanPhase: 0.875, coverage: 0.5, measuredShare: 0.75,
        residualMillimeters: 0.01 / 3, printPixelMillimeters: 0.0254 / 7))
  }

  static var flat: PageGeometry {
    PageGeometry(
      map: .homography(Homography([1, 0.1, 2, 0, 1.01, 3, 1e-5, 0, 1])),
      pageSize: PixelSize(width: 80, height: 40), pixelsPerMillimeterX: 8,
      pixelsPerMillimeterY: 8)
  }

  static func page(_ geometry: PageGeometry) -> Digitization {
    let placement = LeadPlacement(
      lead: .aVR, isInverted: true, row: 1, column: 2, startX: 10.5, endX: 70, baselineY: 20,
      startSeconds: 2.5)
    let layout = LeadLayout(
      name: "1x2+II", rows: 1, columns: 2,
      slots: [
        LeadSlot(lead: .aVR, isInverted: true, row: 0, column: 0),
        LeadSlot(lead: .V1, row: 0, column: 1),
      ], rhythmLeads: [.II, nil], order: "cabrera")
    let calibration = Calibration(
      paperSpeed: PaperSpeed(millimetersPerSecond: 25), paperSpeedEvidence: .assumed,
      limbGain: Gain(millimetersPerMillivolt: 10), chestGain: Gain(millimetersPerMillivolt: 5),
      gainEvidence: .calibrationPulse, scaleEvidence: .grid,
      items: [EvidenceItem(kind: .calibrationPulse, note: "pulse 10.1 mm × 5.0 mm")])
    return Digitization(
      photoSize: PixelSize(width: 90, height: 60), geometry: geometry, layout: layout,
      traces: [
        Trace(
          placement: placement, firstX: 10.5, stepX: 0.5,
          points: [TracePoint(y: 20.125, standardDeviation: 0.25), nil]),
        Trace(
          placement: LeadPlacement(
            lead: nil, row: 2, column: 0, startX: 0, endX: 1, baselineY: 3, startSeconds: 0),
          firstX: 0, stepX: 1, points: []),
      ],
      calibration: calibration, recording: SampleRecording.page,
      findings: [Finding(.gainAssumed, "A \"quoted\" message \\ with µ and\nlines.", lead: .V1)],
      confidence: [.lead(.aVR): 0.875, .row(1): 0.5],
      printed: [
        PrintedText(.invertedLead(.aVR), middle: Point(x: 12.5, y: 3), score: 0.75),
        PrintedText(
          .paperSpeed(PaperSpeed(millimetersPerSecond: 12.5)), middle: Point(x: 40, y: 55.5),
          width: 21.5, score: 0.625),
        PrintedText(
          .gain(Gain(millimetersPerMillivolt: 5)), middle: Point(x: 70, y: 55), width: 22, score: 1),
        PrintedText(.lead(.V1), middle: Point(x: 30, y: 3), score: 0.5),
      ],
      secondsPerStage: [.read: 0.25])
  }

  static func document(_ geometry: PageGeometry = flat) -> PageDocument {
    PageDocument(
      page(geometry), input: PageDocument.Input(of: Data("abc".utf8), page: 2),
      programVersion: "0.1.0", options: ["rate": 500, "layout": nil])
  }

  @Test("reads back whole", arguments: [flat, lattice])
  func roundTrip(geometry: PageGeometry) throws {
    let document = PageDocumentTests.document(geometry)
    let read = try PageDocument(json: document.jsonData())
    // Millivolts are written to 0.01 µV; compare them apart from the rest.
    let difference = try #require(
      SampleRecording.difference(document.digitization.recording, read.digitization.recording))
    #expect(difference < 0.000_01)
    var same = read
    same.digitization.recording = document.digitization.recording
    #expect(same == document)
  }

  @Test("a summary keeps all but the curves")
  func summary() throws {
    let document = PageDocumentTests.document()
    let data = document.jsonData(.summary)
    #expect(data.count < document.jsonData().count)
    let read = try PageDocument(json: data)
    #expect(read.digitization.recording.segments.isEmpty)
    #expect(read.digitization.findings == document.digitization.findings)
    #expect(read.digitization.traces.map(\.placement) == document.digitization.placements)
    #expect(read.isResult(of: document.input, options: ["rate": 500, "layout": nil]))
    #expect(!read.isResult(of: document.input, options: ["rate": 250, "layout": nil]))
  }

  @Test("a refused layout is null, and other readers find the members they look for")
  func members() throws {
    var document = PageDocumentTests.document()
    let whole = try #require(
      JSONSerialization.jsonObject(with: document.jsonData()) as? [String: Any])
    #expect(whole["schema"] as? String == "einthoven.page/1")
    let layout = try #require(whole["layout"] as? [String: Any])
    #expect(layout["name"] as? String == "1x2+II")
    #expect((layout["rhythm_leads"] as? [Any])?.first as? String == "II")
    #expect((whole["findings"] as? [[String: Any]])?.first?["code"] as? String == "gainAssumed")
    document.digitization.layout = nil
    let refused = try #require(
      JSONSerialization.jsonObject(with: document.jsonData()) as? [String: Any])
    #expect(refused["layout"] is NSNull)
    let read = try PageDocument(json: document.jsonData())
    #expect(read.digitization.layout == nil)
  }

  @Test("every member is explained in Docs/JSON.md", arguments: [flat, lattice])
  func documented(geometry: PageGeometry) throws {
    let text = try Repository.text("Docs/JSON.md")
    func names(_ value: JSONValue) -> Set<String> {
      switch value {
      case .object(let members):
        return members.reduce(into: []) { $0.formUnion(names($1.value).union([$1.name])) }
      case .array(let values): return values.reduce(into: []) { $0.formUnion(names($1)) }
      default: return []
      }
    }
    var document = PageDocumentTests.document(geometry)
    (document.options, document.digitization.secondsPerStage) = ([:], [:])
    let members = try names(JSONValue(parsing: document.jsonData()))
    #expect(members.count > 60)
    for name in members.sorted() { #expect(text.contains("`\(name)`"), "\(name)") }
  }

  @Test("says which member is wrong")
  func errors() {
    let text = String(decoding: PageDocumentTests.document().jsonData(), as: UTF8.self)
    func message(_ from: String, _ to: String) -> String? {
      let changed = text.replacingOccurrences(of: from, with: to)
      #expect(changed != text)
      let error = #expect(throws: PageError.self) { try PageDocument(json: Data(changed.utf8)) }
      return error?.message
    }
    #expect(
      message("\"limb_gain_mm_per_mv\": 10", "\"limb_gain_mm_per_mv\": null")
        == "The JSON member calibration.limb_gain_mm_per_mv is not a number.")
    #expect(
      message("\"row\": 1,", "\"row\": 1.5,")
        == "The JSON member traces[0].row is not a whole number.")
    #expect(message("einthoven.page/1", "einthoven.page/9")?.contains("schema") == true)
    #expect(message("\"findings\": [", "\"findings\": [[")?.contains("not valid JSON") == true)
  }

  @Test(
    "refuses what is not JSON", arguments: ["", "{", "[1,]", "nul", "{\"a\" 1}", "1 2", "\"\\x\""])
  func invalid(text: String) {
    #expect(throws: PageError.self) { try JSONValue(parsing: Data(text.utf8)) }
  }

  @Test("deep nesting is refused, not followed")
  func deep() {
    let data = Data(repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: PageError.self) { try JSONValue(parsing: data) }
  }
}
