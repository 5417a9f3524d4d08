internal import ECGCore

// The small words of ECGCore as JSON, each with its way back.

extension Finding {
  var json: JSONValue {
    [
      "stage": .string(stage.rawValue), "code": .string(code.rawValue),
      "message": .string(message), "lead": .optional(lead?.rawValue),
    ]
  }

  init(_ reader: JSONReader) throws(PageError) {
    try self.init(
      reader.choice("code"), reader.string("message"),
      lead: reader.optionalString("lead").map(Lead.init(_:)))
  }
}

extension PixelSize {
  var json: JSONValue { ["width": .int(width), "height": .int(height)] }

  init(_ reader: JSONReader) throws(PageError) {
    try self.init(width: reader.int("width"), height: reader.int("height"))
  }
}

extension LeadLayout {
  var json: JSONValue {
    let slots: [JSONValue] = slots.map { slot in
      [
        "lead": .string(slot.lead.rawValue), "inverted": .bool(slot.isInverted),
        "row": .int(slot.row), "column": .int(slot.column),
      ]
    }
    return [
      "name": .string(name), "rows": .int(rows), "columns": .int(columns),
      "rhythm_leads": .array(rhythmLeads.map { .optional($0?.rawValue) }),
      "order": .string(order), "slots": .array(slots),
    ]
  }

  init(_ reader: JSONReader) throws(PageError) {
    var slots: [LeadSlot] = []
    for slot in try reader.objects("slots") {
      try slots.append(
        LeadSlot(
          lead: Lead(slot.string("lead")), isInverted: slot.bool("inverted"), row: slot.int("row"),
          column: slot.int("column")))
    }
    let rhythm = try reader.array("rhythm_leads").map { value -> Lead? in
      if case .string(let name) = value { Lead(name) } else { nil }
    }
    try self.init(
      name: reader.string("name"), rows: reader.int("rows"), columns: reader.int("columns"),
      slots: slots, rhythmLeads: rhythm, order: reader.string("order"))
  }
}

extension Calibration {
  var json: JSONValue {
    let items: [JSONValue] = items.map {
      ["kind": .string($0.kind.rawValue), "note": .string($0.note)]
    }
    return [
      "paper_speed_mm_per_s": .number(paperSpeed.millimetersPerSecond),
      "paper_speed_evidence": .string(paperSpeedEvidence.rawValue),
      "limb_gain_mm_per_mv": .number(limbGain.millimetersPerMillivolt),
      "chest_gain_mm_per_mv": .number(chestGain.millimetersPerMillivolt),
      "gain_evidence": .string(gainEvidence.rawValue),
      "scale_evidence": .string(scaleEvidence.rawValue),
      "evidence": .array(items),
    ]
  }

  init(_ reader: JSONReader) throws(PageError) {
    var items: [EvidenceItem] = []
    for item in try reader.objects("evidence") {
      try items.append(EvidenceItem(kind: item.choice("kind"), note: item.string("note")))
    }
    try self.init(
      paperSpeed: PaperSpeed(millimetersPerSecond: reader.number("paper_speed_mm_per_s")),
      paperSpeedEvidence: reader.choice("paper_speed_evidence"),
      limbGain: Gain(millimetersPerMillivolt: reader.number("limb_gain_mm_per_mv")),
      chestGain: Gain(millimetersPerMillivolt: reader.number("chest_gain_mm_per_mv")),
      gainEvidence: reader.choice("gain_evidence"),
      scaleEvidence: reader.choice("scale_evidence"), items: items)
  }
}
