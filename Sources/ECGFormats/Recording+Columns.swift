internal import ECGCore

extension Recording {
  /// The channels of a table, in order: always the standard twelve, then other named leads,
  /// then unnamed rows. A channel without a sample is an empty column.
  var columns: [Channel] {
    let standard = Lead.standard12.map(Channel.lead)
    return standard + channels.filter { !standard.contains($0) }
  }
}

extension Channel {
  /// The channel that a column header or a signal's description names.
  ///
  /// Names that are no ECG lead stay as they are: nothing is dropped silently.
  init(columnName name: String) {
    let trimmed = name.filter { !$0.isWhitespace }
    if trimmed.hasPrefix("row"), let number = Int(trimmed.dropFirst(3)), number > 0 {
      self = .row(number)
    } else if let lead = Lead(anySpelling: trimmed) {
      self = .lead(lead)
    } else {
      self = .lead(Lead(trimmed))
    }
  }
}

extension LeadSegment {
  /// The gap-free pieces of one channel; `nil` is absent.
  static func pieces(of values: [Float?], channel: Channel, firstSample: Int) -> [LeadSegment] {
    var pieces: [LeadSegment] = []
    var current: [Float] = []
    for (index, value) in values.enumerated() {
      if let value { current.append(value) }
      guard value == nil || index == values.count - 1, !current.isEmpty else { continue }
      let end = value == nil ? index : index + 1
      pieces.append(
        LeadSegment(
          channel: channel, startSample: firstSample + end - current.count, millivolts: current))
      current = []
    }
    return pieces
  }
}
