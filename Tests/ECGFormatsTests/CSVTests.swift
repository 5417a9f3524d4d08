import ECGCore
import ECGFormats
import Foundation
import Testing

@Suite("CSV")
struct CSVTests {
  @Test("writes the header, the times and empty fields exactly so")
  func golden() {
    let recording = Recording(
      samplingFrequency: 250, sampleCount: 3,
      segments: [
        LeadSegment(channel: .row(2), startSample: 2, millivolts: [10.00004]),
        LeadSegment(channel: .lead(.V6), startSample: 1, millivolts: [-0.00001, -0.12345]),
        LeadSegment(channel: .lead(Lead("V4R")), startSample: 0, millivolts: [0.5]),
      ])
    #expect(
      String(decoding: recording.csvData(), as: UTF8.self) == """
        time_s,I,II,III,aVR,aVL,aVF,V1,V2,V3,V4,V5,V6,V4R,row2
        0.000,,,,,,,,,,,,,0.5000,
        0.004,,,,,,,,,,,,0.0000,,
        0.008,,,,,,,,,,,,-0.1235,,10.0000

        """)
  }

  @Test("times are exact for every usual rate", arguments: [100.0, 128, 250, 257, 360, 500, 1000])
  func times(frequency: Double) throws {
    let recording = Recording(
      samplingFrequency: frequency,
      segments: [
        LeadSegment(
          channel: .lead(.I), startSample: 0, millivolts: [Float](repeating: 1, count: 2000))
      ])
    let read = try Recording(csv: recording.csvData())
    #expect(read.samplingFrequency == frequency)
    #expect(read == recording)
  }

  @Test("reads back what it wrote")
  func roundTrip() throws {
    let page = SampleRecording.page
    let read = try Recording(csv: page.csvData())
    #expect(read.violatedInvariants().isEmpty)
    let difference = try #require(SampleRecording.difference(page, read))
    #expect(difference <= 0.000_051)
  }

  @Test("reads other people's spellings, orders and line ends")
  func lenient() throws {
    let text = "\u{FEFF}time_s,AVR,Lead II\r\n0.1,1,\r\n0.102,NaN,2\r\n0.104,3,4\r\n"
    let read = try Recording(csv: Data(text.utf8))
    #expect(read.samplingFrequency == 500)
    #expect(read.samples(of: .lead(.aVR)).suffix(3) == [1, nil, 3])
    #expect(read.samples(of: .lead(.II)).suffix(3) == [nil, 2, 4])
    #expect(read.sampleCount == 53)
  }

  @Test(
    "says where a table is wrong",
    arguments: [
      ("", "The table is empty."),
      ("time,I\n0,1\n1,2\n", "The table's first column is not time_s."),
      ("time_s,I,I\n0,1,1\n1,2,1\n", "The table names a lead twice."),
      ("time_s,I\n0,1\n", "The table has fewer than two rows of samples."),
      ("time_s,I\n0,1\n0.1,x\n", "Line 3 holds no number in column I."),
      ("time_s,I\n0,1\n0.1,1e39\n", "Line 3 holds no number in column I."),
      ("time_s,I\n0,1\n0.1,2,3\n", "Line 3 has 3 fields where the header has 2."),
      (
        "time_s,I\n0,1\n0.1,1\n0.2,1\n0.9,1\n", "The table's time is not evenly spaced near line 3."
      ),
      ("time_s,I\n0,1\n0,1\n", "The table's time does not rise."),
    ])
  func errors(text: String, message: String) {
    let error = #expect(throws: PageError.self) { try Recording(csv: Data(text.utf8)) }
    #expect(error?.code == .invalidRecord)
    #expect(error?.message == message)
  }
}
