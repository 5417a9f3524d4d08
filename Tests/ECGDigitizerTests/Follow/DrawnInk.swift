import ECGCore
import ECGDigitizer
import ECGImaging
import Foundation

/// An ink map with rows drawn on it: full ink three pixels thick, nothing else.
struct DrawnInk {
  /// Page pixels per millimetre.
  static let scale = 8.0
  var map: InkMap

  /// Bare paper of so many millimetres.
  init(width: Double = 160, height: Double = 100) {
    map = InkMap(
      ink: Plane(width: Int(width * Self.scale), height: Int(height * Self.scale)),
      pixelsPerMillimeter: Self.scale, noise: 0.02)
  }

  /// Draws a curve given in mm (right, down) over the columns between `first` and `last`.
  mutating func draw(from first: Double, to last: Double, _ y: (Double) -> Double) {
    let columns = max(0, Int(first * Self.scale))..<min(map.ink.width, Int(last * Self.scale))
    for x in columns {
      let near = stride(from: -1.5, through: 1.5, by: 0.5).map {
        Self.scale * y((Double(x) + $0) / Self.scale)
      }
      guard let top = near.min(), let bottom = near.max() else { continue }
      for v in Int((top - 1.4).rounded())...Int((bottom + 1.4).rounded())
      where v >= 0 && v < map.ink.height {
        map.ink[x, v] = 1
      }
    }
  }

  /// Takes ink away between two columns, in mm.
  mutating func erase(from first: Double, to last: Double, rows: ClosedRange<Double>) {
    for y in Int(rows.lowerBound * Self.scale)...Int(rows.upperBound * Self.scale) {
      for x in Int(first * Self.scale)..<Int(last * Self.scale) { map.ink[x, y] = 0 }
    }
  }

  /// Beats 16 mm apart with an R wave of `tall` mm and a T wave, about a zero line.
  static func beats(zero: Double, tall: Double = 9) -> (Double) -> Double {
    { x in
      let phase = x.remainder(dividingBy: 16)
      let r = tall * max(0, 1 - abs(phase) / 0.7)
      let t = 2 * exp(-(phase - 5) * (phase - 5) / 2)
      return zero - r - t
    }
  }

  /// A pulse 5 mm wide whose rise stands at `rise`, about a zero line.
  static func pulse(zero: Double, rise: Double, tall: Double = 10) -> (Double) -> Double {
    { $0 >= rise && $0 < rise + 5 ? zero - tall : zero }
  }

  /// Rows with beats from 20 mm on at `zeros`, each led by a pulse that rises at `rise`.
  static func page(
    zeros: [Double], rise: Double? = 10, tall: Double = 10, height: Double = 100
  ) -> DrawnInk {
    var page = DrawnInk(height: height)
    for zero in zeros {
      page.draw(from: 20, to: 150, beats(zero: zero))
      if let rise {
        page.draw(from: rise - 2, to: 20, pulse(zero: zero, rise: rise, tall: tall))
      }
    }
    return page
  }
}
