import ECGCore
import Foundation

/// Runs the pages of a plan, several at a time; a bad page never stops the batch.
///
/// A single page is read in this process. The pages of a batch are read in processes of their own.
struct DigitizeRun: Sendable {
  var plan: DigitizePlan
  var log: LogStyle

  /// Reads all pages. Returns for each whether it was digitized, in no particular order.
  func run(_ jobs: [PageJob]) async -> [Bool] {
    let results = await run(jobs) { _, report in report.isSuccess }
    return results + [Bool](repeating: false, count: jobs.count - results.count)
  }

  /// Reads all pages and returns what is kept of each that was begun, in no particular order.
  ///
  /// - Parameter keep: what to remember of a page; a batch may have more pages than memory.
  func run<Kept: Sendable>(
    _ jobs: [PageJob], keep: @escaping @Sendable (PageJob, PageReport) -> Kept
  ) async -> [Kept] {
    let report = RunReport(total: jobs.count, plan: plan, log: log)
    let interrupt = Interrupt()
    let atOnce = min(plan.jobs, jobs.count)
    let pool = jobs.count > 1 ? WorkerPool(plan, processCount: atOnce) : nil
    let results = await withTaskGroup(of: Kept.self) { group in
      var waiting = jobs.makeIterator()
      var results: [Kept] = []
      func startNext() {
        guard !interrupt.wasAsked, let job = waiting.next() else { return }
        group.addTask {
          let outcome = await Self.report(of: job, plan, pool, atOnce)
          await report.finished(job, outcome)
          return keep(job, outcome)
        }
      }
      for _ in 0..<plan.jobs { startNext() }
      while let result = await group.next() {
        results.append(result)
        startNext()
      }
      return results
    }
    pool?.close()
    await report.end(interrupted: interrupt.wasAsked)
    return results
  }

  private static func report(
    of job: PageJob, _ plan: DigitizePlan, _ pool: WorkerPool?, _ atOnce: Int
  ) async -> PageReport {
    // Standard input can be read here only.
    if let pool, job.file != nil { return await pool.report(of: job) }
    return PageWorker(plan: plan, pagesAtOnce: atOnce).report(of: job)
  }
}
