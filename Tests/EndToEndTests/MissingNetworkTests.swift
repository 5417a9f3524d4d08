import ECGBundledNetworks
import ECGCore
import ECGDigitizer
import ECGImaging
import ECGSynthesis
import Foundation
import Testing

@Suite("No network is lost silently")
struct MissingNetworkTests {
  private static let weights = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Weights")

  @Test(
    "one that is missing or broken is a finding that says which",
    arguments: [
      ("names", "Lead names were not read."),
      ("lattice", "The grid was searched for without a network."),
      ("curve", "Curves were followed without a network"),
      ("letters", "Printed paper speed and gain were not read"),
    ], [true, false])
  func missing(network: (name: String, words: String), isBroken: Bool) throws {
    func weights(_ name: String) throws -> Data? {
      guard name == network.name else {
        return try Data(contentsOf: Self.weights.appendingPathComponent("\(name).safetensors"))
      }
      return isBroken ? Data("no weights".utf8) : nil
    }
    let networks = try Networks(
      names: weights("names"), lattice: weights("lattice"), curve: weights("curve"),
      letters: weights("letters"))
    let photo = try DecodedPhoto(decoding: ExamplePage.scan.make().file)
    let result = try Digitizer(networks: networks, threads: 2).digitize(photo)
    let lost = result.findings.filter { $0.code == .noNetwork }
    #expect(lost.count == 1, "\(lost.map(\.message))")
    #expect(lost.first?.message.hasPrefix(network.words) == true)
  }

  @Test("with all four, no such finding; the same where they are given later")
  func all() throws {
    let photo = try DecodedPhoto(decoding: ExamplePage.scan.make().file)
    var digitizer = Digitizer(networks: .none)
    #expect(try digitizer.digitize(photo).findings.filter { $0.code == .noNetwork }.count == 4)
    digitizer.networks = .bundled
    #expect(try digitizer.digitize(photo).findings.allSatisfy { $0.code != .noNetwork })
  }
}
