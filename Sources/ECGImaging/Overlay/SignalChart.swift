internal import ECGCore

/// The signals in millivolts over seconds on a clean grid, row by row as they are printed.
struct SignalChart {
  /// A stretch of one channel in a row of the chart.
  private struct Strip {
    var placement: LeadPlacement
    var channel: Channel
    /// Samples of the recording's time axis.
    var samples: Range<Int>
  }

  private let recording: Recording
  private let values: [Channel: [Float?]]
  private let deviations: [Channel: [Float?]]
  private let rows: [[Strip]]
  /// The zero line of each row, in mm from the top.
  private let baselines: [Double]
  private let seconds: Double
  private let millimeters: Double
  private let pixelsPerMillimeter: Double
  let width: Double
  let height: Double

  /// How the clean grid is drawn, whatever the page's own scale: 25 mm/s and 10 mm/mV.
  private static let speed = 25.0
  private static let gain = 10.0

  init(_ digitization: Digitization, width: Double, tallest: Double) {
    recording = digitization.recording
    let frequency = recording.samplingFrequency
    seconds = max(1, Double(recording.sampleCount) / frequency)
    rows = SignalChart.rows(of: digitization)
    var values: [Channel: [Float?]] = [:]
    var deviations: [Channel: [Float?]] = [:]
    for channel in recording.channels {
      values[channel] = recording.samples(of: channel)
      deviations[channel] = recording.deviations(of: channel)
    }
    self.values = values
    self.deviations = deviations

    // Rows lie as close as their tallest waves allow, within reason.
    var baselines: [Double] = []
    var y = 3.0
    for row in rows {
      let seen = row.flatMap { strip in
        strip.samples.compactMap { values[strip.channel]?[$0] }.map { Double($0) }
      }
      let above = min(max((seen.max() ?? 0) * SignalChart.gain, 5), 40) + 3
      let below = min(max(-(seen.min() ?? 0) * SignalChart.gain, 4), 40)
      baselines.append(((y + above + 3) / 5).rounded(.up) * 5)
      y = (baselines.last ?? 0) + below
    }
    self.baselines = baselines
    millimeters = max(20, ((y + 5) / 5).rounded(.up) * 5)
    let byWidth = (width - 1) / (seconds * SignalChart.speed)
    pixelsPerMillimeter = min(byWidth, tallest / (millimeters + 6))
    self.width = width
    height = (millimeters + 6) * pixelsPerMillimeter
  }

  /// Which channel each printed row shows when.
  private static func rows(of digitization: Digitization) -> [[Strip]] {
    let recording = digitization.recording
    var unnamed = 0
    var strips: [Int: [Strip]] = [:]
    let placements = digitization.placements.sorted { ($0.row, $0.column) < ($1.row, $1.column) }
    let speed = digitization.calibration?.paperSpeed.millimetersPerSecond ?? 25
    for placement in placements {
      if placement.lead == nil { unnamed += 1 }
      let channel = placement.lead.map(Channel.lead) ?? .row(unnamed)
      let length = (placement.endX - placement.startX) / digitization.geometry.pixelsPerMillimeterX
      let start = placement.startSeconds * recording.samplingFrequency
      let end = start + length / speed * recording.samplingFrequency
      let samples = Int(start.rounded())..<max(Int(start.rounded()), Int(end.rounded()))
      strips[placement.row, default: []].append(
        Strip(
          placement: placement, channel: channel,
          samples: samples.clamped(to: 0..<recording.sampleCount)))
    }
    return strips.keys.sorted().compactMap { strips[$0] }
  }

  func draw(on canvas: Canvas, x: Double, y: Double) {
    let size = Canvas.Place(x: x + seconds * SignalChart.speed * pixelsPerMillimeter, y: y)
    let bottom = y + millimeters * pixelsPerMillimeter
    drawGrid(canvas, x: x, y: y, right: size.x, bottom: bottom)
    canvas.clipped(
      from: Canvas.Place(x: x, y: y), to: Canvas.Place(x: size.x, y: bottom)
    ) {
      for (row, baseline) in zip(rows, baselines) {
        for strip in row {
          draw(strip, on: canvas, x: x, zero: y + baseline * pixelsPerMillimeter)
        }
      }
    }
    if rows.isEmpty {
      canvas.write(
        "No trace was recovered.", x: x + 20, y: y + 40, font: Canvas.Font(size: 20),
        color: OverlayPicture.faint)
    }
    drawTimes(canvas, x: x, y: bottom)
  }

  private func draw(_ strip: Strip, on canvas: Canvas, x: Double, zero: Double) {
    guard let mine = values[strip.channel], let spread = deviations[strip.channel] else { return }
    let color = OverlayPicture.color(of: strip.placement)
    let perMillivolt = SignalChart.gain * pixelsPerMillimeter
    let perSample = SignalChart.speed * pixelsPerMillimeter / recording.samplingFrequency
    func flush(_ line: inout [Canvas.Place], _ halfWidths: inout [Double]) {
      let band =
        zip(line, halfWidths).map { Canvas.Place(x: $0.x, y: $0.y - $1) }
        + zip(line, halfWidths).reversed().map { Canvas.Place(x: $0.x, y: $0.y + $1) }
      if halfWidths.contains(where: { $0 > 0.8 }) {
        canvas.fill(band, color: color.opacity(0.22))
      }
      canvas.stroke(line, color: Canvas.Color(hex: 0x111827), width: 1.5)
      (line, halfWidths) = ([], [])
    }
    var line: [Canvas.Place] = []
    var halfWidths: [Double] = []
    for sample in strip.samples {
      guard let value = mine[sample] else {
        flush(&line, &halfWidths)
        continue
      }
      line.append(
        Canvas.Place(x: x + Double(sample) * perSample, y: zero - Double(value) * perMillivolt))
      halfWidths.append(2 * Double(spread[sample] ?? 0) * perMillivolt)
    }
    flush(&line, &halfWidths)
    let start = x + Double(strip.samples.lowerBound) * perSample
    if strip.samples.lowerBound > 0 {
      let tick = 2.5 * pixelsPerMillimeter
      canvas.stroke(
        [Canvas.Place(x: start, y: zero - tick), Canvas.Place(x: start, y: zero + tick)],
        color: OverlayPicture.faint.opacity(0.7), width: 1)
    }
    // The name stands above the first waves.
    let reach = strip.samples.prefix(Int(0.4 * recording.samplingFrequency))
    let highest = reach.compactMap { mine[$0] }.max().map(Double.init) ?? 0
    let lift = max(highest * perMillivolt, 2 * pixelsPerMillimeter) + 6
    canvas.write(
      strip.channel.description, x: start + 5, y: max(zero - lift, zero - 42 * pixelsPerMillimeter),
      font: Canvas.Font(size: 18, isBold: true), color: color)
  }

  private func drawGrid(
    _ canvas: Canvas, x: Double, y: Double, right: Double, bottom: Double
  ) {
    for (step, hex, lineWidth) in [(1.0, UInt32(0xF3E3E3), 1.0), (5.0, UInt32(0xE6BFBF), 1.2)] {
      if step * pixelsPerMillimeter < 3.5 { continue }
      let interval = step * pixelsPerMillimeter
      let columns = stride(from: x, through: right + 0.5, by: interval).map { at in
        [Canvas.Place(x: at, y: y), Canvas.Place(x: at, y: bottom)]
      }
      let rows = stride(from: y, through: bottom + 0.5, by: interval).map { at in
        [Canvas.Place(x: x, y: at), Canvas.Place(x: right, y: at)]
      }
      canvas.stroke(lines: columns + rows, color: Canvas.Color(hex: hex), width: lineWidth)
    }
  }

  private func drawTimes(_ canvas: Canvas, x: Double, y: Double) {
    let font = Canvas.Font(size: 15)
    let every = seconds > 30 ? 5 : 1
    for second in stride(from: 0, through: Int(seconds), by: every) {
      let text = second == 0 ? "0 s" : "\(second)"
      let at = x + Double(second) * SignalChart.speed * pixelsPerMillimeter
      let shift = second == 0 ? 0 : canvas.width(of: text, font: font) / 2
      canvas.write(text, x: at - shift, y: y + 20, font: font, color: OverlayPicture.faint)
    }
    let note = "one large square: 0.2 s × 0.5 mV; shaded: 95 % interval"
    let end = x + seconds * SignalChart.speed * pixelsPerMillimeter
    canvas.write(
      note, x: max(x, end - canvas.width(of: note, font: font)), y: y + 42, font: font,
      color: OverlayPicture.faint)
  }
}

extension Recording {
  /// The standard deviations of `channel` in mV over the whole time axis; `nil` where not known.
  fileprivate func deviations(of channel: Channel) -> [Float?] {
    var out = [Float?](repeating: nil, count: sampleCount)
    for segment in segments where segment.channel == channel {
      for (k, value) in segment.standardDeviations.enumerated() {
        out[segment.startSample + k] = value
      }
    }
    return out
  }
}
