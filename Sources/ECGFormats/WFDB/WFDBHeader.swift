internal import ECGCore

/// The text header of a WFDB record, parsed.
///
/// > Source: Moody, "WFDB Applications Guide", header(5).
struct WFDBHeader {
  /// One line per signal.
  struct Signal {
    var fileName: String
    var format: Int
    var samplesPerFrame = 1
    var byteOffset = 0
    /// ADC units per physical unit.
    var adcGain = 200.0
    /// The ADC value of 0 physical units.
    var baseline = 0.0
    var units = "mV"
    var description = ""

    /// Millivolts per physical unit, or `nil` if this signal is no voltage.
    var millivoltsPerUnit: Double? {
      switch units {
      case "mV", "mv", "MV": 1
      case "uV", "uv", "µV", "μV": 0.001
      case "V", "v": 1000
      case "nV": 0.000_001
      default: nil
      }
    }
  }

  var samplingFrequency = 250.0
  /// `nil` if the header leaves it to the length of the files.
  var sampleCount: Int?
  var signals: [Signal] = []

  /// - Throws: `PageError.invalidRecord`.
  init(parsing text: String) throws(PageError) {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingSpaces }
      .filter { !$0.isEmpty && !$0.hasPrefix("#") }
    guard let first = lines.first else { throw WFDBHeader.invalid("The header is empty.") }
    let fields = first.split(whereSeparator: \.isWhitespace).map(String.init)
    guard fields.count >= 2, let count = Int(fields[1]), (0...4096).contains(count) else {
      throw WFDBHeader.invalid("The header's first line does not say how many signals there are.")
    }
    guard !fields[0].contains("/") else {
      throw WFDBHeader.invalid("The record has several segments, which are not supported.")
    }
    if fields.count > 2 {
      let frequency = fields[2].prefix { $0 != "/" && $0 != "(" }
      guard let value = Double(frequency), value > 0, value.isFinite else {
        throw WFDBHeader.invalid("The header's sampling frequency is not a positive number.")
      }
      samplingFrequency = value
    }
    if fields.count > 3 {
      guard let value = Int(fields[3]), value >= 0 else {
        throw WFDBHeader.invalid("The header's number of samples is not a whole number.")
      }
      sampleCount = value == 0 ? nil : value
    }
    guard lines.count > count else {
      throw WFDBHeader.invalid(
        "The header names \(lines.count - 1) signals where it promises \(count).")
    }
    for (index, line) in lines.dropFirst().prefix(count).enumerated() {
      try signals.append(WFDBHeader.signal(line, number: index + 1))
    }
  }

  private static func signal(_ line: String, number: Int) throws(PageError) -> Signal {
    let fields = line.split(maxSplits: 8, whereSeparator: \.isWhitespace).map(String.init)
    guard fields.count >= 2 else { throw invalid("Signal \(number) has no format.") }
    guard !fields[0].contains("/") else {
      throw invalid("Signal \(number) lies in another folder, which is not supported.")
    }
    var format = fields[1]
    var signal = Signal(fileName: fields[0], format: 0)
    if let plus = format.firstIndex(of: "+") {
      guard let offset = Int(format[format.index(after: plus)...]), offset >= 0 else {
        throw invalid("Signal \(number) has a byte offset that is not a whole number.")
      }
      signal.byteOffset = offset
      format = String(format[..<plus])
    }
    if let colon = format.firstIndex(of: ":") { format = String(format[..<colon]) }
    if let times = format.firstIndex(of: "x") {
      signal.samplesPerFrame = Int(format[format.index(after: times)...]) ?? 0
      format = String(format[..<times])
    }
    guard let code = Int(format) else { throw invalid("Signal \(number) has no format number.") }
    signal.format = code
    let adcZero = fields.count > 4 ? Double(fields[4]) ?? 0 : 0
    signal.baseline = adcZero
    if fields.count > 2 { try parseGain(fields[2], into: &signal, number: number) }
    if fields.count > 8 { signal.description = fields[8] }
    return signal
  }

  /// `gain(baseline)/units`, each part but the first optional.
  private static func parseGain(
    _ text: String, into signal: inout Signal, number: Int
  ) throws(PageError) {
    var rest = Substring(text)
    if let slash = rest.firstIndex(of: "/") {
      signal.units = String(rest[rest.index(after: slash)...])
      rest = rest[..<slash]
    }
    if let open = rest.firstIndex(of: "("), rest.last == ")" {
      guard let value = Double(rest[rest.index(after: open)...].dropLast()) else {
        throw invalid("Signal \(number) has a baseline that is not a number.")
      }
      signal.baseline = value
      rest = rest[..<open]
    }
    guard let gain = Double(rest), gain.isFinite else {
      throw invalid("Signal \(number) has a gain that is not a number.")
    }
    // A gain of 0 means by definition: not calibrated, take 200.
    if gain != 0 { signal.adcGain = gain }
  }

  static func invalid(_ message: String) -> PageError {
    PageError(
      .invalidRecord, message,
      remedy: "Check that the record is complete and its header follows WFDB's header(5).")
  }
}

extension StringProtocol {
  fileprivate var trimmingSpaces: String {
    var view = self[...]
    while view.first?.isWhitespace == true { view = view.dropFirst() }
    while view.last?.isWhitespace == true { view = view.dropLast() }
    return String(view)
  }
}
