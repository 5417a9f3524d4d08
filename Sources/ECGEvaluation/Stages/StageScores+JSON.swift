import ECGFormats

extension StageScores {
  var json: JSONValue {
    let ladder = ladder.map { rung -> JSONValue in
      ["given": .string(rung.given), "db": .figure(rung.decibels)]
    }
    return [
      "id": .string(id),
      "condition": .string(condition),
      "rectify": geometry?.json ?? .null,
      "classify": classMap?.json ?? .null,
      "locate": placement.json,
      "trace": trace?.json ?? .null,
      "calibrate": calibration?.json ?? .null,
      "ladder": .array(ladder),
    ]
  }
}

extension GeometryScore {
  fileprivate var json: JSONValue {
    [
      "rms_mm": .figure(millimeters), "local_rms_mm": .figure(localMillimeters),
      "pitch_x_pct": .figure(pitchPercentX), "pitch_y_pct": .figure(pitchPercentY),
    ]
  }
}

extension ClassMapScore {
  fileprivate var json: JSONValue {
    [
      "iou": .figure(intersectionOverUnion), "dice": .figure(dice),
      "pixels_right": .number(Double(both)), "pixels_invented": .number(Double(invented)),
      "pixels_missed": .number(Double(missed)),
    ]
  }
}

extension PlacementScore {
  fileprivate var json: JSONValue {
    [
      "printed": .number(Double(printed)), "found": .number(Double(found)),
      "named": .number(Double(named)), "extra": .number(Double(extra)),
      "layout_right": .bool(isLayoutRight), "baseline_mm": .figure(baselineMillimeters),
      "start_mm": .figure(startMillimeters), "end_mm": .figure(endMillimeters),
    ]
  }
}

extension TraceScore {
  fileprivate var json: JSONValue {
    [
      "coverage": .figure(coverage), "rms_px": .figure(rmsPixels),
      "median_px": .figure(medianPixels), "p95_px": .figure(p95Pixels),
      "within_half_mm": .figure(withinHalfMillimeter), "within_95": .figure(within95),
    ]
  }
}

extension CalibrationScore {
  fileprivate var json: JSONValue {
    [
      "paper_speed_pct": .figure(paperSpeedPercent), "limb_gain_pct": .figure(limbGainPercent),
      "chest_gain_pct": .figure(chestGainPercent), "assumed": .bool(isAssumed),
    ]
  }
}
