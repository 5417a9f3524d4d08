import ECGNumerics

/// Lines as devices print them beside the grid: paper speed, gain and filters, and what looks
/// like them and says nothing of the kind.
enum SettingsText {
  /// A line with one or two settings in it, and other words about them.
  static func statement(using numbers: inout SeededGenerator) -> String {
    var parts: [String] = []
    switch numbers.whole(0...5) {
    case 0: parts = [speed(using: &numbers)]
    case 1: parts = [gain(using: &numbers)]
    case 2: parts = [gain(using: &numbers), speed(using: &numbers)]
    default: parts = [speed(using: &numbers), gain(using: &numbers)]
    }
    if numbers.happens(0.15) { parts.append(gain(using: &numbers)) }
    for _ in 0..<numbers.whole(0...2) {
      let word =
        numbers.happens(0.5)
        ? filter(using: &numbers) : HeaderText.random(using: &numbers)
      parts.insert(word, at: numbers.whole(0...parts.count))
    }
    return parts.joined(separator: numbers.pick([" ", " ", "  ", "   ", "     ", ", ", " | "]))
  }

  /// A line that holds numbers and units, but neither speed nor gain.
  static func nearMiss(using numbers: inout SeededGenerator) -> String {
    let number = numbers.pick(["25", "50", "12.5", "10", "5", "20", "2.5", "100", "75"])
    let unit = numbers.pick([
      "mm", "mV", "s", "ms", "mmHg", "mm/min", "m/s", "Hz", "years", "sec", "cm", "kg", "bpm",
      "/min", "mV/s", "mm2", "Vs", "m", "%", "cc", "c/s", "mSv", "mm/", "/mV", "ms/V",
    ])
    let words = [
      "\(number) \(unit)", "\(number)\(unit)", "\(number)/\(numbers.whole(1...99))/\(number)",
      "0.05-\(number) Hz", "PR \(number) ms", "\(number):\(numbers.whole(10...59)):\(number)",
      "mm/s", "mm/mV", "Speed: \(number)", "Gain \(number)", "\(number) 5s m/",
      "\(numbers.whole(1900...2030))-\(numbers.whole(10...12))-\(number)",
    ]
    return (0..<numbers.whole(1...4)).map { _ in numbers.pick(words) }.joined(separator: " ")
  }

  private static func speed(using numbers: inout SeededGenerator) -> String {
    let value = numbers.pick(["25", "25", "25", "50", "50", "12.5", "12,5", "25.0", "100", "10"])
    let unit = numbers.pick(["mm/s", "mm/s", "mm/s", "mm/sec", "mm/sec", "mm/sec.", "MM/SEC"])
    let name = numbers.pick(["", "", "", "", "Speed: ", "Speed:", "Vel. ", "Paper speed ", "v="])
    return numbers.happens(0.04)
      ? name + numbers.pick(["2.5 cm/s", "5 cm/s"]) : name + value + space(&numbers) + unit
  }

  private static func gain(using numbers: inout SeededGenerator) -> String {
    let value = numbers.pick(["10", "10", "10", "5", "20", "2.5", "10.0", "5.0", "40", "2,5"])
    let unit = numbers.pick(["mm/mV", "mm/mV", "mm/mV", "mm/mV", "mm/mv", "MM/MV"])
    let name = numbers.pick([
      "", "", "", "", "Gain: ", "Limb: ", "Chest: ", "Sens. ", "Gain:", "C: ", "L:", "x",
    ])
    return numbers.happens(0.06)
      ? name + numbers.pick(["1 cm/mV", "1cm/mV", "0.5 cm/mV", "2 cm/mV"])
      : name + value + space(&numbers) + unit
  }

  private static func filter(using numbers: inout SeededGenerator) -> String {
    numbers.pick([
      "0.05-150Hz", "40Hz", "0.67~25Hz", "AC50", "AC 60", "F 60~ 0.15-100 Hz", "W", "100Hz",
      "12SL", "CID: 15", "4*2.5s+1r", "HR 75", "SE-3 V1.0", "005E", "DFT ON", "50~", "60~ 40",
    ])
  }

  private static func space(_ numbers: inout SeededGenerator) -> String {
    numbers.pick(["", "", " "])
  }
}
