import ECGCore
import ECGImaging
import Synchronization
import Testing

@Suite("Threads that share the work of a page")
struct WorkersTests {
  @Test("every piece is done once, and results come in order", arguments: [1, 2, 3, 7])
  func pieces(threads: Int) {
    for pieces in [0, 1, 2, 5, 1000] {
      let squares = Workers(threads).map(pieces) { $0 * $0 }
      #expect(squares == (0..<pieces).map { $0 * $0 }, "\(pieces) pieces")
    }
  }

  @Test("results that own memory are neither lost nor freed twice", arguments: [1, 4])
  func owners(threads: Int) {
    let words = Workers(threads).map(300) { [String](repeating: "piece \($0)", count: 3) }
    #expect(words.enumerated().allSatisfy { $1 == [String](repeating: "piece \($0)", count: 3) })
  }

  @Test("bands cover everything without a gap", arguments: [1, 2, 5])
  func bands(threads: Int) {
    for length in [0, 1, 15, 16, 17, 1001] {
      var seen = [Int](repeating: 0, count: length)
      seen.withUnsafeMutableBufferPointer { seen in
        nonisolated(unsafe) let seen = seen
        Workers(threads).bands(length) { band in for k in band { seen[k] += 1 } }
      }
      #expect(seen.allSatisfy { $0 == 1 }, "\(length)")
    }
  }

  @Test("fewer than one thread is one")
  func none() {
    #expect(Workers(0).count == 1)
    #expect(Workers(-3).map(3) { $0 } == [0, 1, 2])
  }

  @Test("planes and pictures are the same for any number of threads", arguments: [2, 3])
  func kernels(threads: Int) {
    let workers = Workers(threads)
    var bytes: [UInt8] = []
    for k in 0..<(3 * 211 * 97) { bytes.append(UInt8(truncatingIfNeeded: k &* 2_654_435_761 >> 7)) }
    let picture = Raster<PageSpace>(width: 211, height: 97, bytes: bytes)
    #expect(picture.resized(by: 1.7) == picture.resized(by: 1.7, workers: workers))
    let plane = Plane<PageSpace>(
      width: 211, height: 97, values: (0..<(211 * 97)).map { Float(bytes[3 * $0]) })
    #expect(plane.maximaOfBlocks(3) == plane.maximaOfBlocks(3, workers: workers))
    #expect(plane.blockMean(side: 4) == plane.blockMean(side: 4, workers: workers))
    let size = PixelSize(width: 400, height: 201)
    #expect(
      plane.interpolated(by: 0.5, to: size)
        == plane.interpolated(by: 0.5, to: size, workers: workers))
    #expect(LocalContrast(picture).values == LocalContrast(picture, workers: workers).values)
  }

  @Test("pieces that were not begun when the work was cancelled are left out; results are whole")
  func cancelled() {
    var workers = Workers(3)
    let cancellation = Cancellation()
    workers.cancellation = cancellation
    #expect(workers.map(100) { $0 } == Array(0..<100))
    let done = Mutex(0)
    workers.forEach(100) { piece in
      if piece == 10 { cancellation.cancel() }
      done.withLock { $0 += 1 }
    }
    #expect(done.withLock { $0 } < 100)
    #expect(workers.isCancelled && !Workers(2).isCancelled)
    #expect(workers.map(100) { $0 } == Array(0..<100))
  }
}
