import ECGCore
import Foundation

/// Runs the pages of a plan, several at a time; a bad page never stops the batch.
struct DigitizeRun: Sendable {
  var plan: DigitizePlan
  var log: LogStyle

  /// Reads all pages. Returns for each whether it was digitized, in no particular order.
  func run(_ jobs: [PageJob]) async -> [Bool] {
    let results = await run(jobs) { _, outcome in outcome.isSuccess }
    return results + [Bool](repeating: false, count: jobs.count - results.count)
  }

  /// Reads all pages and returns what is kept of each that was begun, in no particular order.
  ///
  /// - Parameter keep: what to remember of a page; a batch may have more pages than memory.
  func run<Kept: Sendable>(
    _ jobs: [PageJob], keep: @escaping @Sendable (PageJob, PageOutcome) -> Kept
  ) async -> [Kept] {
    let report = RunReport(total: jobs.count, plan: plan, log: log)
    let interrupt = Interrupt()
    let worker = PageWorker(plan: plan, pagesAtOnce: min(plan.jobs, jobs.count))
    return await withTaskGroup(of: Kept.self) { group in
      var waiting = jobs.makeIterator()
      var results: [Kept] = []
      func startNext() {
        guard !interrupt.wasAsked, let job = waiting.next() else { return }
        group.addTask {
          let outcome = worker.outcome(of: job)
          await report.finished(job, outcome)
          return keep(job, outcome)
        }
      }
      for _ in 0..<plan.jobs { startNext() }
      while let result = await group.next() {
        results.append(result)
        startNext()
      }
      await report.end(interrupted: interrupt.wasAsked)
      return results
    }
  }
}

/// Ctrl-C once: pages that are being read are finished, no new one is begun.
final class Interrupt: @unchecked Sendable {
  private let lock = NSLock()
  private var asked = false
  private let source: any DispatchSourceSignal

  init() {
    signal(SIGINT, SIG_IGN)
    source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { [weak self] in self?.ask() }
    source.resume()
  }

  private func ask() {
    lock.withLock {
      // At once: pages are being read, and what they use must not be taken down.
      if asked { _exit(130) }
      asked = true
    }
  }

  /// Whether the person asked to stop.
  var wasAsked: Bool { lock.withLock { asked } }
}
