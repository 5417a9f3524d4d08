import ECGCore
import Foundation
import Testing

@Suite("Every finding and error is explained")
struct FindingDocumentationTests {
  private static let text = try? String(
    contentsOf: URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Docs/Findings.md"), encoding: .utf8)

  @Test("in Docs/Findings.md", arguments: FindingCode.allCases)
  func finding(code: FindingCode) throws {
    let text = try #require(Self.text)
    #expect(text.contains("| `\(code.rawValue)` |"))
  }

  @Test("in Docs/Findings.md", arguments: PageError.Code.allCases)
  func error(code: PageError.Code) throws {
    let text = try #require(Self.text)
    #expect(text.contains("| `\(code.rawValue)` |"))
  }
}
