internal import ECGCore
public import Foundation

extension PageDocument {
  /// How much is written.
  public enum Detail: Hashable, Sendable {
    /// Without curves: a few kilobytes. The signals are in the CSV or WFDB file beside it.
    case summary
    /// With the signals, their standard deviations and the traces on the page: reads back whole.
    case full
  }

  /// The document as JSON text.
  public func jsonData(_ detail: Detail = .full) -> Data { json(detail).serialized() }

  private func json(_ detail: Detail) -> JSONValue {
    let d = digitization
    let stages = Stage.allCases.compactMap { stage in
      d.secondsPerStage[stage].map { JSONValue.Member(stage.rawValue, .rounded($0, 4)) }
    }
    return [
      "schema": .string(PageDocument.schema),
      "program": ["name": "einthoven", "version": .string(programVersion)],
      "weights_sha256": .optional(weightsSHA256),
      "input": [
        "bytes": .int(input.byteCount), "sha256": .string(input.sha256), "page": .int(input.page),
        "ending": .string(input.ending),
      ],
      "options": options,
      "results": .array(
        results.map {
          [
            "name": .string($0.name), "bytes": .int($0.byteCount), "sha256": .string($0.sha256),
          ]
        }),
      "findings": .array(d.findings.map(\.json)),
      "layout": d.layout?.json ?? .null,
      "calibration": d.calibration?.json ?? .null,
      "printed": .array(d.printed.map(\.json)),
      "sampling_frequency_hz": .number(d.recording.samplingFrequency),
      "sample_count": .int(d.recording.sampleCount),
      "leads": .array(d.recording.channels.map { lead($0, detail) }),
      "photo": d.photoSize.json,
      "geometry": d.geometry.json,
      "traces": .array(d.traces.map { $0.json(withPoints: detail == .full) }),
      "seconds_per_stage": .object(stages),
    ]
  }

  private func lead(_ channel: Channel, _ detail: Detail) -> JSONValue {
    let recording = digitization.recording
    let ranges = recording.segments.filter { $0.channel == channel }
    return [
      "name": .string(channel.description),
      "confidence": digitization.confidence[channel].map { .rounded($0, 4) } ?? .null,
      "ranges": .array(ranges.map { $0.json(recording.samplingFrequency, detail) }),
    ]
  }
}

extension LeadSegment {
  fileprivate func json(_ frequency: Double, _ detail: PageDocument.Detail) -> JSONValue {
    let squares = standardDeviations.reduce(0.0) { $0 + Double($1) * Double($1) }
    let rms =
      standardDeviations.isEmpty
      ? nil : (squares / Double(standardDeviations.count)).squareRoot()
    var members: [JSONValue.Member] = [
      .init("start_s", .rounded(Double(samples.lowerBound) / frequency, 6)),
      .init("end_s", .rounded(Double(samples.upperBound) / frequency, 6)),
      .init("start_sample", .int(startSample)),
      .init("samples", .int(millivolts.count)),
      .init("standard_deviation_mv", rms.map { .rounded($0, 5) } ?? .null),
    ]
    if detail == .full {
      members += [
        .init("millivolts", .array(millivolts.map { .rounded($0, 5) })),
        .init("standard_deviations_mv", .array(standardDeviations.map { .rounded($0, 5) })),
      ]
    }
    return .object(members)
  }
}

extension Trace {
  fileprivate func json(withPoints: Bool) -> JSONValue {
    let p = placement
    var members: [JSONValue.Member] = [
      .init("lead", .optional(p.lead?.rawValue)),
      .init("inverted", .bool(p.isInverted)),
      .init("row", .int(p.row)),
      .init("column", .int(p.column)),
      .init("rhythm", .bool(p.isRhythm)),
      .init("start_x", .rounded(p.startX, 3)),
      .init("end_x", .rounded(p.endX, 3)),
      .init("baseline_y", .rounded(p.baselineY, 3)),
      .init("start_s", .rounded(p.startSeconds, 6)),
    ]
    if withPoints {
      let deviations = points.map { $0?.standardDeviation }
      members += [
        .init("first_x", .number(firstX)),
        .init("step_x", .number(stepX)),
        .init("y", .array(points.map { $0.map { .rounded($0.y, 3) } ?? .null })),
        .init("standard_deviation", .array(deviations.map { $0.map { .rounded($0, 3) } ?? .null })),
      ]
    }
    return .object(members)
  }
}
