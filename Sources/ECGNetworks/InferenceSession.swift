import COpenVINO
import Foundation
import Synchronization

/// A network ready to run on the CPU.
///
/// One compiled model for all pages; calls from several threads wait for each other, so that
/// memory is bounded by one run.
public final class InferenceSession: Sendable {
  /// How numbers are computed.
  public enum Precision: String, Sendable {
    case single = "f32"
    /// Brain floating point, where the processor has it: half the time, a hundredth of error.
    case brain = "bf16"
  }

  private struct Handle: @unchecked Sendable {
    let session: OpaquePointer
  }

  private let handle: Mutex<Handle>
  /// Channels of the input.
  public let channels: Int

  /// Compiles `graph` with `weights`.
  ///
  /// - Parameter calibration: makes the convolutions it knows compute with whole numbers of eight
  ///   bits, the rest in `precision`: faster, and less exact. Measure before it is used.
  public init(
    _ graph: NetworkGraph, weights: NetworkWeights, threads: Int = 1,
    precision: Precision = .single, calibration: IntegerCalibration? = nil,
    runtime: InferenceRuntime
  ) throws(NetworkError) {
    let model = try graph.onnx(with: weights, calibration: calibration)
    var reason = [CChar](repeating: 0, count: 512)
    let session = model.withUnsafeBytes { bytes in
      ein_ov_open(
        bytes.baseAddress, bytes.count, Int32(threads), precision.rawValue, nil, &reason,
        reason.count)
    }
    guard let session else {
      throw NetworkError(.cannotRun, "The network cannot be prepared: \(text(reason)).")
    }
    handle = Mutex(Handle(session: session))
    channels = graph.nodes[0].channels
  }

  deinit { handle.withLock { ein_ov_close($0.session) } }

  /// A result: values channel by channel, row by row.
  public struct Output: Sendable {
    /// The number of channels.
    public var channels: Int
    /// The height, in pixels.
    public var height: Int
    /// The width, in pixels.
    public var width: Int
    /// The numbers, row by row.
    public var values: [Float]
  }

  /// Runs the network on one picture: `channels · height · width` values.
  public func run(_ input: [Float], width: Int, height: Int) throws(NetworkError) -> Output {
    try run(batch: input, count: 1, width: width, height: height)
  }

  /// Runs the network on several pictures of one size at once, one after another in `batch`.
  ///
  /// - Returns: their results, one after another: `count · channels · height · width` values.
  public func run(
    batch input: [Float], count: Int, width: Int, height: Int
  ) throws(NetworkError) -> Output {
    precondition(input.count == count * channels * width * height, "The picture has another size")
    let result = handle.withLock { handle -> Result<Output, NetworkError> in
      var reason = [CChar](repeating: 0, count: 512)
      var output: UnsafePointer<Float>?
      var dimensions = [Int64](repeating: 0, count: 4)
      let shape = [Int64(count), Int64(channels), Int64(height), Int64(width)]
      let status = ein_ov_run(
        handle.session, input, shape, &output, &dimensions, &reason, reason.count)
      guard status == 0, let output else {
        return .failure(NetworkError(.cannotRun, "The network did not run: \(text(reason))."))
      }
      let sizes = dimensions.map(Int.init)
      let values = [Float](
        UnsafeBufferPointer(start: output, count: sizes.reduce(1, *)))
      return .success(
        Output(channels: sizes[1], height: sizes[2], width: sizes[3], values: values))
    }
    return try result.get()
  }
}

/// The text of a C string in a buffer.
func text(_ buffer: [CChar]) -> String {
  String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
