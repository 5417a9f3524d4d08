package import ECGCore

/// What was read in one position of the page.
package struct PositionReading: Sendable {
  package var position: PagePosition
  package var marks: [PrintedMark]
  /// Best first.
  package var fits: [LayoutFit]

  package init(position: PagePosition, marks: [PrintedMark], fits: [LayoutFit]) {
    self.position = position
    self.marks = marks
    self.fits = fits
  }

  /// The best fit's score.
  package var score: Double? { fits.first?.score }
}

/// Which way is up, which layout, which lead where, as far as the printed names tell.
package struct NameReading: Sendable {
  /// The position with the best fit: how the page is brought upright.
  package var position: PagePosition
  /// What was read in that position.
  package var marks: [PrintedMark]
  /// The best fit, believed or not.
  package var fit: LayoutFit?
  /// Why the fit is not believed; empty if it is.
  package var refusals: [LayoutRefusal]
  /// The lead over the best fit of another position, and of a layout that says otherwise.
  package var positionLead: Double?
  package var layoutLead: Double?
  /// Whether the order of names leaves open if aVR is printed upside down.
  package var isSignOfAVROpen: Bool
  /// The best score of each position that was looked at.
  package var scores: [PagePosition: Double]
  /// The clear names without regard to layouts, where no fit is believed.
  package var free: FreeNames?

  /// The layout, rhythm strips included; `nil` if the fit is refused.
  package var layout: LeadLayout? { refusals.isEmpty ? fit?.namedLayout : nil }
}

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
