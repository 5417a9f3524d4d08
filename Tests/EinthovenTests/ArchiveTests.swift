import ECGFormats
import Foundation
import Glibc
import Testing

@Suite("Trusted with an archive")
struct ArchiveTests {
  private func page(_ program: Program, _ names: [String]) throws {
    for name in names { try program.putPage(name) }
  }

  @Test("a page that crashes, hangs or takes all memory costs one page, and says so")
  func faults() throws {
    let program = try Program()
    defer { program.remove() }
    try page(program, ["a.png", "crash.png", "fat.png", "hang.png", "z.png"])
    var environment = ProcessInfo.processInfo.environment
    environment["EINTHOVEN_TEST_FAULTS"] = "crash.png:crash,hang.png:hang,fat.png:memory"
    let outcome = try program.run(
      [
        "digitize", ".", "-o", "out", "--format", "csv", "--jobs", "2", "--max-seconds", "20",
        "--max-megapixels", "5",
      ],
      environment: environment)
    #expect(outcome.status == 1)
    #expect(program.files("out") == ["a.csv", "z.csv"])
    #expect(
      outcome.errors.contains("./crash.png: The program broke on this page, twice (signal 5)"))
    #expect(outcome.errors.contains("./hang.png: The page took longer than 20 s"))
    #expect(outcome.errors.contains("./fat.png: The page took more than"))
    #expect(outcome.errors.contains("2 of 5 pages digitized, 3 failed"))
    let alone = try Program()
    defer { alone.remove() }
    try alone.putPage("a.png")
    _ = try alone.run(["digitize", "a.png", "--format", "csv"])
    #expect(try alone.text("a.csv") == program.text("out/a.csv"), "byte-equal to a run alone")
  }

  @Test("--resume redoes what another version, other weights or a killed run left")
  func stale() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    func event() throws -> Bool {
      try program.run(["digitize", "x.png", "--resume", "--log", "json"]).errors
        .contains("\"event\": \"skipped\"")
    }
    #expect(try !event())
    #expect(try event())
    for (old, new) in [
      ("\"version\": \"", "\"version\": \"9."), ("weights_sha256\": \"", "weights_sha256\": \"0"),
    ] {
      let document = try program.text("x.json")
      try program.put(Data(document.replacing(old, with: new).utf8), "x.json")
      #expect(try !event(), "\(old)")
      #expect(try event())
    }
    try program.put(Data(), "x.csv")
    #expect(try !event(), "an emptied result")
    #expect(try event())
  }

  @Test(
    "files that are not this program's results are kept",
    arguments: ["x.csv", "x.json", "x.hea", "x.dat"])
  func foreign(name: String) throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    try program.put(Data("mine".utf8), name)
    let arguments = ["digitize", "x.png", "--format", "csv,wfdb,json"]
    let refused = try program.run(arguments)
    #expect(refused.status == 2)
    #expect(
      refused.errors == "x.png: \(name) is there already, and is not a result of this program. "
        + "Name another folder with -o, or allow replacing it with --force.\n")
    #expect(try program.text(name) == "mine")
    #expect(program.files() == [name, "x.png"].sorted())
    #expect(try program.run(arguments + ["--force"]).status == 0)
    #expect(try program.run(arguments).status == 0, "its own results are replaced")
  }

  @Test("the results of another picture of the same name are kept")
  func otherPicture() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("a/1.png")
    try program.put(Program.page.get() + Data([0]), "b/1.jpg")
    #expect(
      try program.run(["digitize", "\(program.folder.path)/a/1.png", "-o", "out"]).status == 0)
    let before = try program.text("out/1.json")
    let second = try program.run(["digitize", "\(program.folder.path)/b/1.jpg", "-o", "out"])
    #expect(second.status == 2)
    #expect(second.errors.contains("is there already, as the result of another picture."))
    #expect(try program.text("out/1.json") == before)
  }

  @Test("a pipe in a folder is no page, and a folder with a picture's name is a folder")
  func oddEntries() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("in/page.png/real.png")
    #expect(mkfifo(program.folder.path + "/in/pipe.png", 0o600) == 0)
    let outcome = try program.run(["digitize", "in", "-o", "out", "--format", "csv"])
    #expect(outcome.status == 0)
    #expect(program.files("out") == ["in/page.png/real.csv"])
  }

  @Test("names that are no text, hold control characters or are very long are read")
  func oddNames() throws {
    let program = try Program()
    defer { program.remove() }
    let long = String(repeating: "n", count: 240)
    try program.putPage("in/\(long).png")
    try program.putPage("in/bell\u{7}.png")
    let raw = program.folder.path + "/in/caf"
    let bytes = Array(raw.utf8) + [0xE9] + Array(".png".utf8)
    let file = (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { path in
      path.baseAddress.map { open($0, O_CREAT | O_WRONLY, 0o600) } ?? -1
    }
    try FileHandle(fileDescriptor: file, closeOnDealloc: true).write(contentsOf: Program.page.get())
    let outcome = try program.run(["digitize", "in", "-o", "out", "--format", "csv,json"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("in/bell\\x07.png"))
    #expect(outcome.output.contains("in/caf\\xe9.png"))
    let written = program.files("out")
    #expect(written.contains("in/caf%e9.csv"))
    #expect(written.contains { $0.hasPrefix("in/nnn") && $0.hasSuffix(".json") })
    #expect(written.count == 6)
  }

  @Test("a standard error that cannot be written costs nothing; a full standard output is told")
  func brokenStreams() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    let einthoven = Program.executable.path
    let closed = try program.shell("\(einthoven) digitize x.png missing.png -o a 2>&-")
    #expect(closed.status == 1)
    #expect(program.files("a") == ["x.csv", "x.json"])
    let full = try program.shell("\(einthoven) digitize x.png -o b >/dev/full")
    #expect(full.status == 1)
    #expect(full.errors == "Standard output could not be written: No space left on device.\n")
    #expect(program.files("b") == ["x.csv", "x.json"])
    #expect(try program.shell("\(einthoven) digitize x.png -o c 2>/dev/full").status == 0)
  }

  @Test("what was done is seen at once where output goes to a file; a killed run leaves no process")
  func unbuffered() throws {
    let program = try Program()
    defer { program.remove() }
    try page(program, ["a.png", "hang.png"])
    var environment = ProcessInfo.processInfo.environment
    environment["EINTHOVEN_TEST_FAULTS"] = "hang.png:hang"
    let outcome = try program.shell(
      "\(Program.executable.path) digitize a.png hang.png -o out --max-seconds 60 >log & "
        + "for k in $(seq 200); do [ -s log ] && break; sleep 0.1; done; cat log; kill -9 $!; "
        + "sleep 2; echo left $(for p in $(pgrep -f [p]age-worker); do readlink /proc/$p/cwd; done "
        + "| grep -c $PWD)",
      environment: environment)
    #expect(outcome.output.hasPrefix("a.png  3x4+II"))
    #expect(outcome.output.hasSuffix("left 0\n"), "no process is left that reads a page")
  }

  @Test("an interrupt finishes what is being read, a second one stops at once")
  func interrupts() throws {
    let program = try Program()
    defer { program.remove() }
    try page(program, ["a.png", "b.png", "hang.png"])
    var environment = ProcessInfo.processInfo.environment
    environment["EINTHOVEN_TEST_FAULTS"] = "hang.png:hang"
    // setsid: a background job of a shell ignores interrupts.
    let script = """
      exec 2>&1; setsid -w \(Program.executable.path) digitize hang.png a.png b.png --jobs 1 -o out &
      sleep 3; pid=$(pgrep -n -f "einthoven digitize hang.png a.png"); kill -INT $pid; sleep 1
      kill -0 $pid && echo alive; kill -INT $pid; sleep 1; kill -0 $pid 2>/dev/null || echo gone
      pgrep -f "einthoven page-worker" -P $pid || echo none
      """
    let outcome = try program.shell(script, environment: environment)
    #expect(outcome.output.contains("press Ctrl-C again to stop at once"))
    #expect(outcome.output.contains("alive"))
    #expect(outcome.output.contains("gone"))
  }

  @Test("-o is looked at before the first page")
  func outputFolder() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    try program.put(Data("x".utf8), "file")
    let onFile = try program.run(["digitize", "x.png", "-o", "file"])
    #expect(
      onFile.status == 64
        && onFile.errors.contains("-o names a folder for the results, and file is a file"))
    #expect(try program.run(["digitize", "x.png", "-o", ""]).status == 64)
    #expect(try program.run(["digitize", "-", "-", "-o", "out"]).status == 64)
  }

  @Test("-o - prints the signals of one page, and nothing else; deviations on request")
  func toStandardOutput() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("x.png")
    let outcome = try program.run(["digitize", "x.png", "-o", "-"])
    #expect(outcome.status == 0 && outcome.errors == "")
    #expect(program.files() == ["x.png"])
    #expect(try program.run(["digitize", "x.png", "-o", "out"]).status == 0)
    #expect(try program.text("out/x.csv") == outcome.output)
    let wide = try program.run(["digitize", "x.png", "-o", "-", "--with-deviation"]).output
    let header = try #require(wide.split(separator: "\n").first)
    #expect(
      header.hasSuffix(
        "V6,I_sd,II_sd,III_sd,aVR_sd,aVL_sd,aVF_sd,V1_sd,V2_sd,V3_sd,V4_sd,V5_sd,V6_sd"))
  }

  @Test("a WFDB header says where its signals come from")
  func provenance() throws {
    let program = try Program()
    defer { program.remove() }
    try program.putPage("my page.png")
    #expect(try program.run(["digitize", "my page.png", "--format", "wfdb"]).status == 0)
    let header = try program.text("my_page.hea")
    #expect(header.contains("# Read from paper by einthoven "))
    #expect(header.contains("# Input: "))
    #expect(header.contains("# Name of the other results: my page"))
  }
}
