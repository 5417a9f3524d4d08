import ECGNumerics

/// Text of headers and footers, and what looks like a lead name and is none.
enum HeaderText {
  private static let words = """
    VENT RATE PR QRS QT QTc axis P-R-T interval ms bpm mm/s mm/mV 25 10 5 50 Hz 0.05-150 AC50 \
    AC60 Sinus rhythm Normal ECG Abnormal Unconfirmed Diagnosis Name: ID: Age: Sex: Male Female \
    Date: Technician Referred by Test ind Vent. Left axis deviation Possible Inferior infarct VI \
    VII IV VIII LVH 12SL HR /min RV5/SV1 P T F L aV V 1 2 3 l ll lll || | ! / 11 111 1 i ii T1 Il \
    Report Confirmed Speed: Gain: Limb: Chest: 10.0 25mm/s 10mm/mV ~ 60~ 40 W 100 Loc: Room \
    Option Height Weight kg yrs DOB Hospital Filter ST J60 Seq: 4*2.5s+1r 0.67~25Hz TT N A K \
    12.5 mm/s 5 mm/mV 20 1mV 200 msec Auto Device cal R wave Anterior V1-V6 ST-T
    """.split(separator: " ").map(String.init)

  /// A few words, a number, or letters without sense.
  static func random(using numbers: inout SeededGenerator) -> String {
    let kind = numbers.unit()
    if kind < 0.55 {
      return (0..<numbers.whole(1...3)).map { _ in numbers.pick(words) }.joined(separator: " ")
    }
    let letters =
      kind < 0.8
      ? "0123456789.:-/ " : "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ  -."
    let choices = Array(letters)
    return String((0..<numbers.whole(2...10)).map { _ in numbers.pick(choices) })
  }
}
