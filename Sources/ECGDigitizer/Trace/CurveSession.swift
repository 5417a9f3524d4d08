import ECGCore
import ECGImaging
package import ECGNetworks
package import Foundation

/// The network that follows curves, ready to run.
package struct CurveSession: Sendable {
  private let session: InferenceSession

  /// Prepares the network.
  ///
  /// - Parameter weights: a safetensors file.
  /// - Throws: `NetworkError` if the inference library is missing or the weights are not this
  ///   network's; its message says what to do.
  package init(weights: Data, threads: Int = 2) throws(NetworkError) {
    session = try InferenceSession(
      CurveNetwork.graph(), weights: NetworkWeights(safetensors: weights), threads: threads,
      precision: .brain, runtime: InferenceRuntime.shared())
  }

  /// The curve of `row` among everything on the page.
  func curve(of row: PrintedRow, in map: InkMap) throws(NetworkError) -> ReadCurve {
    let strip = CurveStrip(around: row, in: map)
    let maps = try session.run(
      CurveNetwork.input(strip.ink, width: strip.width), width: strip.width,
      height: CurveNetwork.height)
    let size = maps.width * maps.height
    let decoded = CurveDecoder().curve(
      logits: Array(maps.values[..<size]), width: maps.width, height: maps.height)
    var curve = strip.onPage(decoded, stride: CurveNetwork.stride)
    curve.own = strip.ownInk(
      maps.values, channels: 1..<maps.channels, width: maps.width, height: maps.height, in: map)
    return curve
  }
}
