import Foundation
import Testing

@Suite("Wrong usage: exit code 64, and what was meant")
struct UsageTests {
  @Test(
    arguments: [
      (["digitize"], "Error: Missing expected argument '<page> ...'"),
      (["digitize", "x.png", "--outptu", "d"], "Did you mean '--output'?"),
      (["digitize", "x.png", "--format", "xml"], "Unknown format 'xml'. Known: csv, wfdb, json."),
      (["digitize", "x.png", "--format", ","], "--format names nothing to write."),
      (["digitize", "x.png", "--layout", "9x9"], "There is no layout called \"9x9\"."),
      (["digitize", "x.png", "--layout", "3x4+X"], "\"X\" in \"3x4+X\" is not a lead."),
      (
        ["digitize", "x.png", "--speed", "fast"],
        "--speed is auto or a number from 1 to 200 mm/s, not 'fast'."
      ),
      (
        ["digitize", "x.png", "--gain", "0"],
        "--gain is auto or a number from 0.5 to 200 mm/mV, not '0'."
      ),
      (["digitize", "x.png", "--rate", "nan"], "--rate is 10 to 20000 samples per second"),
      (["digitize", "x.png", "--jobs", "0"], "--jobs is 1 to 1024, not 0."),
      (["digitize", "x.png", "--max-megapixels", "-1"], "Error: "),
      (["digitze", "x.png"], "Unknown command 'digitze'. Did you mean 'digitize'?"),
      (["scan.png"], "Did you mean 'einthoven digitize scan.png'?"),
    ])
  func usage(arguments: [String], says: String) throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
    #expect(outcome.output == "")
  }

  @Test("--help teaches by example, and names every exit code")
  func help() throws {
    let program = try Program()
    defer { program.remove() }
    let outcome = try program.run(["digitize", "--help"])
    #expect(outcome.status == 0)
    for words in ["EXAMPLES", "einthoven digitize scan.jpg", "64 wrong usage", "--resume"] {
      #expect(outcome.output.contains(words))
    }
  }
}
