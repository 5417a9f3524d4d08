public import ECGCore

/// Whether millimetres were turned into seconds and millivolts by the right factors.
public struct CalibrationScore: Sendable, Hashable {
  /// Percent by which the paper speed is too high.
  public var paperSpeedPercent: Double
  /// Percent by which the gain of the limb leads is too high.
  public var limbGainPercent: Double
  /// Percent by which the gain of the chest leads is too high.
  public var chestGainPercent: Double
  /// Whether speed or gain were assumed rather than seen.
  public var isAssumed: Bool

  /// Compares two calibrations; `nil` if either is missing.
  public init?(_ result: Digitization, truth: Digitization) {
    guard let found = result.calibration, let truth = truth.calibration else { return nil }
    func percent(_ a: Double, _ b: Double) -> Double { 100 * (a / b - 1) }
    paperSpeedPercent = percent(
      found.paperSpeed.millimetersPerSecond, truth.paperSpeed.millimetersPerSecond)
    limbGainPercent = percent(
      found.limbGain.millimetersPerMillivolt, truth.limbGain.millimetersPerMillivolt)
    chestGainPercent = percent(
      found.chestGain.millimetersPerMillivolt, truth.chestGain.millimetersPerMillivolt)
    isAssumed = found.paperSpeedEvidence == .assumed || found.gainEvidence == .assumed
  }
}
