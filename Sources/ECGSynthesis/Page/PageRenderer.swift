public import ECGCore
public import ECGImaging

/// Draws a recording as a page of paper, and says exactly what it drew.
///
/// The truth has the digitizer's own output types, so that each of its stages can be scored.
///
/// ```swift
/// let style = PageStyle(layout: LeadLayout(drawable: "3x4+II")!)
/// let (photo, truth) = PageRenderer(style).render(recording, using: &generator)
/// ```
///
/// Same recording, style, effects and generator state: same pixels.
public struct PageRenderer: Sendable {
  /// How the page is printed.
  public var style: PageStyle
  /// What happens to the page on its way to the picture.
  public var effects: PhotoEffects

  /// Creates a renderer; without effects the photo is the page itself.
  public init(_ style: PageStyle, effects: PhotoEffects = PhotoEffects()) {
    (self.style, self.effects) = (style, effects)
  }

  /// Draws `recording`.
  ///
  /// - Returns: the photo and the truth about it. A lead that `recording` does not cover is
  ///   neither drawn nor part of the truth.
  public func render(
    _ recording: Recording, using generator: inout some RandomNumberGenerator
  ) -> (photo: Raster<PhotoSpace>, truth: Digitization) {
    let seconds = Double(recording.sampleCount) / recording.samplingFrequency
    let plan = PagePlan(style, seconds: seconds)
    let canvas = Canvas(
      width: plan.pageSize.width, height: plan.pageSize.height,
      background: Canvas.Color(hex: style.paperColor))
    drawGrid(plan, on: canvas)
    drawWords(plan, on: canvas)
    var traces: [Trace] = []
    for placement in plan.placements {
      guard let curve = DrawnCurve(of: recording, at: placement, plan) else { continue }
      canvas.stroke(
        curve.places, color: Canvas.Color(hex: style.inkColor),
        width: style.penWidth * plan.pixelsPerMillimeter)
      traces.append(curve.trace)
    }
    drawMarks(plan, on: canvas)

    let page = canvas.raster(in: PageSpace.self)
    let (photo, geometry) = PhotoMaker(effects).photo(
      of: page, pixelsPerMillimeter: plan.pixelsPerMillimeter, using: &generator)
    let truth = Digitization(
      photoSize: photo.size, geometry: geometry, layout: style.layout, traces: traces,
      calibration: calibration, recording: printed(recording, traces.map(\.placement)))
    return (photo, truth)
  }

  private var calibration: Calibration {
    Calibration(
      paperSpeed: style.paperSpeed, paperSpeedEvidence: .declared, limbGain: style.gain,
      chestGain: style.gain, gainEvidence: .declared, scaleEvidence: .declared)
  }

  /// What of `recording` is on the page: the union of the stretches printed of each lead.
  private func printed(_ recording: Recording, _ placements: [LeadPlacement]) -> Recording {
    var shown: [Channel: [Bool]] = [:]
    let frequency = recording.samplingFrequency
    for placement in placements {
      guard let lead = placement.lead else { continue }
      let length = (placement.endX - placement.startX) / (style.dotsPerInch / 25.4)
      let end = placement.startSeconds + length / style.paperSpeed.millimetersPerSecond
      let first = Int((placement.startSeconds * frequency - 1e-6).rounded(.up))
      let last = min(Int((end * frequency - 1e-6).rounded(.up)), recording.sampleCount)
      var mask = shown[.lead(lead)] ?? [Bool](repeating: false, count: recording.sampleCount)
      for k in first..<max(first, last) { mask[k] = true }
      shown[.lead(lead)] = mask
    }
    var segments: [LeadSegment] = []
    for channel in recording.channels {
      guard let mask = shown[channel] else { continue }
      var current: [Float] = []
      for (k, value) in (recording.samples(of: channel) + [nil]).enumerated() {
        if let value, mask[k] {
          current.append(value)
        } else if !current.isEmpty {
          segments.append(
            LeadSegment(channel: channel, startSample: k - current.count, millivolts: current))
          current = []
        }
      }
    }
    return Recording(
      samplingFrequency: frequency, sampleCount: recording.sampleCount, segments: segments)
  }
}
