import CTorch
import Foundation
import Synchronization

/// libtorch, opened at run time through a bridge that `Scripts/setup-training.sh` compiles.
public final class TorchLibrary: Sendable {
  private struct Table: @unchecked Sendable {
    let pointer: UnsafePointer<ein_torch>
  }

  private struct Operators: @unchecked Sendable {
    var known: [String: OpaquePointer] = [:]
  }

  private let table: Table
  private let operators = Mutex(Operators())

  /// Opens the bridge at `path`.
  public init(path: String = ".deps/libeinthoventorch.so", threads: Int) throws(TrainingError) {
    var reason = [CChar](repeating: 0, count: 512)
    ein_torch_tune_malloc()
    guard let pointer = ein_torch_open(path, &reason, Int32(reason.count)) else {
      let text = String(
        decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw TrainingError(
        "libtorch was not opened (\(text)). Run Scripts/setup-training.sh first.")
    }
    table = Table(pointer: pointer)
    pointer.pointee.set_threads(Int32(threads))
  }

  /// The library's functions.
  var functions: ein_torch { table.pointer.pointee }

  /// The version of libtorch.
  public var version: String { text(functions.version()) }

  private func text(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? "no reason given"
  }

  /// Throws the library's own reason if `status` is not 0.
  func check(_ status: Int32, _ step: String) throws(TrainingError) {
    guard status != 0 else { return }
    throw TrainingError("\(step): \(text(functions.reason()))")
  }

  /// Turns bfloat16 on the CPU on or off for the operators that gain from it.
  func setMixedPrecision(_ isOn: Bool) throws(TrainingError) {
    try check(functions.set_mixed_precision("cpu", isOn ? 1 : 0), "mixed precision")
  }

  /// An operator by its name and overload, such as `aten::add.Tensor`.
  func find(_ name: String) throws(TrainingError) -> OpaquePointer {
    if let known = operators.withLock({ $0.known[name].map(SendablePointer.init) }) {
      return known.pointer
    }
    let parts = name.split(separator: ".", maxSplits: 1)
    let overload = parts.count > 1 ? String(parts[1]) : ""
    guard let found = functions.find(String(parts[0]), overload) else {
      throw TrainingError("\(name): \(text(functions.reason()))")
    }
    let sendable = SendablePointer(pointer: found)
    operators.withLock { $0.known[name] = sendable.pointer }
    return found
  }

  private struct SendablePointer: @unchecked Sendable {
    let pointer: OpaquePointer
  }
}
