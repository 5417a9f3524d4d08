public import ECGCore
public import Foundation

extension PageDocument {
  /// Reads a document back. What was written as a summary comes without curves.
  ///
  /// - Throws: `PageError.invalidRecord`, naming the member that is wrong.
  public init(json data: Data) throws(PageError) {
    let root = JSONReader(value: try JSONValue(parsing: data), path: "")
    let schema = try root.string("schema")
    guard schema == PageDocument.schema else {
      throw PageError(
        .invalidRecord, "The file's schema is not \(PageDocument.schema).",
        remedy: "Read it with the version of einthoven that wrote it, or digitize the page again.")
    }
    let input = try root.object("input")
    try self.init(
      PageDocument.digitization(root),
      input: Input(
        byteCount: input.int("bytes"), sha256: input.string("sha256"), page: input.int("page"),
        ending: input.value["ending"] == nil ? "" : input.string("ending")),
      programVersion: root.object("program").string("version"),
      weightsSHA256: root.optionalString("weights_sha256"), options: root.value["options"] ?? [:],
      results: PageDocument.results(root))
  }

  /// Documents of before there were results in them have none.
  private static func results(_ root: JSONReader) throws(PageError) -> [ResultFile] {
    guard root.value["results"] != nil else { return [] }
    var results: [ResultFile] = []
    for file in try root.objects("results") {
      try results.append(
        ResultFile(
          name: file.string("name"), byteCount: file.int("bytes"), sha256: file.string("sha256")))
    }
    return results
  }

  private static func digitization(_ root: JSONReader) throws(PageError) -> Digitization {
    var findings: [Finding] = []
    for finding in try root.objects("findings") { try findings.append(Finding(finding)) }
    var traces: [Trace] = []
    for trace in try root.objects("traces") { try traces.append(Trace(trace)) }
    var segments: [LeadSegment] = []
    var confidence: [Channel: Double] = [:]
    for lead in try root.objects("leads") {
      let channel = Channel(columnName: try lead.string("name"))
      if lead.value["confidence"] != .null {
        confidence[channel] = try lead.number("confidence")
      }
      for range in try lead.objects("ranges") where range.value["millivolts"] != nil {
        try segments.append(LeadSegment(range, channel: channel))
      }
    }
    // Documents of before there were readings have none.
    var printed: [PrintedText] = []
    if root.value["printed"] != nil {
      for text in try root.objects("printed") { try printed.append(PrintedText(text)) }
    }
    var seconds: [Stage: Double] = [:]
    let stages = try root.object("seconds_per_stage")
    for stage in Stage.allCases where stages.value[stage.rawValue] != nil {
      seconds[stage] = try stages.number(stage.rawValue)
    }
    let frequency = try root.number("sampling_frequency_hz")
    guard frequency > 0 else { throw root.error("sampling_frequency_hz", "positive") }
    let sampleCount = try root.int("sample_count")
    guard (0...1 << 27).contains(sampleCount) else {
      throw root.error("sample_count", "a length of a page")
    }
    var layout: LeadLayout?
    if let object = try root.optionalObject("layout") { layout = try LeadLayout(object) }
    var calibration: Calibration?
    if let object = try root.optionalObject("calibration") {
      calibration = try Calibration(object)
    }
    return try Digitization(
      photoSize: PixelSize(root.object("photo")), geometry: PageGeometry(root.object("geometry")),
      layout: layout, traces: traces, calibration: calibration,
      recording: Recording(
        samplingFrequency: frequency, sampleCount: sampleCount, segments: segments),
      findings: findings, confidence: confidence, printed: printed,
      secondsPerStage: seconds)
  }
}

extension LeadSegment {
  fileprivate init(_ reader: JSONReader, channel: Channel) throws(PageError) {
    let millivolts = try reader.numbers("millivolts").map { Float($0) }
    let deviations = try reader.numbers("standard_deviations_mv").map { Float($0) }
    guard deviations.isEmpty || deviations.count == millivolts.count else {
      throw reader.error("standard_deviations_mv", "as long as millivolts")
    }
    guard (millivolts + deviations).allSatisfy(\.isFinite) else {
      throw reader.error("millivolts", "a list of voltages")
    }
    let start = try reader.int("start_sample")
    guard (0..<1 << 26).contains(start) else {
      throw reader.error("start_sample", "a place on the time axis")
    }
    self.init(
      channel: channel, startSample: start, millivolts: millivolts, standardDeviations: deviations)
  }
}

extension Trace {
  fileprivate init(_ reader: JSONReader) throws(PageError) {
    let placement = try LeadPlacement(
      lead: reader.optionalString("lead").map(Lead.init(_:)), isInverted: reader.bool("inverted"),
      row: reader.int("row"), column: reader.int("column"), isRhythm: reader.bool("rhythm"),
      startX: reader.number("start_x"), endX: reader.number("end_x"),
      baselineY: reader.number("baseline_y"), startSeconds: reader.number("start_s"))
    guard reader.value["y"] != nil else {
      self.init(placement: placement, firstX: placement.startX, stepX: 1, points: [])
      return
    }
    let rows = try reader.optionalNumbers("y")
    let deviations = try reader.optionalNumbers("standard_deviation")
    guard rows.count == deviations.count else {
      throw reader.error("standard_deviation", "as long as y")
    }
    let points = zip(rows, deviations).map { row, deviation -> TracePoint? in
      guard let row else { return nil }
      return TracePoint(y: Float(row), standardDeviation: Float(deviation ?? 0))
    }
    try self.init(
      placement: placement, firstX: reader.number("first_x"), stepX: reader.number("step_x"),
      points: points)
  }
}
