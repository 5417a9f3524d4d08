package import ECGCore

extension NameReading {
  /// The names that the fit took, in page pixels of the position that it chose.
  package func printed(pixelsPerMillimeter s: Double) -> [PrintedText] {
    guard let fit else { return [] }
    return (fit.seen.map(\.mark) + fit.rhythm).compactMap { $0.printed(pixelsPerMillimeter: s) }
  }
}

extension PrintedMark {
  /// The mark as a printed lead name, in page pixels; `nil` if it names no lead we know.
  func printed(pixelsPerMillimeter s: Double) -> PrintedText? {
    guard let lead = kind.lead else { return nil }
    return PrintedText(
      kind == .invertedAVR ? .invertedLead(lead) : .lead(lead),
      middle: Point(x: xMillimeters * s - 0.5, y: yMillimeters * s - 0.5), score: score)
  }
}
