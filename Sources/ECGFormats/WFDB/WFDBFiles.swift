public import ECGCore
public import Foundation

/// A recording as a pair of WFDB files, format 16: text header and little-endian samples.
///
/// Every standard lead is a signal, then further leads, then unnamed rows; the value −32768
/// says that a sample is absent. Each signal's ADC gain is the finest that holds its range.
///
/// > Source: Moody, "WFDB Applications Guide", header(5) and signal(5);
/// > PhysioNet, doi:10.13026/gzbb-0s86.
public struct WFDBFiles: Hashable, Sendable {
  /// The content of `NAME.hea`.
  public var header: Data
  /// The content of `NAME.dat`.
  public var signals: Data

  /// The value that says that a sample is absent.
  static let missing = Int16.min

  /// Makes the two files.
  ///
  /// - Parameters:
  ///   - name: the record's name; made legal by ``legalName(_:)``.
  ///   - comments: lines for the header. They must hold nothing about the patient.
  public init(_ recording: Recording, name: String, comments: [String] = []) {
    let name = WFDBFiles.legalName(name)
    let columns = recording.columns
    let count = recording.sampleCount
    var interleaved = [Int16](repeating: WFDBFiles.missing, count: count * columns.count)
    let frequency = recording.samplingFrequency
    var lines = ["\(name) \(columns.count) \(WFDBFiles.text(frequency)) \(count)"]
    for (index, channel) in columns.enumerated() {
      let values = recording.samples(of: channel)
      let largest = values.reduce(Float(0)) { max($0, abs($1 ?? 0)) }
      let adcGain = WFDBFiles.adcGain(largestMillivolts: Double(largest))
      var checksum: Int16 = 0
      for (k, value) in values.enumerated() {
        if let value {
          interleaved[k * columns.count + index] = Int16((Double(value) * adcGain).rounded())
        }
        checksum &+= interleaved[k * columns.count + index]
      }
      let first = interleaved.isEmpty ? 0 : interleaved[index]
      lines.append(
        "\(name).dat 16 \(WFDBFiles.text(adcGain))(0)/mV 16 0 \(first) \(checksum) 0 \(channel)")
    }
    for comment in comments {
      lines.append("# " + comment.split(whereSeparator: \.isNewline).joined(separator: " "))
    }
    self.header = Data((lines.joined(separator: "\n") + "\n").utf8)
    var bytes = [UInt8]()
    bytes.reserveCapacity(2 * interleaved.count)
    for value in interleaved {
      bytes.append(UInt8(truncatingIfNeeded: value))
      bytes.append(UInt8(truncatingIfNeeded: value >> 8))
    }
    self.signals = Data(bytes)
  }

  /// A name that every WFDB reader takes: letters, digits, `-` and `_`; others become `_`.
  ///
  /// Both files must bear this name, or readers do not find the samples.
  public static func legalName(_ name: String) -> String {
    let legal = name.unicodeScalars.map { scalar -> Character in
      let isLetterOrDigit = scalar.isASCII && Character(scalar).isLetter || ("0"..."9" ~= scalar)
      return isLetterOrDigit || scalar == "-" || scalar == "_" ? Character(scalar) : "_"
    }
    return legal.isEmpty ? "record" : String(legal)
  }

  /// ADC units per mV: 0.1 µV steps for usual ECGs, coarser where the range demands it.
  static func adcGain(largestMillivolts: Double) -> Double {
    let steps = [10_000.0, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1]
    return steps.first { largestMillivolts * $0 <= 32_700 } ?? 32_700 / largestMillivolts
  }

  private static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
