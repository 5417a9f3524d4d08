internal import ECGCore

/// The photo, smaller, with the found grid, lead boxes and traces drawn on it.
struct PhotoPanel {
  let digitization: Digitization
  let photo: Raster<PhotoSpace>
  let isRedacted: Bool
  /// Photo pixels per pixel of the drawing.
  let factor: Double

  var width: Double { Double(photo.width) / factor }
  var height: Double { Double(photo.height) / factor }

  func draw(on canvas: Canvas, x: Double, y: Double) {
    // The centre of the top left pixel, and the edges of the outermost pixels.
    let corner = Canvas.Place(x: x.rounded(), y: y.rounded())
    let first = Canvas.Place(x: corner.x - 0.5, y: corner.y - 0.5)
    let last = Canvas.Place(x: first.x + width.rounded(), y: first.y + height.rounded())
    canvas.clipped(from: first, to: last) {
      canvas.fill(from: first, to: last, color: Canvas.Color(hex: 0xE5E7EB))
      // Paler than it is, so that what is drawn on it stands out.
      canvas.draw(photo.resized(by: factor), x: Int(corner.x), y: Int(corner.y), opacity: 0.8)
      let boxes = digitization.traces.compactMap(box)
      if isRedacted { blank(outside: boxes, canvas, corner) }
      drawLattice(canvas, corner)
      for (trace, box) in zip(digitization.traces.filter { box($0) != nil }, boxes) {
        draw(trace, in: box, canvas, corner)
      }
      for text in digitization.printed { draw(text, canvas, corner) }
    }
    canvas.stroke(
      [first, Canvas.Place(x: last.x, y: first.y), last, Canvas.Place(x: first.x, y: last.y)],
      color: Canvas.Color(hex: 0x9CA3AF), width: 1, closed: true)
  }

  /// The place of a page point in the drawing.
  private func place(_ page: Point<PageSpace>, _ corner: Canvas.Place) -> Canvas.Place {
    let point = digitization.geometry.photoPoint(page)
    return Canvas.Place(
      x: corner.x + (point.x + 0.5) / factor - 0.5, y: corner.y + (point.y + 0.5) / factor - 0.5)
  }

  // MARK: The grid

  /// The lines of the lattice, or, on flat paper, one line every 5 mm.
  private func drawLattice(_ canvas: Canvas, _ corner: Canvas.Place) {
    let geometry = digitization.geometry
    var (origin, spacing) = (Point<PageSpace>(x: 0, y: 0), 5.0)
    if case .lattice(let lattice, let first) = geometry.map {
      (origin, spacing) = (first, lattice.spacingMillimeters)
      while spacing < 4.9 { spacing *= 5 }
    }
    let stepX = spacing * geometry.pixelsPerMillimeterX
    let stepY = spacing * geometry.pixelsPerMillimeterY
    let (right, bottom) = (
      Double(geometry.pageSize.width - 1), Double(geometry.pageSize.height - 1)
    )
    guard stepX > 2, stepY > 2 else { return }
    // A quarter of a step is fine enough to follow curled paper.
    let xs = Array(
      stride(from: origin.x - (origin.x / stepX).rounded(.down) * stepX, through: right, by: stepX))
    let ys = Array(
      stride(from: origin.y - (origin.y / stepY).rounded(.down) * stepY, through: bottom, by: stepY)
    )
    let fineX = Array(stride(from: 0, to: right, by: stepX)) + [right]
    let fineY = Array(stride(from: 0, to: bottom, by: stepY)) + [bottom]
    let columns = xs.map { x in fineY.map { place(Point(x: x, y: $0), corner) } }
    let rows = ys.map { y in fineX.map { place(Point(x: $0, y: y), corner) } }
    canvas.stroke(
      lines: columns + rows, color: Canvas.Color(hex: 0x0284C7, opacity: 0.35), width: 1)
  }

  // MARK: Leads

  /// The area of a trace in page pixels, with 2 mm around it; `nil` if it has no ink.
  private func box(_ trace: Trace) -> (a: Point<PageSpace>, b: Point<PageSpace>)? {
    let inked = trace.points.compactMap { $0?.y }
    guard let top = inked.min(), let bottom = inked.max() else { return nil }
    let room = 2 * digitization.geometry.pixelsPerMillimeterY
    let p = trace.placement
    return (
      Point(x: min(p.startX, p.endX), y: min(Double(top), p.baselineY) - room),
      Point(x: max(p.startX, p.endX), y: max(Double(bottom), p.baselineY) + room)
    )
  }

  private func draw(
    _ trace: Trace, in box: (a: Point<PageSpace>, b: Point<PageSpace>), _ canvas: Canvas,
    _ corner: Canvas.Place
  ) {
    let color = OverlayPicture.color(of: trace.placement)
    canvas.stroke(
      outline(box, corner), color: color.opacity(0.5), width: 1, closed: true, dashes: [5, 4])
    for piece in pieces(of: trace, corner) {
      canvas.stroke(piece, color: color.opacity(0.9), width: 1.8)
    }
    let sign = trace.placement.isInverted ? "−" : ""
    let name = sign + (trace.placement.lead?.rawValue ?? "?")
    let font = Canvas.Font(size: 15, isBold: true)
    let at = place(box.a, corner)
    let (x, y) = (max(at.x, corner.x + 2), max(at.y - 20, corner.y + 2))
    let labelWidth = canvas.width(of: name, font: font) + 10
    canvas.fill(
      from: Canvas.Place(x: x, y: y), to: Canvas.Place(x: x + labelWidth, y: y + 19),
      color: color.opacity(0.85))
    canvas.write(name, x: x + 5, y: y + 15, font: font, color: .white)
  }

  /// A frame about what was read; what it says where it is no lead, whose name its trace carries.
  private func draw(_ text: PrintedText, _ canvas: Canvas, _ corner: Canvas.Place) {
    let s = digitization.geometry.pixelsPerMillimeterX
    let half = Point<PageSpace>(x: (text.width ?? 6 * s) / 2 + 0.6 * s, y: 2.4 * s)
    let frame = outline((a: text.middle - half, b: text.middle + half), corner)
    let words: String
    switch text.meaning {
    case .lead, .invertedLead:
      let color = Canvas.Color(hex: 0x4D7C0F, opacity: 0.55)
      return canvas.stroke(frame, color: color, width: 1, closed: true, dashes: [2, 2])
    case .paperSpeed(let speed):
      words = "\(OverlayPicture.short(speed.millimetersPerSecond)) mm/s"
    case .gain(let gain):
      words = "\(OverlayPicture.short(gain.millimetersPerMillivolt)) mm/mV"
    }
    let color = Canvas.Color(hex: 0x4D7C0F)
    canvas.stroke(frame, color: color, width: 1.5, closed: true)
    let font = Canvas.Font(size: 13, isBold: true)
    let label = "\(words), \(Int((100 * text.score).rounded())) %"
    let at = place(Point(x: text.middle.x - half.x, y: text.middle.y - half.y), corner)
    let (x, y) = (max(at.x, corner.x + 2), max(at.y - 17, corner.y + 2))
    canvas.fill(
      from: Canvas.Place(x: x, y: y),
      to: Canvas.Place(x: x + canvas.width(of: label, font: font) + 8, y: y + 16),
      color: color.opacity(0.85))
    canvas.write(label, x: x + 4, y: y + 12.5, font: font, color: .white)
  }

  /// The unbroken parts of a trace.
  private func pieces(of trace: Trace, _ corner: Canvas.Place) -> [[Canvas.Place]] {
    var pieces: [[Canvas.Place]] = [[]]
    for (k, point) in trace.points.enumerated() {
      guard let point else {
        if pieces.last?.isEmpty == false { pieces.append([]) }
        continue
      }
      let x = trace.firstX + Double(k) * trace.stepX
      pieces[pieces.count - 1].append(place(Point(x: x, y: Double(point.y)), corner))
    }
    return pieces
  }

  /// The edge of a page rectangle, in enough steps to follow curled paper.
  private func outline(
    _ box: (a: Point<PageSpace>, b: Point<PageSpace>), _ corner: Canvas.Place
  ) -> [Canvas.Place] {
    let (a, b) = box
    let corners = [a, Point(x: b.x, y: a.y), b, Point(x: a.x, y: b.y), a]
    return zip(corners, corners.dropFirst()).flatMap { from, to in
      (0..<20).map { place(from + (to - from) * (Double($0) / 20), corner) }
    }
  }

  /// Covers all that does not lie within the area of the traces and 3 mm around it.
  private func blank(
    outside boxes: [(a: Point<PageSpace>, b: Point<PageSpace>)], _ canvas: Canvas,
    _ corner: Canvas.Place
  ) {
    let cover = Canvas.Color(hex: 0xE5E7EB)
    let rowsOnPage = boxes.flatMap { [$0.a, $0.b] }
    guard let left = rowsOnPage.map(\.x).min(), let right = rowsOnPage.map(\.x).max(),
      let top = rowsOnPage.map(\.y).min(), let bottom = rowsOnPage.map(\.y).max()
    else {
      canvas.fill(
        from: Canvas.Place(x: corner.x - 1, y: corner.y - 1),
        to: Canvas.Place(x: corner.x + width + 1, y: corner.y + height + 1), color: cover)
      return
    }
    let room = 3 * digitization.geometry.pixelsPerMillimeterX
    let area = (
      a: Point<PageSpace>(x: left - room, y: top), b: Point<PageSpace>(x: right + room, y: bottom)
    )
    canvas.fillOutside(outline(area, corner), color: cover)
  }
}
