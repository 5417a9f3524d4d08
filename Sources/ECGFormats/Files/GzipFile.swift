internal import CZlib
public import ECGCore
public import Foundation

/// Reads files that may be compressed with gzip.
public enum GzipFile {
  /// The content of `file`, unpacked if it begins as a gzip file does.
  ///
  /// - Parameter limit: the most bytes that are unpacked; a file that promises to be small may not be.
  /// - Throws: `PageError`: `notFound`, `unreadable`, `invalidRecord`, `tooManyBytes`.
  public static func read(_ file: URL, limit: Int = 1 << 30) throws(PageError) -> Data {
    guard FileManager.default.fileExists(atPath: file.path) else {
      throw PageError(.notFound, "The file does not exist.", remedy: "Check its path.")
    }
    let content: Data
    do {
      content = try Data(contentsOf: file)
    } catch {
      throw PageError(.unreadable, "The file cannot be read.", remedy: "Check its permissions.")
    }
    return try unpacked(content, limit: limit)
  }

  /// `data` unpacked if it begins as a gzip file does, else as it is.
  ///
  /// - Throws: `PageError`: `invalidRecord`, `tooManyBytes`.
  public static func unpacked(_ data: Data, limit: Int = 1 << 30) throws(PageError) -> Data {
    guard data.count > 2, data.starts(with: [0x1F, 0x8B]) else { return data }
    var stream = z_stream()
    // 16 asks for gzip's wrapping; 15 is the largest window.
    let version = ZLIB_VERSION
    guard
      inflateInit2_(&stream, 16 + 15, version, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw broken }
    defer { inflateEnd(&stream) }
    var input = [UInt8](data)
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var out = Data()
    var status = Z_OK
    let total = input.count
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(total)
      while status == Z_OK, out.count <= limit {
        let written = chunk.withUnsafeMutableBufferPointer { chunk in
          stream.next_out = chunk.baseAddress
          stream.avail_out = UInt32(chunk.count)
          status = inflate(&stream, Z_NO_FLUSH)
          return chunk.count - Int(stream.avail_out)
        }
        out.append(contentsOf: chunk[..<written])
        // Files may hold several members, one after the other.
        if status == Z_STREAM_END, stream.avail_in > 0 { status = inflateReset(&stream) }
      }
    }
    guard out.count <= limit else {
      throw PageError(
        .tooManyBytes, "The file unpacks to more than \(limit) bytes.", remedy: "Unpack it first.")
    }
    guard status == Z_STREAM_END else { throw broken }
    return out
  }

  private static var broken: PageError {
    PageError(
      .invalidRecord, "The gzip file is damaged or not complete.", remedy: "Copy it again.")
  }
}
