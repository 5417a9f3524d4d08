internal import ECGCore

/// The findings of a page as lines of text.
struct FindingNotes {
  private let lines: [(text: String, isFirst: Bool)]
  let height: Double

  private static let font = Canvas.Font(size: 18)
  private static let lineHeight = 26.0

  init(_ digitization: Digitization, width: Double) {
    // Measuring text needs a canvas, if only one of a pixel.
    let ruler = Canvas(width: 1, height: 1)
    var lines: [(String, Bool)] = []
    for finding in digitization.findings {
      let text = (finding.lead.map { "\($0): " } ?? "") + finding.message
      let wrapped = ruler.lines(of: text, font: FindingNotes.font, within: width - 30)
      lines += wrapped.enumerated().map { ($1, $0 == 0) }
    }
    self.lines = lines
    height = FindingNotes.lineHeight * Double(lines.count + 2)
  }

  func draw(on canvas: Canvas, x: Double, y: Double) {
    let title = lines.isEmpty ? "Findings: none" : "Findings"
    var at = y + 20
    canvas.write(
      title, x: x, y: at, font: Canvas.Font(size: 18, isBold: true), color: OverlayPicture.text)
    for line in lines {
      at += FindingNotes.lineHeight
      if line.isFirst {
        canvas.write("•", x: x + 4, y: at, font: FindingNotes.font, color: OverlayPicture.text)
      }
      canvas.write(
        line.text, x: x + 24, y: at, font: FindingNotes.font, color: OverlayPicture.text)
    }
    at += FindingNotes.lineHeight
    canvas.write(
      "Not a medical device.", x: x, y: at, font: Canvas.Font(size: 15),
      color: OverlayPicture.faint)
  }
}
