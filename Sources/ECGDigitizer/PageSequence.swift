public import ECGCore
public import ECGImaging
public import Foundation

/// The results of many pages, in the order of their files, with bounded memory.
///
/// ```swift
/// for await page in digitizer.pages(of: files) {
///   switch page.result {
///   case .success(let ecg): print(page.file.lastPathComponent, ecg.recording.channels)
///   case .failure(let error): print(page.file.lastPathComponent, error)
///   }
/// }
/// ```
///
/// At most as many pages as are read at once are begun before they are asked for, so that no more
/// results than that are held. When the task that asks is cancelled, pages that are being read end
/// with `PageError.cancelled`, and no other is begun.
public struct PageSequence: AsyncSequence, Sendable {
  /// One page's file and what became of it.
  public struct Element: Sendable {
    /// The file, as it was given.
    public var file: URL
    /// What was read, or why it could not be.
    public var result: Result<Digitization, PageError>
  }

  let digitizer: Digitizer
  let files: [URL]
  let limits: DecodingLimits
  let atOnce: Int

  /// Begins to read.
  public func makeAsyncIterator() -> Iterator { Iterator(self) }

  /// Reads ahead of who asks.
  public final class Iterator: AsyncIteratorProtocol {
    private let pages: PageSequence
    private var next = 0
    private var underway: [Task<Element, Never>] = []

    init(_ pages: PageSequence) { self.pages = pages }

    deinit { for task in underway { task.cancel() } }

    /// The next page; `nil` behind the last one, or when the task was cancelled.
    public func next() async -> Element? {
      while !Task.isCancelled, underway.count < pages.atOnce, next < pages.files.count {
        underway.append(pages.begun(next))
        next += 1
      }
      guard !underway.isEmpty else { return nil }
      let tasks = underway
      let first = underway.removeFirst()
      return await withTaskCancellationHandler {
        await first.value
      } onCancel: {
        for task in tasks { task.cancel() }
      }
    }
  }

  private func begun(_ k: Int) -> Task<Element, Never> {
    let (digitizer, file, limits) = (digitizer, files[k], limits)
    return Task {
      let result = await digitizer.reading { digitizer throws(PageError) in
        try digitizer.digitize(contentsOf: file, limits: limits)
      }
      return Element(file: file, result: result)
    }
  }
}

extension Digitizer {
  /// Digitizes many files, some at a time.
  ///
  /// - Parameters:
  ///   - atOnce: the most pages that are read at the same time.
  ///   - limits: how large each file and its picture may be.
  public func pages(
    of files: [URL], atOnce: Int = 2, limits: DecodingLimits = DecodingLimits()
  ) -> PageSequence {
    PageSequence(digitizer: self, files: files, limits: limits, atOnce: max(1, atOnce))
  }

  /// Reads on a thread of its own, since a page takes a while and the threads of Swift's concurrency
  /// are few; cancelling the task cancels the page.
  func reading(
    _ work: @escaping @Sendable (Digitizer) throws(PageError) -> Digitization
  ) async -> Result<Digitization, PageError> {
    let cancellation = Cancellation()
    let digitizer = cancelled(by: cancellation)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        Thread.detachNewThread {
          continuation.resume(
            returning: Result { () throws(PageError) in try work(digitizer) })
        }
      }
    } onCancel: {
      cancellation.cancel()
    }
  }
}
