public import ECGCore

extension Digitizer {
  /// What a person may declare about a page, grouped by stage. `nil` means: find out.
  public struct Options: Hashable, Codable, Sendable {
    /// The layout, such as `try LeadLayout(named: "3x4+II")`.
    public var layout: LeadLayout?
    /// The paper speed.
    public var paperSpeed: PaperSpeed?
    /// The gain of all leads.
    public var gain: Gain?
    /// Pixels of the photo per millimetre of paper, for pages without a visible grid.
    public var photoPixelsPerMillimeter: Double?
    /// Samples per second of the recording, in Hz.
    public var samplingFrequency: Double = 500

    /// Creates options; everything is found out from the page.
    public init() {}
  }
}
