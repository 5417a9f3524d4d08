public import ECGCore
public import Foundation

extension Recording {
  /// The recording as a table: `time_s,I,II,III,aVR,aVL,aVF,V1,…,V6`, then further named leads,
  /// then `row1,row2,…`; in millivolts to 0.1 µV. A field is empty where a lead is absent.
  ///
  /// - Parameter withDeviations: adds a column of standard deviations for each, such as `I_sd`.
  public func csvData(withDeviations: Bool = false) -> Data {
    let columns = columns
    var samples = columns.map { self.samples(of: $0) }
    if withDeviations { samples += columns.map { self.standardDeviations(of: $0) } }
    let decimals = Recording.timeDecimals(samplingFrequency: samplingFrequency)
    var text = DecimalText(reserving: sampleCount * (10 + 4 * columns.count) + 200)
    text.append("time_s")
    for column in columns { text.append(",\(column)") }
    if withDeviations { for column in columns { text.append(",\(column)_sd") } }
    text.append("\n")
    for k in 0..<sampleCount {
      text.append(Double(k) / samplingFrequency, decimals: decimals)
      for column in samples {
        text.append(byte: UInt8(ascii: ","))
        if let value = column[k] { text.append(Double(value), decimals: 4) }
      }
      text.append(byte: UInt8(ascii: "\n"))
    }
    return Data(text.bytes)
  }

  /// The fewest places, at least 3, that write every sample time exactly; 9 if none does.
  private static func timeDecimals(samplingFrequency: Double) -> Int {
    var (places, scale) = (3, 1000.0)
    while places < 9 {
      let ticks = scale / samplingFrequency
      if abs(ticks - ticks.rounded()) < 1e-9 { return places }
      places += 1
      scale *= 10
    }
    return places
  }
}
