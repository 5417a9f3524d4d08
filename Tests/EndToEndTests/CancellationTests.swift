import ECGBundledNetworks
import ECGCore
import ECGDigitizer
import ECGImaging
import ECGSynthesis
import Foundation
import Testing

@Suite("A page that is not wanted any more")
struct CancellationTests {
  @Test("ends soon after its task was cancelled, whatever stage it is in", arguments: 1...6)
  func cancelled(step: Int) async throws {
    let photo = try DecodedPhoto(decoding: ExamplePage.scan.make().file)
    var digitizer = Digitizer(threads: 2)
    _ = try digitizer.digitize(photo)  // Networks are ready then.
    let stages: [Stage] = [.rectify, .text, .classify, .follow, .locate, .trace]
    let (begun, entered) = AsyncStream.makeStream(of: Void.self)
    let stage = stages[step - 1]
    digitizer.progress = { if $0 == stage { entered.yield() } }
    let reader = digitizer
    let task = Task.detached { () -> (PageError.Code?, ContinuousClock.Instant) in
      do throws(PageError) {
        _ = try reader.digitize(photo)
        return (nil, .now)
      } catch {
        return (error.code, .now)
      }
    }
    for await _ in begun { break }
    let asked = ContinuousClock.now
    task.cancel()
    let (code, ended) = await task.value
    #expect(code == .cancelled)
    // 0.2 s on a machine that has nothing else to do.
    #expect(asked.duration(to: ended) < .seconds(1), "\(stage): \(asked.duration(to: ended))")
    print("cancelled in \(stage): ended \(asked.duration(to: ended)) later")
  }
}
