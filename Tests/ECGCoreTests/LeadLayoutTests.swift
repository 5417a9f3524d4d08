import ECGCore
import Testing

@Suite("Lead layouts")
struct LeadLayoutTests {
  @Test("every line of the table is a layout whose leads are known and stand once")
  func table() {
    #expect(LeadLayout.known.count == 30)
    #expect(Set(LeadLayout.known.map(\.name)).count == 30)
    for layout in LeadLayout.known {
      #expect(layout.slots.count == layout.rows * layout.columns, "\(layout.name)")
      #expect(Set(layout.slots.map(\.lead)).count == layout.slots.count, "\(layout.name)")
      for slot in layout.slots {
        #expect(Lead(anySpelling: slot.lead.rawValue) == slot.lead, "\(layout.name) \(slot.lead)")
        #expect(!slot.isInverted || slot.lead == .aVR)
      }
    }
  }

  @Test(
    "reads the names people use",
    arguments: [
      ("3x4+II", "3x4+II", 3, 4), ("3X4+v1+ii+V5", "3x4+V1+II+V5", 3, 4), ("6x2", "6x2", 6, 2),
      ("12×1", "12x1", 12, 1), ("6x2-Cabrera", "6x2-cabrera", 6, 2),
    ])
  func names(given: String, name: String, rows: Int, columns: Int) throws {
    let layout = try LeadLayout(named: given)
    #expect(layout.name == name && layout.rows == rows && layout.columns == columns)
  }

  @Test("Cabrera order prints aVR upside down, third")
  func cabrera() throws {
    let layout = try LeadLayout(named: "12x1-cabrera")
    #expect(layout.order == "cabrera")
    #expect(layout.slots[2] == LeadSlot(lead: .aVR, isInverted: true, row: 2, column: 0))
    #expect(layout.slots.prefix(6).map(\.lead) == [.aVL, .I, .aVR, .II, .aVF, .III])
  }

  @Test("an unknown layout is refused with what is known")
  func unknown() {
    let error = #expect(throws: UnknownLayout.self) { try LeadLayout(named: "7x2+II") }
    #expect(
      error?.description.hasPrefix("There is no layout called \"7x2\". Known layouts: 3x4, ")
        == true)
    #expect(error?.description.hasSuffix("read from the page with: auto.") == true)
  }

  @Test("an unknown rhythm lead is refused", arguments: ["3x4+", "3x4+V12", "3x4+rhythm"])
  func unknownRhythm(name: String) {
    #expect(throws: UnknownLayout.self) { try LeadLayout(named: name) }
  }
}
