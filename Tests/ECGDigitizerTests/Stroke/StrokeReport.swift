import Foundation
import Testing

/// The table of conditions, printed on request: `STROKE_REPORT=1 swift test --filter StrokeReport`.
@Suite("Stroke report", .enabled(if: ProcessInfo.processInfo.environment["STROKE_REPORT"] != nil))
struct StrokeReport {
  static let conditions: [DrawnPage.Condition] = {
    typealias Condition = DrawnPage.Condition
    var list = [Condition()]
    func add(_ name: String, _ change: (inout Condition) -> Void) {
      var condition = Condition()
      condition.name = name
      change(&condition)
      list.append(condition)
    }
    add("clean 0.264 mm") {
      $0.lineMillimeters = 0.264
      $0.blur = 0
      $0.noise = 0
      $0.jpegQuality = nil
    }
    add("100 dpi") { $0.pixelsPerMillimeter /= 2 }
    add("300 dpi") { $0.pixelsPerMillimeter *= 1.5 }
    add("line 0.2 mm") { $0.lineMillimeters = 0.2 }
    add("line 0.6 mm") { $0.lineMillimeters = 0.6 }
    add("blur 1.2") { $0.blur = 1.2 }
    add("blur 2") { $0.blur = 2 }
    add("noise 5 %") { $0.noise = 0.05 }
    add("JPEG 30") { $0.jpegQuality = 30 }
    add("1 bit") {
      $0.isBilevel = true
      $0.jpegQuality = nil
    }
    add("ink 40 %") { $0.ink = 0.4 }
    return list
  }()

  @Test("every condition")
  func table() throws {
    let names = KnownPages.names
    let wanted = ProcessInfo.processInfo.environment["STROKE_REPORT"] ?? ""
    if wanted != "pages" {
      let records = [0, 5, 10, 15, 20].map { names[$0] }
      for condition in Self.conditions where wanted == "all" || condition.name.contains(wanted) {
        let scores = try StrokeScores.drawn(condition, records: records)
        print(condition.name.padding(toLength: 16, withPad: " ", startingAt: 0), scores.line)
      }
    }
    if wanted == "pages" || wanted == "all" {
      let folder = ProcessInfo.processInfo.environment["STROKE_CSV"]
      let scores = try StrokeScores.rendered(names, csvFolder: folder)
      print("renders", scores.line)
      print(zip(names, scores.fit).map { "\($0) \(Int(100 * log10($1)))" }.joined(separator: ", "))
    }
  }
}
