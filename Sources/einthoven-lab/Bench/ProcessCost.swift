import Foundation
import Glibc

/// What this process has cost so far, as the kernel counts it.
enum ProcessCost {
  /// Seconds of all threads, in the program and in the kernel.
  static var processorSeconds: Double {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(0) {
      $0 + Double($1.tv_sec) + Double($1.tv_usec) * 1e-6
    }
  }

  /// The largest resident memory since ``forgetPeak()``, in MB.
  static var peakMegabytes: Int { status("VmHWM:") }

  /// The resident memory, in MB.
  static var residentMegabytes: Int { status("VmRSS:") }

  /// Begins a new peak.
  static func forgetPeak() {
    try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
  }

  private static func status(_ name: String) -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
    return (kibibytes ?? 0) * 1024 / 1_000_000
  }
}
