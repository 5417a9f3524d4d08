import ECGCommandSupport
import ECGCore
import ECGFormats
import Foundation

/// What a person sees while pages are read: one result at a time, failures on standard error,
/// a progress line where standard error is a terminal.
actor RunReport {
  private let total: Int
  private let plan: DigitizePlan
  private let log: LogStyle
  private let hasTerminal = isatty(STDERR_FILENO) == 1
  private let start = ContinuousClock.now
  private var done = 0
  private var failed = 0
  private var skipped = 0

  init(total: Int, plan: DigitizePlan, log: LogStyle) {
    self.total = total
    self.plan = plan
    self.log = log
  }

  /// Reports one page.
  func finished(_ job: PageJob, _ page: PageReport) {
    done += 1
    clearLine()
    switch page.outcome {
    case .digitized:
      if log == .json {
        event(
          job,
          [
            .init("event", "digitized"),
            .init("seconds", .number((page.seconds * 1000).rounded() / 1000)),
            .init("layout", page.layout.map { .string($0) } ?? .null),
            .init("findings", .array(page.findings.map { .string($0.rawValue) })),
          ])
      } else if !plan.printsSignals {
        say(total == 1 ? page.summary : page.line(path: job.shownPath))
      }
    case .skipped:
      skipped += 1
      if log == .json {
        event(job, [.init("event", "skipped")])
      } else if total == 1 {
        say("\(job.shownPath)  already done with this input and these options")
      }
    case .failed:
      failed += 1
      let (code, message, remedy) =
        page.failure.map { ($0.code, $0.message, $0.remedy) } ?? (.internalError, "", "")
      if log == .json {
        event(
          job,
          [
            .init("event", "failed"), .init("code", .string(code.rawValue)),
            .init("message", .string(message)), .init("remedy", .string(remedy)),
          ])
      } else {
        write("\(job.shownPath): \(message) \(remedy)\n")
      }
    }
    progress()
  }

  /// Reports the end of the run.
  func end(interrupted: Bool) {
    clearLine()
    if log == .json {
      let counts: [(String, Int)] = [
        ("pages", total), ("digitized", done - failed - skipped), ("skipped", skipped),
        ("failed", failed), ("not_begun", total - done),
      ]
      event(
        [.init("event", "end"), .init("seconds", .number((seconds * 1000).rounded() / 1000))]
          + counts.map { .init($0.0, .number(Double($0.1))) })
      return
    }
    if total == 0 { write("No pages were found in what was named.\n") }
    guard total > 1 else { return }
    var parts = ["\(done - failed) of \(total) pages digitized"]
    if skipped > 0 { parts.append("\(skipped) of them already done") }
    if failed > 0 { parts.append("\(failed) failed") }
    if interrupted { parts.append("stopped by Ctrl-C") }
    write(parts.joined(separator: ", ") + ", \(clock(seconds)).\n")
  }

  private func event(_ job: PageJob, _ members: [JSONValue.Member]) {
    event(members + [.init("path", .string(job.shownPath))])
  }

  private func event(_ members: [JSONValue.Member]) {
    let line = JSONValue.object(members)
    let text = String(decoding: line.serialized(), as: UTF8.self)
      .split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    write(text.joined(separator: " ") + "\n")
  }

  private var seconds: Double {
    let (whole, atto) = start.duration(to: .now).components
    return Double(whole) + Double(atto) * 1e-18
  }

  private func progress() {
    guard hasTerminal, log == .text, total > 1, done < total else { return }
    let width = 24
    let filled = done * width / total
    let bar = String(repeating: "█", count: filled) + String(repeating: "·", count: width - filled)
    let left = seconds / Double(done) * Double(total - done)
    write("\r\(bar) \(done)/\(total)  \(failed) failed  \(clock(left)) left")
  }

  private func clearLine() {
    if hasTerminal && log == .text && total > 1 { write("\r\u{1B}[K") }
  }

  private func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60 ? "\(whole) s" : "\(whole / 60) min \(whole % 60) s"
  }

  private func say(_ line: String) { Console.output.write(line + "\n") }

  private func write(_ text: String) { Console.errors.write(text) }
}
