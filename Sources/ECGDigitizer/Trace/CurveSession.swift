import ECGCore
import ECGImaging
package import ECGNetworks
package import Foundation

/// The network that follows curves, ready to run.
package struct CurveSession: Sendable {
  private let session: InferenceSession

  /// Prepares the network of a safetensors file, as ``InferenceSession`` does.
  package init(weights: Data, threads: Int = 2) throws(NetworkError) {
    session = try InferenceSession(CurveNetwork.graph(), weights: weights, threads: threads)
  }

  /// The curve of `row` among everything on the page, and which ink is its own.
  func read(
    _ row: PrintedRow, in map: InkMap, parameters: TraceParameters.Reading
  ) throws(NetworkError) -> (curve: ReadCurve, own: OwnInk) {
    let strip = CurveStrip(around: row, in: map, parameters: parameters)
    let maps = try session.run(
      CurveNetwork.input(strip.ink, width: strip.width), width: strip.width,
      height: CurveNetwork.height)
    let size = maps.width * maps.height
    let decoded = CurveDecoder(parameters).curve(
      logits: Array(maps.values[..<size]), width: maps.width, height: maps.height)
    let own = strip.ownInk(
      maps.values, firstChannel: 1, width: maps.width, height: maps.height, in: map)
    return (strip.onPage(decoded, stride: CurveNetwork.stride), own)
  }
}
