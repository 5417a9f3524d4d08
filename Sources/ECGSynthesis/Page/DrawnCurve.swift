internal import ECGCore
internal import ECGImaging

/// The line that one lead leaves on the page: straight between its samples.
struct DrawnCurve {
  /// One place per sample.
  let places: [Canvas.Place]
  /// The same line at every whole page column.
  let trace: Trace

  /// - Returns: `nil` if the recording has nothing of the lead there.
  init?(of recording: Recording, at placement: LeadPlacement, _ plan: PagePlan) {
    guard let lead = placement.lead else { return nil }
    let frequency = recording.samplingFrequency
    let values = recording.samples(of: .lead(lead))
    let perSecond = plan.style.paperSpeed.millimetersPerSecond * plan.pixelsPerMillimeter
    let end = placement.startSeconds + (placement.endX - placement.startX) / perSecond
    let first = Int((placement.startSeconds * frequency - 1e-6).rounded(.up))
    let last = min(Int((end * frequency + 1e-6).rounded(.down)), values.count - 1)
    guard first < last else { return nil }
    var places: [Canvas.Place] = []
    for k in first...last {
      guard let value = values[k] else { continue }
      places.append(
        Canvas.Place(
          x: plan.x(placement, seconds: Double(k) / frequency),
          y: plan.y(placement, millivolts: Double(value))))
    }
    guard places.count > 1 else { return nil }
    self.places = places

    let firstColumn = places[0].x.rounded(.up)
    let lastColumn = places[places.count - 1].x.rounded(.down)
    var points: [TracePoint?] = []
    var next = 1
    for column in stride(from: firstColumn, through: lastColumn, by: 1) {
      while next < places.count - 1, places[next].x < column { next += 1 }
      let (a, b) = (places[next - 1], places[next])
      // A gap in the recording is no ink.
      if b.x - a.x > 1.5 * perSecond / frequency {
        points.append(nil)
        continue
      }
      let y = a.y + (b.y - a.y) * (column - a.x) / (b.x - a.x)
      points.append(TracePoint(y: Float(y), standardDeviation: 0))
    }
    trace = Trace(placement: placement, firstX: firstColumn, stepX: 1, points: points)
  }
}
