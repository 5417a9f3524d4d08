import ECGCore
import ECGDigitizer
import ECGNumerics
import Testing

@Suite("Layout fit, names hidden and read wrongly at random")
struct LayoutFitPropertyTests {
  static let names = ["3x4+II", "3x4+V1+II+V5", "6x2", "12x1", "6x2-cabrera", "4x3", "2x6"]

  /// A page with each name kept with probability `share`, places unsteady, false names added.
  static func wornPage(
    _ name: String, share: Double, falseNames: Int, using numbers: inout SeededGenerator
  ) throws -> DrawnNames {
    var page = DrawnNames(try LeadLayout(named: name))
    page.marks = page.marks.compactMap { mark in
      guard Double.random(in: 0..<1, using: &numbers) < share else { return nil }
      var mark = mark
      mark.xMillimeters += Double.random(in: -1.5...1.5, using: &numbers)
      mark.yMillimeters += Double.random(in: -1...1, using: &numbers)
      mark.score = Double.random(in: 0.35...0.9, using: &numbers)
      return mark
    }
    for _ in 0..<falseNames {
      let lead = Lead.standard12[Int.random(in: 0..<12, using: &numbers)]
      page.add(
        .name(lead), Double.random(in: 5...265, using: &numbers),
        Double.random(in: 5...195, using: &numbers), Double.random(in: 0.1...0.45, using: &numbers))
    }
    return page
  }

  @Test("never a wrong layout, and most pages accepted with four names in five", arguments: names)
  func hiddenNames(name: String) throws {
    var numbers = SeededGenerator(seed: 7)
    let base = try LeadLayout(named: name)
    for share in [0.8, 0.65, 0.5, 0.35] {
      var accepted = 0
      for _ in 0..<12 {
        let page = try Self.wornPage(name, share: share, falseNames: 4, using: &numbers)
        let decision = page.decision()
        guard let layout = decision.layout, let fit = decision.fit else { continue }
        accepted += 1
        #expect(decision.position == .upright)
        // A half of a layout is a right answer where only that half was read.
        for slot in layout.slots {
          let printed = base.slots.first { $0.lead == slot.lead }
          let place = fit.place(of: slot)
          let x = 20 + Double(printed?.column ?? -9) * 240 / Double(max(base.columns, 2))
          let y =
            40 + Double(printed?.row ?? -9) * 150
            / Double(base.rows + base.rhythmLeads.count)
          #expect(abs(place.x - x) < 8 && abs(place.y - y) < 6, "\(layout.name) \(slot.lead)")
        }
      }
      if share == 0.8 { #expect(accepted >= 10, "\(accepted) of 12") }
    }
  }

  @Test("false names alone are never a layout")
  func noise() throws {
    var numbers = SeededGenerator(seed: 3)
    for _ in 0..<40 {
      let page = try Self.wornPage("3x4", share: 0, falseNames: 30, using: &numbers)
      #expect(page.decision().layout == nil)
    }
  }

  @Test("where the right position is taken away, none of the seven others is accepted")
  func wrongPositions() throws {
    var numbers = SeededGenerator(seed: 11)
    let fitter = LayoutFitter()
    for name in Self.names {
      let page = try Self.wornPage(name, share: 1, falseNames: 6, using: &numbers)
      let wrong = page.readings(fitter).filter { $0.position != .upright }
      #expect(LayoutRules().decide(wrong, fitter: fitter).layout == nil, "\(name)")
    }
  }
}
