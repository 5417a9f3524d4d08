import ArgumentParser
import ECGCore
import ECGDigitizer
import ECGFormats
import ECGImaging
import Foundation

/// What a call of `einthoven digitize` means: every string parsed once.
struct DigitizePlan: Codable, Sendable {
  /// A kind of file that is written per page.
  enum Format: String, CaseIterable, Codable, Sendable {
    case csv, wfdb, json
  }

  var options = Digitizer.Options()
  var formats: Set<Format> = []
  var limits: DecodingLimits
  var outputFolder: URL?
  var writesOverlay: Bool
  var isRedacted: Bool
  var isStrict: Bool
  var resumes: Bool
  /// Whether files that are not this program's results may be replaced.
  var replaces: Bool
  /// Whether the CSV goes to standard output, and nothing is written to a file.
  var printsSignals = false
  /// Whether the CSV holds a column of standard deviations for each lead.
  var hasDeviations: Bool
  /// How much one page of a batch may take.
  var bounds: PageBounds
  var hasFullJSON: Bool
  var jobs: Int
  /// The geometry of an earlier result, to be taken as it is.
  var geometry: GivenGeometry?

  /// Parses what was typed.
  ///
  /// - Throws: `ValidationError`, which ends the program with exit code 64.
  init(_ typed: DigitizeCommand) throws {
    guard !typed.pages.isEmpty else { throw ValidationError("Name at least one page.") }
    guard typed.pages.count(where: { $0 == "-" }) <= 1 else {
      throw ValidationError("- is standard input, which holds one page: name it once.")
    }
    for name in typed.format.split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) })
    {
      guard let format = Format(rawValue: name.lowercased()) else {
        let known = Format.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("Unknown format '\(name)'. Known: \(known).")
      }
      formats.insert(format)
    }
    if formats.isEmpty { throw ValidationError("--format names nothing to write.") }
    if typed.layout.lowercased() != "auto" {
      do {
        options.layout = try LeadLayout(named: typed.layout)
      } catch {
        throw ValidationError("--layout: \(error.description)")
      }
    }
    options.paperSpeed = try Self.number(typed.speed, "--speed", unit: "mm/s", 1...200)
      .map(PaperSpeed.init(millimetersPerSecond:))
    options.gain = try Self.number(typed.gain, "--gain", unit: "mm/mV", 0.5...200)
      .map(Gain.init(millimetersPerMillivolt:))
    guard typed.rate >= 10 && typed.rate <= 20_000 else {
      throw ValidationError("--rate is 10 to 20000 samples per second, not \(typed.rate).")
    }
    options.samplingFrequency = typed.rate
    if let scale = typed.pixelsPerMillimeter {
      guard scale >= 0.5 && scale <= 100 else {
        throw ValidationError("--pixels-per-millimeter is 0.5 to 100, not \(scale).")
      }
      options.photoPixelsPerMillimeter = scale
    }
    geometry = try typed.geometry.map(GivenGeometry.init(path:))
    guard typed.jobs >= 1 && typed.jobs <= 1024 else {
      throw ValidationError("--jobs is 1 to 1024, not \(typed.jobs).")
    }
    guard typed.maxMegapixels > 0, typed.maxMebibytes > 0, typed.maxMegapixels < 10_000,
      typed.maxMebibytes < 1_000_000
    else { throw ValidationError("Limits are positive numbers.") }
    limits = DecodingLimits(
      pixels: Int(typed.maxMegapixels * 1e6), bytes: Int(typed.maxMebibytes * 1_048_576))
    guard typed.maxSeconds > 0, typed.maxSeconds < 1e6 else {
      throw ValidationError("--max-seconds is a positive number, not \(typed.maxSeconds).")
    }
    // What decoding and reading take at most: 60 bytes a pixel beside the program itself.
    bounds = PageBounds(seconds: typed.maxSeconds, bytes: 60 * limits.pixels + 600 << 20)
    hasDeviations = typed.withDeviation
    replaces = typed.force
    printsSignals = typed.output == "-"
    if !printsSignals { outputFolder = try typed.output.map(OutputFolder.url(_:)) }
    writesOverlay = typed.overlay
    isRedacted = typed.redact
    isStrict = typed.strict
    resumes = typed.resume
    hasFullJSON = typed.fullJson
    jobs = typed.jobs
    if resumes { formats.insert(.json) }
    if printsSignals { try printSignalsOnly(typed) }
  }

  /// `-o -`: one page, its CSV, no file.
  private mutating func printSignalsOnly(_ typed: DigitizeCommand) throws {
    guard !writesOverlay, !resumes, typed.format == "csv" || typed.format == "csv,json" else {
      throw ValidationError("-o - prints the CSV of one page; it goes with no other result.")
    }
    formats = [.csv]
  }

  private static func number(
    _ text: String, _ name: String, unit: String, _ range: ClosedRange<Double>
  ) throws -> Double? {
    if text.lowercased() == "auto" { return nil }
    guard let value = Double(text), range.contains(value) else {
      throw ValidationError(
        "\(name) is auto or a number from \(range.lowerBound.formatted()) to "
          + "\(range.upperBound.formatted()) \(unit), not '\(text)'.")
    }
    return value
  }

  /// The options as they are kept in the JSON, for ``resumes`` and for a person.
  var optionsJSON: JSONValue {
    let given = geometry.map { JSONValue.Member("geometry_sha256", .string($0.fingerprint)) }
    return .object(typedOptions + (given.map { [$0] } ?? []))
  }

  private var typedOptions: [JSONValue.Member] {
    [
      .init("layout", options.layout.map { .string($0.name) } ?? .null),
      .init(
        "paper_speed_mm_per_s", options.paperSpeed.map { .number($0.millimetersPerSecond) } ?? .null
      ),
      .init("gain_mm_per_mv", options.gain.map { .number($0.millimetersPerMillivolt) } ?? .null),
      .init("pixels_per_mm", options.photoPixelsPerMillimeter.map { .number($0) } ?? .null),
      .init("rate_hz", .number(options.samplingFrequency)),
      .init("formats", .array(formats.map(\.rawValue).sorted().map { .string($0) })),
      .init("full_json", .bool(hasFullJSON)),
      .init("overlay", .bool(writesOverlay)),
      .init("redact", .bool(isRedacted)),
      .init("with_deviation", .bool(hasDeviations)),
    ]
  }
}
