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

  public var layout: LeadLayout
  public var dotsPerInch = 200.0
  public var paperSpeed = PaperSpeed(millimetersPerSecond: 25)
  public var gain = Gain(millimetersPerMillivolt: 10)
  public var grid = Grid.fineAndCoarse
  /// Colours as 0xRRGGBB.
  public var fineColor: UInt32 = 0xF5C6C6
  public var coarseColor: UInt32 = 0xE58F8F
  public var paperColor: UInt32 = 0xFFFDFA
  public var inkColor: UInt32 = 0x101014
  /// The width of the trace.
  public var penWidth = 0.3
  public var hasNames = true
  public var hasSeparators = true
  public var hasPulse = true
  /// The line above the grid, or none. Synthetic pages name no person.
  public var header: String? = "SYNTHETIC ECG   no patient"
  /// Whether speed and gain are printed under the traces.
  public var hasFooter = true
  public var margin = 10.0

  /// Creates the usual style, pink paper and black ink, for `layout`.
  public init(layout: LeadLayout) { self.layout = layout }

  /// Makes the grid grey, as black-and-white scanners and copiers do.
  public mutating func makeGrey() {
    (fineColor, coarseColor, paperColor) = (0xDADADA, 0xABABAB, 0xFBFBFB)
  }
}
