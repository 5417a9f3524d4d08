import ECGCore
import Foundation
import Glibc
import Synchronization

/// How long and how much memory one page may take.
struct PageBounds: Codable, Sendable {
  var seconds: Double
  /// Resident bytes of the process that reads the page.
  var bytes: Int
}

/// A process of the same program that reads pages, one after the other.
///
/// It stays warm between pages. When it dies, or a page takes more than it may, that page alone is
/// lost: a new process is started for the next.
final class WorkerProcess {
  /// How a process was lost on a page.
  enum Loss: Error {
    case died(status: Int32)
    case tookTooLong
    case tookTooMuchMemory
    case couldNotStart
  }

  private let process = Process()
  private let requests = Pipe()
  private let answers = Pipe()
  private var received = Data()
  /// The processes that live. One is started at a time, so that none inherits another's ends of
  /// pipes.
  private static let living = Mutex<Set<pid_t>>([])

  /// - Parameter plan: what all pages have in common.
  init(_ plan: DigitizePlan, pagesAtOnce: Int) throws(Loss) {
    process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    process.arguments = [WorkerCommand.name]
    process.standardInput = requests
    process.standardOutput = answers
    // What a crash prints is for developers: EINTHOVEN_WORKER_LOG=1 shows it.
    var environment = ProcessInfo.processInfo.environment
    if environment["EINTHOVEN_WORKER_LOG"] == nil {
      process.standardError = FileHandle.nullDevice
      environment["SWIFT_BACKTRACE"] = "enable=no"
    }
    process.environment = environment
    let isStarted = WorkerProcess.living.withLock { living in
      guard (try? process.run()) != nil else { return false }
      living.insert(process.processIdentifier)
      return true
    }
    guard isStarted else { throw .couldNotStart }
    do {
      try send(WorkerCommand.Opening(plan: plan, pagesAtOnce: pagesAtOnce))
    } catch {
      stop()
      throw .couldNotStart
    }
  }

  /// Has one page read.
  func report(of job: PageJob, bounds: PageBounds) throws(Loss) -> PageReport {
    let start = ContinuousClock.now
    do { try send(job) } catch { throw lost() }
    while true {
      if let line = nextLine() {
        guard let report = try? JSONDecoder().decode(PageReport.self, from: line) else {
          throw lost()
        }
        return report
      }
      var waiting = pollfd(
        fd: answers.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, 100) > 0 {
        let more = answers.fileHandleForReading.availableData
        guard !more.isEmpty else { throw lost() }
        received += more
        continue
      }
      if start.duration(to: .now) > .seconds(bounds.seconds) {
        stop()
        throw .tookTooLong
      }
      if residentBytes > bounds.bytes {
        stop()
        throw .tookTooMuchMemory
      }
    }
  }

  /// Ends the process, at once.
  func stop() {
    kill(process.processIdentifier, SIGKILL)
    ended()
  }

  /// Ends all processes, at once: for who ends the program.
  static func stopAll() {
    living.withLock { for process in $0 { kill(process, SIGKILL) } }
  }

  private func ended() {
    process.waitUntilExit()
    _ = WorkerProcess.living.withLock { $0.remove(process.processIdentifier) }
  }

  /// Lets the process end by itself: it has no page.
  func close() {
    try? requests.fileHandleForWriting.close()
    ended()
  }

  private func lost() -> Loss {
    stop()
    return .died(status: process.terminationStatus)
  }

  private func send(_ message: some Encodable) throws {
    try requests.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(message) + [0x0A])
  }

  private func nextLine() -> Data? {
    guard let end = received.firstIndex(of: 0x0A) else { return nil }
    defer { received = Data(received[(end + 1)...]) }
    return received[..<end]
  }

  private var residentBytes: Int {
    let file = "/proc/\(process.processIdentifier)/statm"
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else { return 0 }
    let fields = text.split(separator: " ")
    return (fields.count > 1 ? Int(fields[1]) ?? 0 : 0) * Int(getpagesize())
  }
}
