package import ECGCore
package import ECGImaging

/// Reads paper speed and gain where they are printed: `25 mm/s`, `10mm/mV`, `1 cm/mV`.
///
/// Lines of print are found by their ink, cut into strips of one letter height, and read letter
/// by letter. Nothing else that is printed is kept.
package struct SettingsReader: Sendable {
  package var network: any LetterMapping
  /// No more strips are read on one page.
  package var mostStrips = 120

  package init(network: any LetterMapping) { self.network = network }

  /// The statements on `page`, each once, from top to bottom.
  package func read(_ page: Raster<PageSpace>, ink: InkMap) throws -> [PrintedText] {
    var texts: [PrintedText] = []
    for (strip, letters) in try letters(on: page, ink: ink) {
      for found in SettingWords(letters).found {
        let text = strip.text(found)
        // Strips overlap: the better reading of a place is kept.
        if let twin = texts.firstIndex(where: {
          $0.isSamePlace(as: text, within: strip.factor * 40)
        }) {
          if text.score > texts[twin].score { texts[twin] = text }
        } else {
          texts.append(text)
        }
      }
    }
    return texts.sorted { ($0.middle.y, $0.middle.x) < ($1.middle.y, $1.middle.x) }
  }

  /// The letters of every strip along the lines of print.
  package func letters(
    on page: Raster<PageSpace>, ink: InkMap
  ) throws -> [(strip: LineStrip, letters: [ReadLetter])] {
    let strips = Array(
      TextLines(in: ink).lines.flatMap { LineStrip.along($0, of: page) }.prefix(mostStrips))
    guard !strips.isEmpty else { return [] }
    var input: [Float] = []
    for strip in strips { input += strip.input }
    let maps = try network.maps(of: input, count: strips.count)
    let (columns, rows) = (
      LetterNetwork.width / LetterNetwork.stride, LetterNetwork.height / LetterNetwork.stride
    )
    let size = PrintedLetter.inNetworkOrder.count * columns * rows
    return strips.indices.map { k in
      let own = maps[(k * size)..<((k + 1) * size)]
      return (strips[k], LetterMarks.letters(own, columns: columns, rows: rows))
    }
  }
}

extension PrintedText {
  fileprivate func isSamePlace(as other: PrintedText, within distance: Double) -> Bool {
    abs(middle.x - other.middle.x) < distance && abs(middle.y - other.middle.y) < distance / 3
  }
}

/// A piece of a line as the network wants it.
package struct LineStrip {
  /// The values of the strip, channel by channel.
  let input: [Float]
  /// Page pixels per pixel of the strip.
  package let factor: Double
  package let left: Double
  package let top: Double

  /// The strips along `line`, each overlapping the next by half.
  static func along(_ line: TextLines.Line, of page: Raster<PageSpace>) -> [LineStrip] {
    let factor = line.capHeight / LetterNetwork.capHeight
    let width = Double(LetterNetwork.width) * factor
    // What stands before a number must be seen: nothing, or a digit more.
    let margin = 18 * factor
    var strips: [LineStrip] = []
    var left = line.left - margin
    while true {
      strips.append(LineStrip(left: left, middle: line.middle, factor: factor, of: page))
      guard left + width < line.right + margin else { return strips }
      left += width / 2
    }
  }

  private init(left: Double, middle: Double, factor: Double, of page: Raster<PageSpace>) {
    self.factor = factor
    let (x, y) = (
      Int(left.rounded()), Int((middle - Double(LetterNetwork.height) / 2 * factor).rounded())
    )
    (self.left, top) = (Double(x), Double(y))
    // A pixel more, so that what is left after resizing is never too small.
    let width = Int((Double(LetterNetwork.width) * factor).rounded(.up)) + 1
    let height = Int((Double(LetterNetwork.height) * factor).rounded(.up)) + 1
    var bytes = [UInt8](repeating: 0, count: 3 * width * height)
    for v in 0..<height {
      let row = min(max(y + v, 0), page.height - 1) * page.width
      for u in 0..<width {
        let from = 3 * (row + min(max(x + u, 0), page.width - 1))
        let to = 3 * (v * width + u)
        (bytes[to], bytes[to + 1], bytes[to + 2]) = (
          page.bytes[from], page.bytes[from + 1], page.bytes[from + 2]
        )
      }
    }
    let crop = Raster<PageSpace>(width: width, height: height, bytes: bytes)
    input = LocalContrast(crop.resized(by: factor).corner()).values
  }

  /// A statement in page pixels.
  func text(_ found: SettingWords.Found) -> PrintedText {
    PrintedText(
      found.meaning,
      middle: Point(
        x: left + (found.left + found.right) / 2 * factor,
        y: top + Double(LetterNetwork.height) / 2 * factor),
      width: (found.right - found.left + LetterNetwork.capHeight * 0.7) * factor,
      score: found.score)
  }
}

extension Raster {
  /// The strip in the picture's upper left corner.
  fileprivate func corner() -> Raster {
    let (w, h) = (LetterNetwork.width, LetterNetwork.height)
    precondition(width >= w && height >= h, "The picture holds the strip")
    var out: [UInt8] = []
    out.reserveCapacity(3 * w * h)
    for y in 0..<h { out += bytes[(3 * y * width)..<(3 * (y * width + w))] }
    return Raster(width: w, height: h, bytes: out)
  }
}
