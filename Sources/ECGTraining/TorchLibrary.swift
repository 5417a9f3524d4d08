import CTorch
import ECGNetworks
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
  /// Where tensors live and are computed: `cpu` or `cuda`.
  public let device: String

  /// Opens the bridge.
  ///
  /// - Parameters:
  ///   - path: the bridge; `nil` for the one named in EINTHOVEN_TORCH or made by setup.
  ///   - device: `cpu` or `cuda`.
  public init(
    path: String? = nil, threads: Int, device: String = "cpu"
  ) throws(TrainingError) {
    self.device = device
    let path = path ?? TorchLibrary.bridge
    var reason = [CChar](repeating: 0, count: 512)
    ein_torch_tune_malloc()
    guard let pointer = ein_torch_open(path, &reason, Int32(reason.count)) else {
      let text = String(
        decoding: reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw TrainingError(
        "libtorch, which computes the training, was not opened (\(text)). Run "
          + "Scripts/setup-training.sh in the package's folder (560 MB), or name the bridge it "
          + "makes in EINTHOVEN_TORCH.")
    }
    table = Table(pointer: pointer)
    pointer.pointee.set_threads(Int32(threads))
    guard pointer.pointee.has_device(device) != 0 else {
      throw TrainingError(
        "This machine's libtorch has no device called \(device). Use the device cpu, or a "
          + "machine with an NVIDIA card and its PyTorch.")
    }
  }

  /// The bridge that EINTHOVEN_TORCH names by its absolute path; else in the `.deps` of the package
  /// that the program was built in, or beside the program.
  private static var bridge: String {
    if let named = LibraryPlaces.named("EINTHOVEN_TORCH") { return named }
    let folders = [LibraryPlaces.ofPackage, LibraryPlaces.ofProgram.path].compactMap { $0 }
    let places = folders.map { $0 + "/libeinthoventorch.so" }
    return places.first { FileManager.default.fileExists(atPath: $0) } ?? places[0]
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
    let reason = text(functions.reason())
    // The processor's allocator and CUDA's say it in their own words.
    if reason.contains("can't allocate memory") || reason.contains("out of memory") {
      throw TrainingError(
        "Memory does not suffice (\(step): \(reason)). Make batch smaller and accumulated larger, "
          + "or keep fewer examples (replayed).")
    }
    throw TrainingError("\(step): \(reason)")
  }

  /// Says how numbers are computed by the operators that gain from fewer bits.
  func setPrecision(_ precision: TrainingSettings.Precision) throws(TrainingError) {
    let mixed =
      switch precision {
      case .single: EIN_MIXED_OFF
      case .bfloat16: EIN_MIXED_BRAIN
      case .half: EIN_MIXED_HALF
      }
    try check(
      functions.set_mixed_precision(device, Int32(mixed.rawValue)),
      "compute in \(precision.rawValue) precision")
  }

  /// Computes without keeping what gradients need.
  func withoutGradients<T>(_ body: () throws(TrainingError) -> T) throws(TrainingError) -> T {
    let before = functions.set_gradients(0)
    defer { _ = functions.set_gradients(before) }
    return try body()
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
