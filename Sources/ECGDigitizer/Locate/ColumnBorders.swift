import ECGCore

/// Where one column of leads ends and the next begins: by bars, or by breaks in the traces.
enum ColumnBorders {
  /// The borders that can be trusted, by number from 1, in page columns; `nil` where none is.
  ///
  /// Bars that look alike in all rows come first. A complex that touches a bar makes it look
  /// otherwise in that row: where all bars stand at equal distances, one that looks like a bar
  /// vouches for the others.
  static func places(
    _ bars: SeparatorBars, gaps: @autoclosure () -> ColumnGaps?, pixelsPerMillimeter s: Double
  ) -> [Double?] {
    let alike = bars.alikeCentres.count { $0 != nil }
    if alike > 0, bars.centres.allSatisfy({ $0 != nil }),
      BarSpacing(evenly: bars.centres, pixelsPerMillimeter: s) != nil
    {
      return bars.centres
    }
    if alike < 2, let gaps = gaps() { return gaps.starts }
    return bars.alikeCentres
  }
}
