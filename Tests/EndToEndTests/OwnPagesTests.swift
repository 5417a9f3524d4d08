import ECGCore
import ECGDigitizer
import ECGEvaluation
import ECGImaging
import ECGSynthesis
import Testing

@Suite("Pages drawn by the project are read back")
struct OwnPagesTests {
  @Test(
    "layout, gain, time and signals of a drawn page without networks, nothing forgiven",
    arguments: [(ExamplePage.scan, 21.0), (.phone, 19.5)])
  func readBack(page: ExamplePage, floor: Double) throws {
    let (_, photo, truth) = try page.make()
    let result = try Digitizer(networks: .none).digitize(photo)
    #expect(result.layout?.name == truth.layout?.name)
    #expect(result.recording.violatedInvariants().isEmpty)
    let score = try Evaluator(StrictProtocol(), figures: .essential)
      .score(result.recording, against: truth.recording, id: page.rawValue)
    #expect(score.decibels > floor, "\(score.decibels) dB")
    #expect(score.leadsFound == 12 && score.wrongNames.isEmpty)
  }

  @Test(
    "a page that lies on its side, on its head or mirrored is put right and says so",
    arguments: [(1, false), (2, false), (3, false), (0, true)])
  func positions(turns: Int, isMirrored: Bool) throws {
    let (_, photo, _) = try ExamplePage.scan.make()
    let laid = (isMirrored ? photo.mirrored : photo).turned(quarterTurns: turns)
    let result = try Digitizer(networks: .none).digitize(laid)
    #expect(result.layout?.name == "3x4+II")
    let codes = Set(result.findings.map(\.code))
    #expect(codes.contains(isMirrored ? .pageMirrored : .pageTurned))
  }

  @Test("the result does not depend on the number of threads", arguments: [2, 5])
  func threads(threads: Int) throws {
    let (_, photo, _) = try ExamplePage.phone.make()
    var (alone, shared) = (
      try Digitizer(networks: .none).digitize(photo),
      try Digitizer(networks: .none, threads: threads).digitize(photo)
    )
    (alone.secondsPerStage, shared.secondsPerStage) = ([:], [:])
    #expect(alone == shared)
  }

  @Test("a blank sheet is no ECG")
  func blank() {
    #expect(throws: PageError.self) {
      _ = try Digitizer(networks: .none).digitize(Raster<PhotoSpace>(width: 900, height: 700))
    }
  }

  @Test("a picture of one pixel is no ECG")
  func onePixel() {
    #expect(throws: PageError.self) {
      _ = try Digitizer(networks: .none).digitize(Raster<PhotoSpace>(width: 1, height: 1))
    }
  }

  @Test("names that were not read are always a finding")
  func namesAreFlagged() throws {
    let (_, photo, _) = try ExamplePage.scan.make()
    let result = try Digitizer(networks: .none).digitize(photo)
    #expect(result.findings.contains { $0.code == .leadNamesAssumed })
  }
}
