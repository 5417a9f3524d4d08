import Foundation

/// Plots as SVG text.
enum Plot {
  /// A row per name: every value as a tick, the middle half as a box, the median as a line.
  static func boxes(_ rows: [(name: String, values: [Double])], unit: String) -> String {
    let rows = rows.map { ($0.name, $0.values.filter(\.isFinite)) }.filter { !$0.1.isEmpty }
    let all = rows.flatMap(\.1)
    guard let low = all.min(), let high = all.max() else { return "" }
    let (left, right) = (
      (min(low, 0) / 10).rounded(.down) * 10, (high / 10).rounded(.up) * 10 + 0.1
    )
    let (width, height, margin) = (760.0, Double(rows.count) * 26 + 30, 150.0)
    func x(_ value: Double) -> Double {
      margin + (value - left) / (right - left) * (width - margin - 30)
    }
    var out = frame(width, height)
    for tick in stride(from: left, through: right, by: 10) {
      out += line(x(tick), 4, x(tick), height - 22, "#ddd")
      out += label(x(tick), height - 6, "\(Int(tick)) \(unit)", anchor: "middle")
    }
    for (k, row) in rows.enumerated() {
      let y = Double(k) * 26 + 18
      out += label(margin - 8, y + 4, "\(row.0) (\(row.1.count))", anchor: "end")
      for value in row.1 { out += line(x(value), y - 5, x(value), y + 5, "#9bb") }
      let (a, b) = (x(percentile(row.1, 25)), x(percentile(row.1, 75)))
      out +=
        "<rect x='\(n(a))' y='\(n(y - 7))' width='\(n(max(1, b - a)))' height='14' fill='none' stroke='#333'/>"
      out += line(x(median(row.1)), y - 9, x(median(row.1)), y + 9, "#c00")
    }
    return out + "</svg>"
  }

  /// A line through points, with their diagonal if both axes are shares.
  static func line(_ points: [(Double, Double)], diagonal: Bool) -> String {
    let (size, margin) = (300.0, 40.0)
    let ys = points.map(\.1).filter(\.isFinite)
    guard let least = ys.min(), let most = ys.max() else { return "" }
    let (low, high) = diagonal ? (0, 1) : (least - 1, most + 1)
    func x(_ value: Double) -> Double { margin + value * (size - 2 * margin) }
    func y(_ value: Double) -> Double {
      size - margin - (value - low) / (high - low) * (size - 2 * margin)
    }
    var out = frame(size, size)
    out += line(x(0), y(low), x(1), y(low), "#333") + line(x(0), y(low), x(0), y(high), "#333")
    out +=
      label(x(0), size - 20, "0", anchor: "middle") + label(x(1), size - 20, "1", anchor: "middle")
    out += label(margin - 6, y(low), Evaluation.text(low, 1), anchor: "end")
    out += label(margin - 6, y(high), Evaluation.text(high, 1), anchor: "end")
    if diagonal { out += line(x(0), y(0), x(1), y(1), "#bbb") }
    out += polyline(points.map { (x($0.0), y($0.1)) }, "#c00")
    for point in points {
      out += "<circle cx='\(n(x(point.0)))' cy='\(n(y(point.1)))' r='2.5' fill='#c00'/>"
    }
    return out + "</svg>"
  }

  static func frame(_ width: Double, _ height: Double) -> String {
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 \(n(width)) \(n(height))' "
      + "width='\(n(width))' font-family='sans-serif' font-size='12'>"
  }

  static func line(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ color: String) -> String {
    "<line x1='\(n(a))' y1='\(n(b))' x2='\(n(c))' y2='\(n(d))' stroke='\(color)'/>"
  }

  static func label(_ x: Double, _ y: Double, _ text: String, anchor: String) -> String {
    "<text x='\(n(x))' y='\(n(y))' text-anchor='\(anchor)'>\(Markup.escaped(text))</text>"
  }

  static func polyline(_ points: [(Double, Double)], _ color: String) -> String {
    let list = points.map { "\(n($0.0)),\(n($0.1))" }.joined(separator: " ")
    return "<polyline points='\(list)' fill='none' stroke='\(color)'/>"
  }

  /// A number short enough for a file that is looked at.
  static func n(_ value: Double) -> String { Evaluation.text(value, 1) }
}
