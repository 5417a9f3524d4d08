import ECGCore
import Foundation
import Synchronization

/// Processes that share the pages of a batch, so that a page that crashes costs one page.
final class WorkerPool: Sendable {
  private let plan: DigitizePlan
  private let processCount: Int
  private struct Idle: ~Copyable {
    // Used by the thread that took it out only.
    nonisolated(unsafe) var processes: [WorkerProcess] = []
  }
  private let idle = Mutex(Idle())

  /// - Parameter processCount: how many pages are read at the same time.
  init(_ plan: DigitizePlan, processCount: Int) {
    self.plan = plan
    self.processCount = processCount
  }

  /// Has one page read; a page that takes its process along is tried once more in a new one.
  func report(of job: PageJob) async -> PageReport {
    await withCheckedContinuation { continuation in
      // Waiting for a process would hold a thread of the concurrency pool.
      Thread.detachNewThread { continuation.resume(returning: self.read(job)) }
    }
  }

  /// Ends the processes that have no page.
  func close() {
    let processes = idle.withLock { idle in
      defer { idle.processes = [] }
      return idle.processes
    }
    for process in processes { process.close() }
  }

  private func read(_ job: PageJob) -> PageReport {
    var loss: WorkerProcess.Loss?
    for _ in 0..<2 {
      do throws(WorkerProcess.Loss) {
        let process = try take()
        let report = try process.report(of: job, bounds: plan.bounds)
        idle.withLock { $0.processes.append(process) }
        return report
      } catch {
        loss = error
        // Time and memory do not get better by trying again.
        if case .died = error { continue }
        break
      }
    }
    return PageReport(failed: (loss ?? .couldNotStart).pageError(plan.bounds))
  }

  private func take() throws(WorkerProcess.Loss) -> WorkerProcess {
    if let process = idle.withLock({ $0.processes.popLast() }) { return process }
    return try WorkerProcess(plan, pagesAtOnce: processCount)
  }
}

extension WorkerProcess.Loss {
  /// The failure of the page that was being read.
  fileprivate func pageError(_ bounds: PageBounds) -> PageError {
    switch self {
    case .died(let status):
      PageError(
        .internalError,
        "The program broke on this page, twice (signal \(status)); the other pages are not "
          + "concerned.",
        remedy: "Leave the page out, and report the defect with the page if it may be shown: "
          + "`einthoven --help` says where.")
    case .tookTooLong:
      PageError(
        .tookTooLong, "The page took longer than \(Int(bounds.seconds)) s and was given up.",
        remedy: "Scale it down, or allow more with --max-seconds.")
    case .tookTooMuchMemory:
      PageError(
        .tookTooMuchMemory,
        "The page took more than \(bounds.bytes / 1_048_576) MiB of memory and was given up.",
        remedy: "Scale it down, or allow larger pictures with --max-megapixels.")
    case .couldNotStart:
      PageError(
        .internalError, "The process that reads pages could not be started.",
        remedy: "Check the limits on processes and memory of this machine.")
    }
  }
}
