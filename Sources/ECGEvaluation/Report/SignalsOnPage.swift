package import ECGCore

/// Truth and reading of a page as lines on the flat page, by the page's own geometry, placements and
/// calibration: where they part, the picture shows why.
package struct SignalsOnPage {
  /// The truth, line by line, in page pixels.
  package private(set) var truth: [[Point<PageSpace>]] = []
  /// The reading, line by line, in page pixels.
  package private(set) var reading: [[Point<PageSpace>]] = []
  /// The area around all lines, with 3 mm to spare; what lies outside may name a person.
  package private(set) var outline: [Point<PageSpace>] = []

  /// Lays the leads of `placed` where `found` says that they are printed; `nil` if that is not known.
  package init?(_ found: Digitization, _ placed: PlacedPage) {
    guard let calibration = found.calibration else { return nil }
    let geometry = found.geometry
    let perSecond = calibration.paperSpeed.millimetersPerSecond * geometry.pixelsPerMillimeterX
    for lead in placed.leads {
      guard let place = SignalsOnPage.place(of: lead, in: found, perSecond: perSecond) else {
        continue
      }
      let gain = calibration.gain(of: lead.lead).millimetersPerMillivolt
      let perMillivolt = gain * geometry.pixelsPerMillimeterY * (place.isInverted ? -1 : 1)
      // The zero lines of truth and reading need not agree.
      let offset = mean(
        zip(lead.truth, lead.prediction).map { $1 - $0 }.filter(\.isFinite))
      let first = placed.truth.seconds(placed.truth.windows[lead.lead]?.lowerBound ?? 0)
      func lines(_ signal: [Double], _ constant: Double) -> [[Point<PageSpace>]] {
        runs(signal.count) { signal[$0].isFinite }.map { run in
          run.map { k in
            let seconds = first + Double(k) / lead.samplingFrequency - place.startSeconds
            return Point(
              x: place.startX + seconds * perSecond,
              y: place.baselineY - (signal[k] + constant) * perMillivolt)
          }
        }
      }
      truth += lines(lead.truth, offset.isFinite ? offset : 0)
      reading += lines(lead.prediction, 0)
    }
    let all = (truth + reading).flatMap { $0 }
    guard let left = all.map(\.x).min(), let right = all.map(\.x).max(),
      let top = all.map(\.y).min(), let bottom = all.map(\.y).max()
    else { return nil }
    let room = 3 * geometry.pixelsPerMillimeterX
    let (a, b) = (
      Point<PageSpace>(x: left - room, y: top - room),
      Point<PageSpace>(x: right + room, y: bottom + room)
    )
    let corners = [a, Point(x: b.x, y: a.y), b, Point(x: a.x, y: b.y), a]
    outline = zip(corners, corners.dropFirst()).flatMap { from, to in
      (0..<20).map { from + (to - from) * (Double($0) / 20) }
    }
  }

  /// The stretch that holds most of what the truth prints of `lead`: the strip for the longer leads.
  private static func place(
    of lead: PlacedLead, in found: Digitization, perSecond: Double
  ) -> LeadPlacement? {
    let seconds = Double(lead.truth.count) / lead.samplingFrequency
    return found.placements.filter { $0.lead == lead.lead }.min { a, b in
      abs((a.endX - a.startX) / perSecond - seconds)
        < abs((b.endX - b.startX) / perSecond - seconds)
    }
  }
}
