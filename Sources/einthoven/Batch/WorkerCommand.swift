import ArgumentParser
import ECGCommandSupport
import ECGCore
import Foundation
import Glibc

/// The other side of ``WorkerProcess``: reads pages that are asked for on standard input, one JSON
/// object a line, and answers each with one line.
struct WorkerCommand: ParsableCommand {
  static let name = "page-worker"
  static let configuration = CommandConfiguration(
    commandName: name, abstract: "Reads the pages of a batch; started by digitize itself.",
    shouldDisplay: false)

  /// The first line: what all pages have in common.
  struct Opening: Codable {
    var plan: DigitizePlan
    var pagesAtOnce: Int
  }

  func run() throws {
    // Ctrl-C reaches the whole group: the process that asks decides what becomes of pages.
    signal(SIGINT, SIG_IGN)
    Self.endWithWhoAsks()
    guard let opening: Opening = Self.next() else { return }
    let worker = PageWorker(plan: opening.plan, pagesAtOnce: opening.pagesAtOnce)
    while let job: PageJob = Self.next() {
      PlannedFault(for: job)?.happen()
      Console.output.write(try JSONEncoder().encode(worker.report(of: job)) + [0x0A])
    }
  }

  /// Ends this process when the one that asks is gone, whatever page is being read.
  private static func endWithWhoAsks() {
    Thread.detachNewThread {
      var requests = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
      while poll(&requests, 1, -1) <= 0 || requests.revents & Int16(POLLHUP) == 0 {}
      _exit(0)
    }
  }

  private static func next<Message: Decodable>() -> Message? {
    readLine().flatMap { try? JSONDecoder().decode(Message.self, from: Data($0.utf8)) }
  }
}

/// A fault that tests plan: `EINTHOVEN_TEST_FAULTS=crash.png:crash,slow.png:hang,fat.png:memory`.
struct PlannedFault {
  private let kind: String

  init?(for job: PageJob) {
    guard let planned = ProcessInfo.processInfo.environment["EINTHOVEN_TEST_FAULTS"] else {
      return nil
    }
    let name = (job.shownPath as NSString).lastPathComponent
    guard let fault = planned.split(separator: ",").first(where: { $0.hasPrefix(name + ":") })
    else { return nil }
    kind = String(fault.dropFirst(name.count + 1))
  }

  func happen() {
    switch kind {
    case "crash": kill(getpid(), SIGTRAP)
    case "hang": while true { sleep(1) }
    case "memory":
      var held: [[UInt8]] = []
      while true {
        held.append([UInt8](repeating: 1, count: 64 << 20))
        usleep(20_000)
      }
    default: return
    }
  }
}
