/// What the stage Calibrate goes by: what a pulse of 1 mV and 0.2 s looks like.
package struct CalibrateParameters: Codable, Hashable, Sendable {
  /// Gains that are in use, in mm/mV.
  package var usualGains = [2.5, 5, 10, 20]
  /// How far a pulse's height may lie from that of a gain in use, as a part of it; more takes
  /// pulses for calibrated that are not.
  package var heightTolerance = 0.09
  /// How far a pulse's width may lie from that of 25 mm/s, as a part of it: pulses are drawn less
  /// exactly along time.
  package var usualWidthTolerance = 0.12
  /// The same for 50 mm/s, which must be sure.
  package var fastWidthTolerance = 0.08

  package init() {}
}
