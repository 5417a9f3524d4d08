import ECGCore
import Testing

@Suite("Lead")
struct LeadTests {
  @Test(
    "understands the spellings found on real pages",
    arguments: [
      ("AVR", "aVR"), ("avf", "aVF"), ("v1", "V1"), ("Lead II", "II"), ("C4", "V4"),
      ("DIII", "III"),
      ("V4r", "V4R"), ("a V L", "aVL"),
    ])
  func spellings(printed: String, expected: String) {
    #expect(Lead(anySpelling: printed)?.rawValue == expected)
  }

  @Test("says nothing about other words", arguments: ["", "VI1", "ECG", "V12", "25mm/s"])
  func otherWords(text: String) {
    #expect(Lead(anySpelling: text) == nil)
  }
}
