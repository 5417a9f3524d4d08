import ECGCore
import ECGFormats
import Foundation
import Testing

@Suite("WFDB")
struct WFDBTests {
  func read(_ header: String, _ files: [String: [UInt8]]) throws -> Recording {
    try Recording(wfdbHeader: Data(header.utf8)) { name in Data(files[name] ?? []) }
  }

  @Test("writes the header and the samples exactly so")
  func golden() {
    let recording = Recording(
      samplingFrequency: 500, sampleCount: 2,
      segments: [
        LeadSegment(channel: .lead(.I), startSample: 0, millivolts: [0.1, -1]),
        LeadSegment(channel: .lead(.V6), startSample: 1, millivolts: [5]),
      ])
    let files = WFDBFiles(recording, name: "page 1.x", comments: ["Speed 25 mm/s\n(grid)"])
    let lines = String(decoding: files.header, as: UTF8.self).split(separator: "\n")
    #expect(lines.first == "page_1_x 12 500 2")
    #expect(lines[1] == "page_1_x.dat 16 10000(0)/mV 16 0 1000 -9000 0 I")
    #expect(lines[2] == "page_1_x.dat 16 10000(0)/mV 16 0 -32768 0 0 II")
    #expect(lines[12] == "page_1_x.dat 16 5000(0)/mV 16 0 -32768 -7768 0 V6")
    #expect(lines[13] == "# Speed 25 mm/s (grid)")
    #expect(files.signals.count == 2 * 12 * 2)
    #expect(Array(files.signals.prefix(4)) == [0xE8, 0x03, 0x00, 0x80])
  }

  @Test("reads back what it wrote", arguments: [0.5, 1, 40, 5000])
  func roundTrip(scale: Float) throws {
    var page = SampleRecording.page
    for index in page.segments.indices {
      page.segments[index].millivolts = page.segments[index].millivolts.map { $0 * scale }
    }
    let files = WFDBFiles(page, name: "page")
    let read = try Recording(wfdbHeader: files.header) { name in
      #expect(name == "page.dat")
      return files.signals
    }
    let difference = try #require(SampleRecording.difference(page, read))
    // Half an ADC step: 16 bits over the range of the lead.
    #expect(difference <= 0.000_051 * max(1, scale))
  }

  @Test("understands baselines, units, offsets and several files")
  func header() throws {
    let header = """
      # a comment
      100 3 360/720(0) 2
      a.dat 16+4 200(10)/mV 16 0 0 0 0 MLII
      b.dat 61 0.5/uV 16 3 0 0 0 lead V1
      b.dat 61 100/mmHg 16 0 0 0 0 ABP
      # another
      """
    let a: [UInt8] = [9, 9, 9, 9, 210, 0, 0, 128]
    let b: [UInt8] = [0, 103, 0, 0, 255, 3, 0, 0]
    let record = try read(header, ["a.dat": a, "b.dat": b])
    #expect(record.samplingFrequency == 360)
    #expect(record.channels == [.lead(.V1), .lead(Lead("MLII"))])
    #expect(record.samples(of: .lead(Lead("MLII"))) == [1, nil])
    // (103 − 3) / 0.5 µV; the baseline is the ADC zero where none is given.
    #expect(record.samples(of: .lead(.V1)) == [0.2, -0.512])
  }

  @Test("signals without a description are rows")
  func unnamed() throws {
    let record = try read(
      "r 2 100 1\nr.dat 16 1000/mV\nr.dat 16 1000/mV\n", ["r.dat": [232, 3, 208, 7]])
    #expect(record.channels == [.row(1), .row(2)])
    #expect(record.samples(of: .row(2)) == [2])
  }

  @Test("unpacks format 212")
  func format212() throws {
    let record = try read(
      "r 2 100 2\nr.dat 212 1(0)/mV 12 0 0 0 0 I\nr.dat 212 1(0)/mV 12 0 0 0 0 II\n",
      ["r.dat": [0x01, 0xF2, 0xFE, 0x00, 0x08, 0x10]])
    #expect(record.samples(of: .lead(.I)) == [513, nil])
    #expect(record.samples(of: .lead(.II)) == [-2, 16])
  }

  @Test(
    "says what is wrong with a record",
    arguments: [
      ("", "The header is empty."),
      ("r", "The header's first line does not say how many signals there are."),
      ("r/3 2 100", "The record has several segments, which are not supported."),
      ("r 2 100 5\nr.dat 16", "The header names 1 signals where it promises 2."),
      ("r 1 -1 5\nr.dat 16", "The header's sampling frequency is not a positive number."),
      ("r 1 100 5\n../r.dat 16", "Signal 1 lies in another folder, which is not supported."),
      (
        "r 1 100 2\nr.dat 16 1e-300(1)/V 16 0 0 0 0 I",
        "The gain of lead I gives no finite voltage."
      ),
      ("r 1 100 5\nr.dat 16 x/mV", "Signal 1 has a gain that is not a number."),
      (
        "r 1 100 5\nr.dat 311",
        "The samples are in WFDB format 311; 16, 24, 32, 61, 80 and 212 are read."
      ),
      (
        "r 1 100 5\nr.dat 16",
        "The signal file holds 2 samples where the header promises 5."
      ),
    ])
  func errors(header: String, message: String) {
    let error = #expect(throws: PageError.self) {
      try read(header, ["r.dat": [0, 0, 0, 0, 0]])
    }
    #expect(error?.message == message)
  }
}
