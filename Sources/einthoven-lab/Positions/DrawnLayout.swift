import ECGCore
import ECGNumerics
import ECGSynthesis

/// One drawn page of one layout: speed, gain, print and photo chosen by its seed.
struct DrawnLayout {
  let id: String
  let groups: [String]
  let renderer: PageRenderer
  let recording: Recording
  /// What the page's own random numbers go on with.
  var generator: SeededGenerator

  /// Page `number` of `layout`; every tenth one has no names.
  init(_ layout: LeadLayout, number: Int, seed: UInt64) {
    var generator = SeededGenerator(
      seed: seed &* 1_000_003 &+ DrawnLayout.hash(layout.name) &+ UInt64(number))
    func one<T>(_ choices: [T]) -> T {
      choices[Int(generator.next() % UInt64(choices.count))]
    }
    func uniform(_ low: Double, _ high: Double) -> Double {
      low + (high - low) * Double(generator.next() >> 11) * 0x1p-53
    }
    let strips: [[Lead]] =
      layout.rows <= 3
      ? [[], [.II], [.II], [.II], [.V1, .II, .V5], [.II, .V1]]
      : layout.rows <= 6 ? [[], [], [.II], [.II, .V1]] : [[]]
    let printed = one(strips)
    var style = PageStyle(layout: printed.isEmpty ? layout : layout.withRhythmLeads(printed))
    let rows = layout.rows + printed.count
    let speed: Double = one([25, 25, 25, 25, 50, 12.5])
    let gain: Double = one([10, 10, 10, 10, 5, 20])
    style.paperSpeed = PaperSpeed(millimetersPerSecond: speed)
    style.gain = Gain(millimetersPerMillivolt: gain)
    let pitch =
      rows <= 4 ? uniform(24, 36) : rows <= 7 ? uniform(16, 25) : uniform(12, 17)
    style.rowPitch = pitch * (gain > 10 ? 1.6 : 1)
    style.hasNames = number % 10 != 9
    style.hasPulse = uniform(0, 1) < 0.8
    style.hasSeparators = uniform(0, 1) < 0.6
    style.hasFooter = uniform(0, 1) < 0.7
    if uniform(0, 1) < 0.3 { style.header = nil }
    style.fontFamily = one(["DejaVu Sans", "DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono"])
    style.nameHeight = uniform(2.8, 4.4)
    style.nameRise = uniform(4, min(9, 0.45 * pitch + 1))
    style.penWidth = uniform(0.22, 0.42)
    style.dotsPerInch = uniform(150, 240)
    style.grid = one([.fineAndCoarse, .fineAndCoarse, .fineAndCoarse, .coarseOnly, .dots])
    switch one([0, 0, 1, 2]) {
    case 1: style.makeGrey()
    case 2: (style.fineColor, style.coarseColor, style.paperColor) = (0xC9E3D2, 0x8FC7A2, 0xFCFFFC)
    default: break
    }
    var effects =
      switch one([0, 1, 2]) {
      case 0: PhotoEffects()
      case 1: PhotoEffects.scan(skewDegrees: uniform(-3, 3))
      default: PhotoEffects.phone(skewDegrees: uniform(-7, 7), perspective: uniform(0.02, 0.1))
      }
    effects.quarterTurns = one([0, 0, 0, 1, 2, 3])
    effects.isMirrored = uniform(0, 1) < 0.1

    // Of its own numbers, so that whatever is printed there the rest of the page is the same.
    var words = SeededGenerator(seed: seed &+ DrawnLayout.hash(layout.name) &* 31 &+ UInt64(number))
    style.footer = DrawnLayout.footers[Int(words.next() % UInt64(DrawnLayout.footers.count))]

    let heart = SyntheticHeart.random(using: &generator)
    let seconds: Double = speed == 50 ? one([5, 10]) : speed == 12.5 ? one([10, 20]) : 10
    recording = heart.recording(seconds: seconds, extraLeads: true, using: &generator)
    renderer = PageRenderer(style, effects: effects)
    id =
      "\(style.layout.name) \(number + 1), \(speed) mm/s, \(gain) mm/mV, \(Int(seconds)) s"
      + (style.hasPulse ? "" : ", no pulse") + (style.hasFooter ? "" : ", nothing stated")
      + (style.hasNames ? "" : ", no names")
      + (effects.quarterTurns == 0 ? "" : ", turned by \(90 * effects.quarterTurns)°")
      + (effects.isMirrored ? ", mirrored" : "")
    let isUpright = effects.quarterTurns == 0 && !effects.isMirrored
    groups = [
      style.hasNames ? "with names" : "without names", isUpright ? "upright" : "turned or mirrored",
      style.hasFooter ? "speed and gain stated" : "nothing stated", "\(speed) mm/s",
      "\(gain) mm/mV", layout.name,
    ]
    self.generator = generator
  }

  /// How devices state paper speed and gain.
  private static let footers = [
    "SPEED mm/s   GAIN mm/mV", "SPEEDmm/s  GAINmm/mV  0.05-150 Hz",
    "Speed: SPEED mm/sec   Limb: GAIN mm/mV   Chest: GAIN mm/mV",
    "0.67~25Hz AC50 GAINmm/mV SPEEDmm/s 4*2.5s+1r", "40Hz  SPEED mm/sec  CENTIMETERS cm/mV",
  ]

  /// The same on every machine and in every run.
  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
