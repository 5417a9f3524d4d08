public import Foundation

extension NetworkWeights {
  /// How numbers are stored.
  public enum Precision: String, Sendable {
    case single = "F32"
    case half = "F16"

    /// Bytes of a number.
    fileprivate var width: Int { self == .single ? 4 : 2 }
  }

  private struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  /// The weights as a safetensors file: a header in JSON, then the numbers, little-endian.
  ///
  /// - Parameter metadata: text for the header.
  ///
  /// > Source: the format's own description, github.com/huggingface/safetensors.
  public func safetensors(_ precision: Precision, metadata: [String: String] = [:]) -> Data {
    var entries: [String: Any] = metadata.isEmpty ? [:] : ["__metadata__": metadata]
    var numbers = Data()
    for name in names {
      guard let tensor = self[name] else { continue }
      let start = numbers.count
      switch precision {
      case .single:
        tensor.values.map(\.bitPattern.littleEndian).withUnsafeBytes {
          numbers.append(contentsOf: $0)
        }
      case .half:
        tensor.values.map { Float16($0).bitPattern.littleEndian }
          .withUnsafeBytes { numbers.append(contentsOf: $0) }
      }
      entries[name] =
        [
          "dtype": precision.rawValue, "shape": tensor.shape,
          "data_offsets": [start, numbers.count],
        ] as [String: Any]
    }
    let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
    var header =
      (try? JSONSerialization.data(withJSONObject: entries, options: options)) ?? Data("{}".utf8)
    while header.count % 8 != 0 { header.append(0x20) }
    var file = Data()
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { file.append(contentsOf: $0) }
    return file + header + numbers
  }

  /// Reads a safetensors file with numbers of single or half precision.
  public init(safetensors file: Data) throws(NetworkError) {
    self.init()
    var (object, start) = try NetworkWeights.header(ofSafetensors: file)
    object["__metadata__"] = nil
    guard let json = try? JSONSerialization.data(withJSONObject: object),
      let entries = try? JSONDecoder().decode([String: Entry].self, from: json)
    else { throw NetworkWeights.damaged("the header is not understood") }
    let bytes = [UInt8](file)
    for (name, entry) in entries {
      guard let precision = Precision(rawValue: entry.dtype) else {
        throw NetworkWeights.damaged("\(name) has the type \(entry.dtype)")
      }
      let count = entry.shape.reduce(1) { $0 &* $1 }
      guard entry.shape.allSatisfy({ $0 >= 0 }), entry.data_offsets.count == 2,
        entry.data_offsets[0] >= 0, count >= 0, count <= bytes.count,
        entry.data_offsets[1] - entry.data_offsets[0] == precision.width * count,
        entry.data_offsets[1] <= bytes.count - start
      else { throw NetworkWeights.damaged("\(name) does not lie in the file") }
      let first = start + entry.data_offsets[0]
      let values = bytes.withUnsafeBytes { raw in
        (0..<count).map { k -> Float in
          let at = first + precision.width * k
          switch precision {
          case .single:
            let bits = raw.loadUnaligned(fromByteOffset: at, as: UInt32.self)
            return Float(bitPattern: UInt32(littleEndian: bits))
          case .half:
            let bits = raw.loadUnaligned(fromByteOffset: at, as: UInt16.self)
            return Float(Float16(bitPattern: UInt16(littleEndian: bits)))
          }
        }
      }
      self[name] = Tensor(shape: entry.shape, values: values)
    }
  }

  /// The text in the header of a safetensors file.
  public static func metadata(ofSafetensors file: Data) throws(NetworkError) -> [String: String] {
    try header(ofSafetensors: file).object["__metadata__"] as? [String: String] ?? [:]
  }

  /// The header and where the numbers start.
  private static func header(
    ofSafetensors file: Data
  ) throws(NetworkError) -> (object: [String: Any], start: Int) {
    guard file.count > 8 else { throw damaged("the file is too short") }
    let length = file.prefix(8).enumerated().reduce(UInt64(0)) {
      $0 | UInt64($1.element) << UInt64(8 * $1.offset)
    }
    guard length <= UInt64(file.count - 8) else { throw damaged("the header is cut off") }
    guard
      let object = try? JSONSerialization.jsonObject(with: file.dropFirst(8).prefix(Int(length)))
        as? [String: Any]
    else { throw damaged("the header is not JSON") }
    return (object, 8 + Int(length))
  }

  private static func damaged(_ what: String) -> NetworkError {
    NetworkError(.badWeights, "The weights cannot be read: \(what).")
  }
}
