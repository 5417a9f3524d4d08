import ECGCore

extension LayoutFitter {
  /// The names of rhythm strips: below the last row, in the first column, one per strip.
  ///
  /// A bare I must be surer than other names: R waves and pieces of grid look like it, and a
  /// rhythm strip has no neighbours that would vouch for it.
  func rhythmNames(
    among left: [PrintedMark], below lines: FreeLines, rowPitch gridPitch: Double
  ) -> [PrintedMark] {
    guard let lastRow = lines.y.last, let firstRow = lines.y.first,
      let firstColumn = lines.x.first
    else { return [] }
    let pitch = lines.y.count > 1 ? (lastRow - firstRow) / Double(lines.y.count - 1) : gridPitch
    let below = left.filter { mark in
      guard mark.kind.lead != nil, mark.kind != .invertedAVR else { return false }
      return mark.score > (mark.kind == .name(.I) ? 0.5 : 0.33)
        && abs(mark.xMillimeters - firstColumn) < toleranceMillimeters + 1
        && mark.yMillimeters > lastRow + 0.35 * pitch
        && mark.yMillimeters < lastRow + 3.9 * pitch
    }.sorted { $0.yMillimeters < $1.yMillimeters }
    var strips: [PrintedMark] = []
    for mark in below {
      if let last = strips.last, mark.yMillimeters - last.yMillimeters < 0.4 * pitch {
        if mark.score > last.score { strips[strips.count - 1] = mark }
      } else {
        strips.append(mark)
      }
    }
    return strips
  }
}
