import ECGCore
import ECGNumerics
import Foundation

/// What is printed on one patch, while it is drawn.
struct PatchScene {
  /// A mark in millimetres of the patch.
  struct Mark {
    var kind: MarkKind
    var x: Double
    var y: Double
    var width: Double
    var height: Double
  }

  let canvas: PatchCanvas
  let size: Double
  /// The device's own style, and two others for names that are scattered.
  private(set) var styles: [NameStyle]
  let headerStyle: NameStyle
  let traceInk: InkColor
  let textInk: InkColor
  let traceOpacity: Double
  let traceWidth: Double
  let isPageLike: Bool
  let kinds: [MarkKind]
  let weights: [Double]
  var struckShare: Double
  var marks: [Mark] = []
  /// What stands on the patch already, so that scattered text keeps off it.
  var occupied: [Mark] = []
  /// Strokes of the trace that go through names, drawn with the traces.
  var strikes: [[PatchPlace]] = []

  init(
    generator: NamePatchGenerator, canvas: PatchCanvas, paper: InkColor, isPhotocopy: Bool,
    using numbers: inout SeededGenerator
  ) {
    self.canvas = canvas
    size = canvas.millimeters
    var styles = (0..<3).map { _ in NameStyle(using: &numbers) }
    var header = NameStyle(using: &numbers)
    header.capHeight = numbers.uniform(1.3, 3.4)
    headerStyle = header
    let ink =
      numbers.happens(0.85)
      ? InkColor.grey(numbers.uniform(0, 0.35))
      : InkColor(
        red: numbers.uniform(0, 0.6), green: numbers.uniform(0, 0.6),
        blue: numbers.uniform(0, 0.6))
    traceInk = ink
    var text = ink
    if numbers.happens(0.3) {
      text =
        numbers.happens(0.7)
        ? .grey(numbers.uniform(0, 0.4))
        : InkColor(
          red: numbers.uniform(0, 0.75), green: numbers.uniform(0, 0.75),
          blue: numbers.uniform(0, 0.75))
    }
    // A name that cannot be seen must not be taught.
    if isPhotocopy || paper.brightness - text.brightness < 0.4 {
      text = .grey(min(text.brightness, paper.brightness - 0.5))
    }
    for i in styles.indices {
      let needed = isPhotocopy ? 1 : 0.33 / (paper.brightness - text.brightness)
      styles[i].opacity = min(1, max(styles[i].opacity, needed))
    }
    self.styles = styles
    textInk = text
    traceOpacity = numbers.pick([1, 1, 0.9, 0.7, 0.5])
    traceWidth = numbers.pick([0.1, 0.12, 0.2, 0.2, 0.3, 0.4, 0.5])
    isPageLike = numbers.happens(generator.pageLikeShare)
    kinds = MarkKind.inNetworkOrder
    weights = kinds.map { generator.frequency[$0] ?? 1 }
    struckShare = generator.struckShare
  }

  /// Draws everything but the grid: first the text, then the strokes over it.
  mutating func draw(using numbers: inout SeededGenerator) {
    let rows = PatchRows(size: size, nameHeight: styles[0].capHeight, using: &numbers)
    if isPageLike { drawRowNames(rows, using: &numbers) }
    drawScatteredNames(using: &numbers)
    drawHeaderText(using: &numbers)
    let bars = barsAndScribbles(using: &numbers)
    drawStrokes(of: rows, and: bars, using: &numbers)
    drawPenMarks(using: &numbers)
  }

  /// Draws traces, pulses, separators, bars, and what goes through names, in one ink.
  mutating func drawStrokes(
    of rows: PatchRows, and bars: [PatchStroke] = [], using numbers: inout SeededGenerator
  ) {
    // Strokes are made before the layer is drawn, since the layer draws in one go.
    let strokes = rows.strokes(traceWidth: traceWidth, marks: &marks, using: &numbers)
    canvas.layer(opacity: traceOpacity) {
      canvas.use(traceInk)
      for stroke in strokes + bars {
        canvas.stroke(stroke.places, width: stroke.width, dash: stroke.dash)
      }
      for strike in strikes { canvas.stroke(strike, width: traceWidth) }
    }
  }
}
