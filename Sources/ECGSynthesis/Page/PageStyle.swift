public import ECGCore

/// How a page is printed. All lengths are millimetres of paper.
public struct PageStyle: Hashable, Sendable {
  /// Which lines of the millimetre grid are printed.
  public enum Grid: String, Hashable, Sendable, CaseIterable {
    case fineAndCoarse
    case coarseOnly
    case fineOnly
    /// A dot every millimetre and a line every 5 mm.
    case dots
    case none
  }

  /// How the leads are arranged.
  public var layout: LeadLayout
  /// Pixels per inch.
  public var dotsPerInch = 200.0
  /// How fast the paper ran.
  public var paperSpeed = PaperSpeed(millimetersPerSecond: 25)
  /// Millimetres per millivolt.
  public var gain = Gain(millimetersPerMillivolt: 10)
  /// Which grid lines are printed.
  public var grid = Grid.fineAndCoarse
  /// Colours as 0xRRGGBB.
  public var fineColor: UInt32 = 0xF5C6C6
  /// The colour of the 5 mm lines, as 0xRRGGBB.
  public var coarseColor: UInt32 = 0xE58F8F
  /// The colour of the paper, as 0xRRGGBB.
  public var paperColor: UInt32 = 0xFFFDFA
  /// The colour of the ink, as 0xRRGGBB.
  public var inkColor: UInt32 = 0x101014
  /// The width of the trace.
  public var penWidth = 0.3
  /// Whether lead names are printed.
  public var hasNames = true
  /// The family in which names and other words are set.
  public var fontFamily = "DejaVu Sans"
  /// The height of the font of lead names.
  public var nameHeight = 3.6
  /// How far above the zero line lead names stand.
  public var nameRise = 6.5
  /// The distance between rows; `nil` for what suits their number and the gain.
  public var rowPitch: Double?
  /// Whether bars stand between leads.
  public var hasSeparators = true
  /// Whether bars close the rows, too.
  public var closesRows = false
  /// Whether a calibration pulse is printed.
  public var hasPulse = true
  /// The line above the grid, or none. Synthetic pages name no person.
  public var header: String? = "SYNTHETIC ECG   no patient"
  /// Whether speed and gain are printed under the traces.
  public var hasFooter = true
  /// How they are written there: `SPEED` and `GAIN` stand for the numbers in mm/s and mm/mV,
  /// `CENTIMETERS` for the gain in cm/mV.
  public var footer = "SPEED mm/s   GAIN mm/mV"
  /// The margin around the grid, in millimetres.
  public var margin = 10.0

  /// Creates the usual style, pink paper and black ink, for `layout`.
  public init(layout: LeadLayout) { self.layout = layout }

  /// Makes the grid grey, as black-and-white scanners and copiers do.
  public mutating func makeGrey() {
    (fineColor, coarseColor, paperColor) = (0xDADADA, 0xABABAB, 0xFBFBFB)
  }
}
