import ECGCore
import ECGFormats
import ECGTestSupport
import Foundation
import Testing

@Suite("Files")
struct FileTests {
  /// A folder of its own for each test, removed afterwards.
  func withFolder(_ body: (URL) throws -> Void) throws {
    let scratch = ScratchFolder()
    try withExtendedLifetime(scratch) { try body(scratch.url) }
  }

  @Test("makes folders, replaces files and leaves nothing else behind")
  func atomic() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("a/b/page.csv")
      try AtomicFile.write(Data("one".utf8), to: file)
      try AtomicFile.write(Data("two".utf8), to: file)
      #expect(try Data(contentsOf: file) == Data("two".utf8))
      let names = try FileManager.default.contentsOfDirectory(
        atPath: file.deletingLastPathComponent().path)
      #expect(names == ["page.csv"])
    }
  }

  @Test("one of several files that cannot be written leaves none")
  func wholeOrNothing() throws {
    try withFolder { folder in
      let blocker = folder.appendingPathComponent("file")
      try AtomicFile.write(Data([1]), to: blocker)
      let error = #expect(throws: PageError.self) {
        try AtomicFile.write([
          (folder.appendingPathComponent("x.dat"), Data([1])),
          (blocker.appendingPathComponent("x.hea"), Data([2])),
        ])
      }
      #expect(error?.code == .cannotWrite)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["file"])
    }
  }

  @Test(
    "hashes as the standard's examples do",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func sha256(text: String, digest: String) {
    #expect(SHA256.hexDigest(of: Data(text.utf8)) == digest)
  }

  @Test("hashes a million letters a")
  func sha256Long() {
    #expect(
      SHA256.hexDigest(of: Data(repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }
}
