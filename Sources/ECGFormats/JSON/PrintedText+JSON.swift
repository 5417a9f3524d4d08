internal import ECGCore

extension PrintedText {
  var json: JSONValue {
    var members: [JSONValue.Member]
    switch meaning {
    case .lead(let lead):
      members = [.init("what", .string("lead")), .init("lead", .string(lead.rawValue))]
    case .invertedLead(let lead):
      members = [.init("what", .string("inverted_lead")), .init("lead", .string(lead.rawValue))]
    case .paperSpeed(let speed):
      members = [
        .init("what", .string("paper_speed")),
        .init("mm_per_s", .number(speed.millimetersPerSecond)),
      ]
    case .gain(let gain):
      members = [
        .init("what", .string("gain")), .init("mm_per_mv", .number(gain.millimetersPerMillivolt)),
      ]
    }
    members += [
      .init("x", .rounded(middle.x, 1)), .init("y", .rounded(middle.y, 1)),
      .init("width", width.map { .rounded($0, 1) } ?? .null), .init("score", .rounded(score, 3)),
    ]
    return .object(members)
  }

  init(_ reader: JSONReader) throws(PageError) {
    let meaning: Meaning
    switch try reader.string("what") {
    case "lead": meaning = try .lead(Lead(reader.string("lead")))
    case "inverted_lead": meaning = try .invertedLead(Lead(reader.string("lead")))
    case "paper_speed":
      meaning = try .paperSpeed(PaperSpeed(millimetersPerSecond: reader.number("mm_per_s")))
    case "gain": meaning = try .gain(Gain(millimetersPerMillivolt: reader.number("mm_per_mv")))
    default: throw reader.error("what", "lead, inverted_lead, paper_speed or gain")
    }
    try self.init(
      meaning, middle: Point(x: reader.number("x"), y: reader.number("y")),
      width: reader.value["width"] == .null ? nil : reader.number("width"),
      score: reader.number("score"))
  }
}
