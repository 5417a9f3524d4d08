/// Everything learned from one page; also the type of synthetic truth.
public struct Digitization: Hashable, Codable, Sendable {
  /// The size of the photo as decoded, upright by EXIF.
  public var photoSize: PixelSize
  /// How the flat page lies in the photo.
  public var geometry: PageGeometry
  /// The layout, or `nil` if none fits and rows are unnamed.
  public var layout: LeadLayout?
  /// The ink line of every lead, in page pixels.
  public var traces: [Trace]
  /// `nil` only in truth that does not state it.
  public var calibration: Calibration?
  /// The signals, in millivolts on one time axis.
  public var recording: Recording
  /// What a person should know.
  public var findings: [Finding]
  /// Probability that a lead's curve lies within 0.5 mm of the ink's, per channel, 0…1.
  public var confidence: [Channel: Double]
  /// What was read on the page and used: lead names, paper speed, gain.
  public var printed: [PrintedText]
  /// Wall-clock seconds per stage.
  public var secondsPerStage: [Stage: Double]

  /// Creates a digitization.
  public init(
    photoSize: PixelSize, geometry: PageGeometry, layout: LeadLayout?, traces: [Trace],
    calibration: Calibration?, recording: Recording, findings: [Finding] = [],
    confidence: [Channel: Double] = [:], printed: [PrintedText] = [],
    secondsPerStage: [Stage: Double] = [:]
  ) {
    self.photoSize = photoSize
    self.geometry = geometry
    self.layout = layout
    self.traces = traces
    self.calibration = calibration
    self.recording = recording
    self.findings = findings
    self.confidence = confidence
    self.printed = printed
    self.secondsPerStage = secondsPerStage
  }

  /// Where each trace is printed.
  public var placements: [LeadPlacement] { traces.map(\.placement) }
}
