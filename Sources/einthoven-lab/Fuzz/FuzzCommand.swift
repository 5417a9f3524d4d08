import ArgumentParser
import ECGCore
import ECGFormats
import ECGImaging
import ECGNumerics
import ECGSynthesis
import Foundation

/// Feeds damaged files and odd pages to the readers and to the digitizer.
///
/// A crash ends the program with a signal; `current.txt` then names the input, which
/// `--first N --count 1` repeats. Everything else that is wrong is printed and makes the exit code 1.
struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Feed damaged files to the readers, and odd pages to the digitizer.")

  @Argument(help: "Sound files to damage.")
  var files: [String] = ["Tests/ECGImagingTests/Fixtures"]

  @Option(help: "How long to go on.")
  var seconds = 60.0

  @Option(help: "Where chance begins.")
  var seed: UInt64 = 1

  @Option(help: "The first input.")
  var first = 0

  @Option(help: "The largest number of inputs.")
  var count = Int.max

  @Option(help: "One page for the digitizer after so many damaged files; 0 for none.")
  var pageEvery = 400

  @Option(help: "Where the number of the current input is kept.")
  var output = "out/fuzz"

  func run() throws {
    let folder = URL(fileURLWithPath: output)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let current = folder.appendingPathComponent("current.txt")
    try Data().write(to: current)
    let note = try FileHandle(forWritingTo: current)
    let pictures = Mutator(bases: try pictureBases())
    let records = RecordFuzzer()
    let pages = PageFuzzer()
    var tally = FuzzTally()
    let start = ContinuousClock.now
    var number = first
    let last = count == Int.max ? Int.max : first + count
    while number < last, start.duration(to: .now) < .seconds(seconds) {
      let line = "--seed \(seed) --first \(number) --count 1 --page-every \(pageEvery)\n"
      try note.seek(toOffset: 0)
      try note.write(contentsOf: Data(line.utf8))
      // Each input depends on its number alone, so that one can be repeated.
      var generator = SeededGenerator(seed: seed &+ UInt64(number) &* 0x9E37_79B9)
      let began = ContinuousClock.now
      if pageEvery > 0, number % pageEvery == pageEvery - 1 {
        tally.add(pages.run(using: &generator), to: .page)
      } else if number % 3 == 2 {
        tally.add(records.run(using: &generator), to: .record)
      } else {
        tally.add(picture(pictures.mutant(using: &generator)), to: .picture)
      }
      let took = began.duration(to: .now)
      if took > .seconds(20) { tally.complain("input \(number) took \(took)") }
      for complaint in tally.takeComplaints() { print("input \(number): \(complaint)") }
      number += 1
    }
    try? FileManager.default.removeItem(at: current)
    print("fuzz: \(number - first) inputs, seed \(seed): \(tally.summary)")
    if tally.problems > 0 { throw ExitCode(1) }
  }

  /// The sound pictures to damage: all readable ones among `files`.
  private func pictureBases() throws -> [[UInt8]] {
    var bases: [[UInt8]] = []
    for file in files {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: file)) ?? []
      let paths = names.isEmpty ? [file] : names.sorted().map { file + "/" + $0 }
      for path in paths {
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)),
          (try? DecodedPhoto(decoding: data)) != nil
        else { continue }
        bases.append([UInt8](data))
      }
    }
    guard !bases.isEmpty else {
      throw ValidationError("No readable picture was found to damage.")
    }
    return bases
  }

  private func picture(_ bytes: [UInt8]) -> FuzzResult {
    let limits = DecodingLimits(pixels: 4_000_000)
    do throws(PageError) {
      let photo = try DecodedPhoto(decoding: bytes, limits: limits)
      guard photo.raster.width * photo.raster.height <= limits.pixels else {
        return .wrong("a picture beyond the limit was decoded")
      }
      guard (0...1).contains(photo.completeness) else {
        return .wrong("completeness \(photo.completeness)")
      }
      return .accepted
    } catch {
      return FuzzResult(error)
    }
  }
}
