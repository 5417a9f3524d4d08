import ECGCore
import ECGDigitizer
import Testing

@Suite("Layout fit")
struct LayoutFitTests {
  @Test("every known layout is recognised, with its rhythm strips", arguments: LeadLayout.known)
  func everyLayout(layout: LeadLayout) {
    let printed = layout.withRhythmLeads(layout.rows > 6 ? [] : [.V1, .II])
    let decision = DrawnNames(printed).decision()
    #expect(decision.position == .upright)
    #expect(decision.layout == printed, "\(decision.refusals)")
  }

  @Test("rows and columns of unequal pitch are followed")
  func unequalPitch() throws {
    var page = DrawnNames(try LeadLayout(named: "3x4+II"), columnPitch: 62, rowPitch: 30)
    for i in page.marks.indices where page.marks[i].xMillimeters > 100 {
      page.marks[i].xMillimeters += 6
    }
    for i in page.marks.indices where page.marks[i].yMillimeters > 60 {
      page.marks[i].yMillimeters += 7
    }
    let decision = page.decision()
    #expect(decision.layout?.name == "3x4+II")
    let fit = try #require(decision.fit)
    #expect(zip(fit.columnXMillimeters, [20, 82, 150, 212]).allSatisfy { abs($0 - $1) < 1 })
    #expect(zip(fit.rowYMillimeters, [40, 77, 107]).allSatisfy { abs($0 - $1) < 1 })
  }

  @Test("a name that is not read gets its place from the others")
  func hiddenName() throws {
    var page = DrawnNames(try LeadLayout(named: "3x4+II"), columnPitch: 60, rowPitch: 30)
    page.marks.removeAll { $0.kind == .name(.aVF) }
    let fit = try #require(page.decision().fit)
    let slot = try #require(fit.layout.slots.first { $0.lead == .aVF })
    #expect(abs(fit.place(of: slot).x - 80) < 1 && abs(fit.place(of: slot).y - 100) < 1)
    #expect(fit.seen.count == 11)
  }

  @Test("Cabrera order is told by the order of the names, also where no minus was read")
  func minusNotRead() throws {
    var page = DrawnNames(try LeadLayout(named: "3x4-cabrera"))
    for i in page.marks.indices where page.marks[i].kind == .invertedAVR {
      page.marks[i].kind = .name(.aVR)
      page.marks[i].score = 0.4
    }
    let decision = page.decision()
    #expect(decision.layout?.order == "cabrera")
    #expect(decision.isSignOfAVROpen)
  }

  @Test("the sign of aVR is not open in standard order")
  func standardSign() throws {
    #expect(!DrawnNames(try LeadLayout(named: "3x4+II")).decision().isSignOfAVROpen)
  }

  @Test("nothing is made of a page without names")
  func noNames() {
    let decision = LayoutRules().decide(
      [PositionReading(position: .upright, marks: [], fits: [])], fitter: LayoutFitter())
    #expect(decision.layout == nil && decision.refusals == [.nothingFits])
  }

  @Test("I, II and III alone are refused: they look the same upside down")
  func numeralsAlone() throws {
    var page = DrawnNames(try LeadLayout(named: "3x4"))
    page.marks.removeAll { !$0.kind.isNumeral }
    #expect(page.decision().layout == nil)
  }

  @Test("names in an order that no layout has are refused, not forced into one")
  func foreignOrder() throws {
    var page = DrawnNames(
      LeadLayout(name: "", rows: 0, columns: 0, slots: []))
    let order: [Lead] = [.V6, .V5, .V4, .V3, .V2, .V1, .aVF, .aVL, .aVR, .III, .II, .I]
    for (k, lead) in order.enumerated() {
      page.add(.name(lead), 20 + 60 * Double(k / 3), 40 + 30 * Double(k % 3), 0.8)
    }
    let decision = page.decision()
    #expect(decision.layout == nil)
    // They are returned as read.
    let free = try #require(decision.free)
    #expect(free.position == .upright && free.names.count == 12)
    #expect(free.columnXMillimeters.count == 4 && free.rowYMillimeters.count == 3)
    for name in free.names { #expect(name.lead == order[3 * name.column + name.row]) }
  }

  @Test("names read freely must be clear, in line, and only there once")
  func freeNames() throws {
    func free(_ names: [(Lead, Double, Double, Double)]) -> FreeNames? {
      var page = DrawnNames(LeadLayout(name: "", rows: 0, columns: 0, slots: []))
      for (lead, x, y, score) in names { page.add(.name(lead), x, y, score) }
      return page.decision().free
    }
    // A crop with two leads.
    let crop = try #require(free([(.V4, 40, 13, 0.8), (.V5, 40, 53, 0.8)]))
    #expect(crop.names.map(\.lead) == [.V4, .V5] || crop.names.map(\.lead) == [.V5, .V4])
    #expect(free([(.V4, 40, 13, 0.8), (.V5, 40, 53, 0.4)]) == nil)
    #expect(free([(.V4, 40, 13, 0.8), (.V5, 90, 53, 0.8)]) == nil)
    #expect(free([(.I, 40, 13, 0.8), (.II, 40, 53, 0.8)]) == nil)
    #expect(free([(.V4, 40, 13, 0.8), (.V4, 40, 53, 0.8)]) == nil)
  }

  @Test("a rhythm strip's I must be surer than other names")
  func rhythmI() throws {
    var page = DrawnNames(try LeadLayout(named: "3x4"), rowPitch: 30)
    page.add(.name(.I), 20, 130, 0.4)
    #expect(page.decision().layout?.name == "3x4")
    page.add(.name(.I), 20, 130, 0.7)
    #expect(page.decision().layout?.name == "3x4+I")
  }

  @Test("what looks like names on a strip's trace does not speak against the layout")
  func tremblingStrip() throws {
    var page = DrawnNames(try LeadLayout(named: "3x4+II"), rowPitch: 30)
    for x in [50.0, 110, 170] { page.add(.name(.V1), x, 133, 0.6) }
    #expect(page.decision().layout?.name == "3x4+II")
    // Where columns begin it does: a fourth row of names.
    var fourth = DrawnNames(try LeadLayout(named: "3x4+II"), rowPitch: 30)
    for x in [80.0, 140, 200] { fourth.add(.name(.V1), x, 131, 0.6) }
    #expect(fourth.decision().layout == nil)
  }
}
