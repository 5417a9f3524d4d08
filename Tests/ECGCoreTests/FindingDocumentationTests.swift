import ECGCore
import ECGTestSupport
import Foundation
import Testing

@Suite("Every finding and error is explained")
struct FindingDocumentationTests {
  private static let text = try? Repository.text("Docs/Findings.md")

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

  /// What other targets than ECGCore say.
  private static let sources: String = {
    let folder = Repository.folder.appendingPathComponent("Sources")
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (paths ?? []).filter { $0.hasSuffix(".swift") && !$0.hasPrefix("ECGCore/") }
      .compactMap { try? String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
      .joined()
  }()

  @Test(
    "and raised somewhere",
    arguments: FindingCode.allCases.map(\.rawValue) + PageError.Code.allCases.map(\.rawValue))
  func raised(code: String) {
    #expect(Self.sources.contains(".\(code)"))
  }
}
