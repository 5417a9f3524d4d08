import ECGBundledNetworks
import ECGCore
import ECGDigitizer
import ECGFormats
import Foundation

@main
struct Client {
  /// Reads the files that are named, as README shows it, and fails where one is not read whole.
  static func main() async throws {
    let files = CommandLine.arguments.dropFirst().map { URL(fileURLWithPath: $0) }
    let url = files[0]

    let digitizer = Digitizer()
    let result = try digitizer.digitize(contentsOf: url)

    print(url.lastPathComponent, result.layout?.name ?? "no layout", result.findings.map(\.code))
    guard result.recording.channels.count == 12, !result.findings.contains(where: isMissing) else {
      fatalError("The page was not read with all networks.")
    }
    let bytes = try Data(contentsOf: url)
    guard try digitizer.digitize(bytes).recording.csvData() == result.recording.csvData() else {
      fatalError("A file and its bytes gave different signals.")
    }
    var names: [String] = []
    for await page in digitizer.pages(of: files + [URL(fileURLWithPath: "/no/such.png")]) {
      names.append(page.file.lastPathComponent)
      if case .failure(let error) = page.result { print(page.file.lastPathComponent, error) }
    }
    guard names == files.map(\.lastPathComponent) + ["such.png"] else {
      fatalError("Pages did not come in the order of their files.")
    }
    let start = ContinuousClock.now
    let given = Task { for await _ in digitizer.pages(of: [url, url, url, url]) {} }
    try await Task.sleep(for: .milliseconds(300))
    given.cancel()
    let asked = ContinuousClock.now
    await given.value
    print("cancelled after \(start.duration(to: asked)), ended \(asked.duration(to: .now)) later")
    guard asked.duration(to: .now) < .seconds(2) else { fatalError("Cancelling took too long.") }
  }

  static func isMissing(_ finding: Finding) -> Bool { finding.code == .noNetwork }
}
