/// A printed row with the ink that was followed along it and the curve read from that ink.
package struct FollowedRow: Sendable {
  package var row: PrintedRow
  package var path: InkPath
  package var signal: RowSignal
  package var pulse: CalibrationPulse?

  package init(row: PrintedRow, path: InkPath, signal: RowSignal, pulse: CalibrationPulse?) {
    self.row = row
    self.path = path
    self.signal = signal
    self.pulse = pulse
  }
}
