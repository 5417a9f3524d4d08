import ArgumentParser
import ECGCore
import ECGDigitizer
import ECGFormats
import ECGImaging
import ECGSynthesis
import Foundation

/// Hidden: damaged files and odd pictures through the whole program, for a given time.
///
/// Every case follows from its number, so that a crash can be repeated with `--case`: the number
/// of the case being tried stands in the file `--trail`.
struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz", abstract: "Try damaged files and odd pictures.", shouldDisplay: false)

  @Option(help: "How long to go on.")
  var seconds = 30.0

  @Option(help: "The first case.")
  var from: UInt64 = 1

  @Option(name: .customLong("case"), help: "Try only this case.")
  var only: UInt64?

  @Option(help: "A case that takes longer has failed.")
  var slowestSeconds = 60.0

  @Option(help: "Where the number of the case being tried is kept.")
  var trail = "out/fuzz-case"

  func run() throws {
    let pages = try FuzzCase.pages()
    let start = ContinuousClock.now
    var tried = 0
    var kinds: [String: Int] = [:]
    var number = only ?? from
    repeat {
      try AtomicFile.write(Data("\(number)\n".utf8), to: URL(fileURLWithPath: trail))
      let fuzz = FuzzCase(number: number, pages: pages)
      let began = ContinuousClock.now
      let kind = try fuzz.outcome()
      guard ContinuousClock.now - began < .seconds(slowestSeconds) else {
        throw FuzzFailure("Case \(number) took longer than \(slowestSeconds) s.")
      }
      kinds[kind, default: 0] += 1
      tried += 1
      number += 1
    } while only == nil && ContinuousClock.now - start < .seconds(seconds)
    print("fuzz: \(tried) cases, none crashed or broke a promise")
    for (kind, count) in kinds.sorted(by: { $0.key < $1.key }) { print("  \(count)\t\(kind)") }
  }
}

/// A promise that a case broke.
struct FuzzFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
