public import Foundation

extension NetworkWeights {
  /// How numbers are stored.
  public enum Precision: String, Sendable {
    case single = "F32"
    case half = "F16"
  }

  private struct Entry: Codable {
    var dtype: String
    var shape: [Int]
    var data_offsets: [Int]
  }

  /// The weights as a safetensors file: a header in JSON, then the numbers, little-endian.
  ///
  /// > Source: the format's own description, github.com/huggingface/safetensors.
  public func safetensors(_ precision: Precision) -> Data {
    var entries: [String: Entry] = [:]
    var numbers = Data()
    for name in names {
      guard let tensor = self[name] else { continue }
      let start = numbers.count
      for value in tensor.values {
        switch precision {
        case .single:
          withUnsafeBytes(of: value.bitPattern.littleEndian) { numbers.append(contentsOf: $0) }
        case .half:
          withUnsafeBytes(of: Float16(value).bitPattern.littleEndian) {
            numbers.append(contentsOf: $0)
          }
        }
      }
      entries[name] = Entry(
        dtype: precision.rawValue, shape: tensor.shape, data_offsets: [start, numbers.count])
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    var header = (try? encoder.encode(entries)) ?? Data("{}".utf8)
    while header.count % 8 != 0 { header.append(0x20) }
    var file = Data()
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { file.append(contentsOf: $0) }
    return file + header + numbers
  }

  /// Reads a safetensors file with numbers of single or half precision.
  public init(safetensors file: Data) throws(NetworkError) {
    func damaged(_ what: String) -> NetworkError {
      NetworkError(.badWeights, "The weights cannot be read: \(what).")
    }
    self.init()
    let bytes = [UInt8](file)
    guard bytes.count > 8 else { throw damaged("the file is too short") }
    let length = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
    guard length <= UInt64(bytes.count - 8) else { throw damaged("the header is cut off") }
    let start = 8 + Int(length)
    guard
      var object = try? JSONSerialization.jsonObject(with: file.dropFirst(8).prefix(Int(length)))
        as? [String: Any]
    else { throw damaged("the header is not JSON") }
    object["__metadata__"] = nil
    guard let json = try? JSONSerialization.data(withJSONObject: object),
      let entries = try? JSONDecoder().decode([String: Entry].self, from: json)
    else { throw damaged("the header is not understood") }
    for (name, entry) in entries {
      guard let precision = Precision(rawValue: entry.dtype) else {
        throw damaged("\(name) has the type \(entry.dtype)")
      }
      let width = precision == .single ? 4 : 2
      let count = entry.shape.reduce(1) { $0 &* $1 }
      guard entry.shape.allSatisfy({ $0 >= 0 }), entry.data_offsets.count == 2,
        entry.data_offsets[0] >= 0, count >= 0, count <= bytes.count,
        entry.data_offsets[1] - entry.data_offsets[0] == width * count,
        entry.data_offsets[1] <= bytes.count - start
      else { throw damaged("\(name) does not lie in the file") }
      let first = start + entry.data_offsets[0]
      let values = (0..<count).map { k -> Float in
        let i = first + width * k
        let low = UInt16(bytes[i]) | UInt16(bytes[i + 1]) << 8
        if precision == .half { return Float(Float16(bitPattern: low)) }
        let high = UInt16(bytes[i + 2]) | UInt16(bytes[i + 3]) << 8
        return Float(bitPattern: UInt32(low) | UInt32(high) << 16)
      }
      self[name] = Tensor(shape: entry.shape, values: values)
    }
  }
}
