package import ECGCore

extension NameReading {
  /// The names that the fit took, in page pixels of the position that it chose.
  package func printed(pixelsPerMillimeter s: Double) -> [PrintedText] {
    guard let fit else { return [] }
    return (fit.seen.map(\.mark) + fit.rhythm).compactMap { mark in
      guard let lead = mark.kind.lead else { return nil }
      return PrintedText(
        mark.kind == .invertedAVR ? .invertedLead(lead) : .lead(lead),
        middle: Point(x: mark.xMillimeters * s - 0.5, y: mark.yMillimeters * s - 0.5),
        score: mark.score)
    }
  }
}
