import ECGExperiments
import ECGTraining
import Foundation

/// Shows how a run goes: one line that changes on a terminal, a line now and then elsewhere.
final class ProgressLine {
  private let isTerminal = isatty(2) == 1
  private var mean: Double?

  /// Shows a step.
  func show(_ now: RecipeRun.Progress) {
    mean = mean.map { 0.95 * $0 + 0.05 * now.loss } ?? now.loss
    let left = Int(now.secondsLeft.rounded())
    let scale = now.lossScale.map {
      String(format: "  scale %.0f, %d skipped", $0.value, $0.skipped)
    }
    let text =
      String(
        format: "%5.1f %%  step %d  loss %.4f  rate %.2g", 100 * min(now.fraction, 1), now.step,
        mean ?? 0, now.rate)
      + (scale ?? "")
      + String(format: "  %d:%02d:%02d left", left / 3600, left / 60 % 60, left % 60)
    if isTerminal {
      write("\r\u{1B}[K" + text)
    } else if now.step % 20 == 0 || now.step == 1 {
      write(text + "\n")
    }
    guard let judgement = now.judgement else { return }
    let measures = judgement.measures.sorted { $0.key < $1.key }
      .map { "\($0.key) \(String(format: "%.4f", $0.value))" }
    say(
      "step \(now.step): validation \(String(format: "%.4f", judgement.loss)) ("
        + measures.joined(separator: ", ") + ")")
  }

  /// Writes a line that stays.
  func say(_ text: String) { write((isTerminal ? "\r\u{1B}[K" : "") + text + "\n") }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
