import ECGCore
import ECGImaging
import ECGTraining
import Foundation

/// The curves of a run as a picture: loss and validation above, learning rate below.
struct RunPicture {
  private let canvas = Canvas(width: 900, height: 560)
  private let lines: [RunRecord.Line]
  private let left = 80.0
  private let right = 880.0
  private let top = 40.0
  private let middle = 390.0
  private let bottom = 530.0
  private let font = Canvas.Font(size: 13)
  private let blue = Canvas.Color(hex: 0x2060C0)
  private let red = Canvas.Color(hex: 0xC03020)

  init(_ lines: [RunRecord.Line]) { self.lines = lines }

  /// The picture as a PNG file.
  func pngData() throws -> Data {
    let losses = points(\.loss)
    let checks = points(\.validation)
    let rates = points(\.rate)
    let last = Double((losses + checks).map(\.step).max() ?? 1)
    draw([(losses, blue), (checks, red)], last: last, from: top, to: middle, isLogarithmic: true)
    draw([(rates, .black)], last: last, from: middle + 40, to: bottom, isLogarithmic: false)
    let about = lines.first?.about ?? [:]
    canvas.write(
      [about["recipe"], about["date"]].compactMap(\.self).joined(separator: ", "), x: left, y: 24,
      font: Canvas.Font(size: 15, isBold: true))
    canvas.write("loss", x: 640, y: 24, font: font, color: blue)
    canvas.write("validation", x: 690, y: 24, font: font, color: red)
    canvas.write("rate", x: 20, y: middle + 56, font: font)
    canvas.write("\(Int(last)) steps", x: right - 80, y: bottom + 20, font: font)
    return try canvas.raster(in: DrawingSpace.self).pngData()
  }

  private typealias Mark = (step: Int, value: Double)

  private func points(_ value: KeyPath<RunRecord.Line, Double?>) -> [Mark] {
    lines.compactMap { line in
      guard let step = line.step, let value = line[keyPath: value], value.isFinite else {
        return nil
      }
      return (step, value)
    }
  }

  private func draw(
    _ curves: [(marks: [Mark], color: Canvas.Color)], last: Double, from top: Double,
    to bottom: Double, isLogarithmic: Bool
  ) {
    canvas.stroke(
      [.init(x: left, y: top), .init(x: left, y: bottom), .init(x: right, y: bottom)],
      color: .black, width: 1)
    let values = curves.flatMap { $0.marks.map(\.value) }.filter { !isLogarithmic || $0 > 0 }
    guard let least = values.min(), let most = values.max() else { return }
    func scaled(_ value: Double) -> Double { isLogarithmic ? log(max(value, least)) : value }
    let low = isLogarithmic ? scaled(least) : 0
    let span = max(scaled(most) - low, 1e-12)
    for value in [isLogarithmic ? least : 0, most] {
      let y = bottom - (scaled(value) - low) / span * (bottom - top)
      canvas.write(String(format: "%.3g", value), x: 20, y: y + 5, font: font)
    }
    for curve in curves {
      let places = curve.marks.map { mark in
        Canvas.Place(
          x: left + Double(mark.step) / max(last, 1) * (right - left),
          y: bottom - (scaled(mark.value) - low) / span * (bottom - top))
      }
      canvas.stroke(places, color: curve.color, width: 2)
    }
  }
}
