import ECGCore
import ECGDigitizer
import ECGImaging

extension Digitizer {
  /// Digitizes a photo; with seconds per stage of the processor, which a busy machine does not
  /// stretch, if no other page is read meanwhile.
  func timed(
    _ photo: Raster<PhotoSpace>, byProcessor: Bool
  ) throws(PageError) -> Digitization {
    var run = PageRun()
    var result = try digitize(photo, &run)
    if byProcessor { result.secondsPerStage = run.clock.processorSeconds }
    return result
  }
}
