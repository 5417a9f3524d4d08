import ECGFormats

extension BeatFigures {
  var json: JSONValue {
    [
      "matched": .number(Double(matched)), "missed": .number(Double(missed)),
      "extra": .number(Double(extra)), "r_peak_ms": .figure(peakMilliseconds),
      "rr_ms": .figure(rrMilliseconds), "pr_ms": .figure(prMilliseconds),
      "qrs_ms": .figure(qrsMilliseconds), "qt_ms": .figure(qtMilliseconds),
    ]
  }
}

extension ChallengeFigures {
  /// The figures as members of a lead or a summary.
  var members: [JSONValue.Member] {
    [
      .init("snr_median_db", .figure(medianSignalToNoise)),
      .init("ks", .figure(kolmogorovSmirnov)),
      .init("asci", .figure(signedCorrelationIndex)),
      .init("wad_mv", .figure(weightedAbsoluteDifference)),
    ]
  }
}

extension TrustFigures {
  var json: JSONValue {
    let reliability = reliability.map { bin -> JSONValue in
      [
        "stated": .figure(bin.stated), "right": .figure(bin.right),
        "leads": .number(Double(bin.count)),
      ]
    }
    let abstention = abstention.map { point -> JSONValue in
      ["kept": .figure(point.kept), "median_db": .figure(point.medianDecibels)]
    }
    return [
      "pages": .number(Double(statingPages)),
      "interval_50": .figure(coverage?[0]), "interval_80": .figure(coverage?[1]),
      "interval_95": .figure(coverage?[2]),
      "interval_50_centered": .figure(centeredCoverage?[0]),
      "interval_80_centered": .figure(centeredCoverage?[1]),
      "interval_95_centered": .figure(centeredCoverage?[2]),
      "silently_wrong_pages": silentlyWrongPages.map { .number(Double($0)) } ?? .null,
      "reliability": .array(reliability), "abstention": .array(abstention),
    ]
  }
}
