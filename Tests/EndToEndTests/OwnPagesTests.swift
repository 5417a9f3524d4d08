import ECGCore
import ECGDigitizer
import ECGImaging
import ECGSynthesis
import Testing

@Suite("Pages drawn by the project are read back")
struct OwnPagesTests {
  @Test(
    "layout, scale and signals of a drawn page", arguments: [ExamplePage.scan, .phone])
  func readBack(page: ExamplePage) throws {
    let (_, photo, truth) = try page.make()
    let result = try Digitizer().digitize(photo)
    #expect(result.layout?.name == truth.layout?.name)
    #expect(result.recording.violatedInvariants().isEmpty)
    for lead in Lead.standard12 {
      let likeness = try #require(Self.correlation(lead, result.recording, truth.recording))
      #expect(likeness > 0.95, "\(lead)")
    }
  }

  @Test(
    "a page that lies on its side, on its head or mirrored is put right and says so",
    arguments: [(1, false), (2, false), (3, false), (0, true)])
  func positions(turns: Int, isMirrored: Bool) throws {
    let (_, photo, _) = try ExamplePage.scan.make()
    let laid = (isMirrored ? photo.mirrored : photo).turned(quarterTurns: turns)
    let result = try Digitizer().digitize(laid)
    #expect(result.layout?.name == "3x4+II")
    let codes = Set(result.findings.map(\.code))
    #expect(codes.contains(isMirrored ? .pageMirrored : .pageTurned))
  }

  @Test("the result does not depend on the number of threads", arguments: [2, 5])
  func threads(threads: Int) throws {
    let (_, photo, _) = try ExamplePage.phone.make()
    var (alone, shared) = (
      try Digitizer().digitize(photo), try Digitizer(threads: threads).digitize(photo)
    )
    (alone.secondsPerStage, shared.secondsPerStage) = ([:], [:])
    #expect(alone == shared)
  }

  @Test("a blank sheet is no ECG")
  func blank() {
    #expect(throws: PageError.self) {
      _ = try Digitizer().digitize(Raster<PhotoSpace>(width: 900, height: 700))
    }
  }

  @Test("a picture of one pixel is no ECG")
  func onePixel() {
    #expect(throws: PageError.self) {
      _ = try Digitizer().digitize(Raster<PhotoSpace>(width: 1, height: 1))
    }
  }

  @Test("names that were not read are always a finding")
  func namesAreFlagged() throws {
    let (_, photo, _) = try ExamplePage.scan.make()
    let result = try Digitizer().digitize(photo)
    #expect(result.findings.contains { $0.code == .leadNamesAssumed })
  }

  /// The best correlation of a lead with its truth within 20 ms.
  private static func correlation(_ lead: Lead, _ a: Recording, _ b: Recording) -> Double? {
    let (x, y) = (a.samples(of: .lead(lead)), b.samples(of: .lead(lead)))
    guard a.samplingFrequency == b.samplingFrequency else { return nil }
    return (-10...10).compactMap { shift -> Double? in
      var pairs: [(Double, Double)] = []
      for i in x.indices where y.indices.contains(i + shift) {
        if let p = x[i], let q = y[i + shift] { pairs.append((Double(p), Double(q))) }
      }
      guard pairs.count > 500 else { return nil }
      let n = Double(pairs.count)
      let (mx, my) = (
        pairs.reduce(0) { $0 + $1.0 } / n, pairs.reduce(0) { $0 + $1.1 } / n
      )
      var (xx, yy, xy) = (0.0, 0.0, 0.0)
      for (p, q) in pairs {
        xx += (p - mx) * (p - mx)
        yy += (q - my) * (q - my)
        xy += (p - mx) * (q - my)
      }
      return xy / (xx * yy).squareRoot()
    }.max()
  }
}
