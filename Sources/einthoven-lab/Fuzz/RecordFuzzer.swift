import ECGCommandSupport
import ECGCore
import ECGFormats
import ECGNumerics
import ECGSynthesis
import Foundation

/// Damages CSV tables, WFDB headers and JSON documents and reads them.
struct RecordFuzzer {
  private let tables: Mutator
  private let headers: Mutator
  private let documents: Mutator
  private let signals: Data

  init() {
    var generator = SeededGenerator(seed: 1)
    let recording = SyntheticHeart().recording(
      seconds: 0.2, samplingFrequency: 250, using: &generator)
    let files = WFDBFiles(recording, name: "r", comments: ["no patient"])
    signals = files.signals
    var style = PageStyle(layout: LeadLayout(name: "1x1", rows: 0, columns: 1, slots: []))
    style.dotsPerInch = 30
    let (_, truth) = PageRenderer(style).render(recording, using: &generator)
    let document = PageDocument(
      truth, input: PageDocument.Input(byteCount: 1, sha256: "00"), programVersion: "0")
    tables = Mutator(bases: [[UInt8](recording.csvData())])
    headers = Mutator(bases: [
      [UInt8](files.header),
      [UInt8]("r 2 100 5\nr.dat 212+2 200(3)/uV 12 0 0 0 0 I\nr.dat 212\n".utf8),
    ])
    documents = Mutator(bases: [[UInt8](document.jsonData())])
  }

  func run(using generator: inout some RandomNumberGenerator) -> FuzzResult {
    do throws(PageError) {
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: return check(try Recording(csv: Data(tables.mutant(using: &generator))))
      case 1:
        let signals = signals.prefix(Int.random(in: 0...signals.count, using: &generator))
        let header = Data(headers.mutant(using: &generator))
        return check(
          try Recording(wfdbHeader: header) { _ throws(PageError) in Data(signals) })
      default:
        let document = try PageDocument(json: Data(documents.mutant(using: &generator)))
        return check(document.digitization.recording)
      }
    } catch {
      return FuzzResult(error)
    }
  }

  private func check(_ recording: Recording) -> FuzzResult {
    recording.violatedInvariants().first.map(FuzzResult.wrong) ?? .accepted
  }
}
