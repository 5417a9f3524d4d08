public import ECGCore
public import Foundation
internal import Glibc

extension DecodedPhoto {
  /// Reads a picture file; its size is checked before it is read.
  ///
  /// - Throws: ``ECGCore/PageError``. Messages do not repeat the path: the caller knows it.
  public init(contentsOf file: URL, limits: DecodingLimits = DecodingLimits()) throws(PageError) {
    try self.init(decoding: DecodedPhoto.bytes(of: file, limits: limits), limits: limits)
  }

  /// The bytes of a page's file; its size is checked before it is read.
  ///
  /// - Throws: `PageError.notFound`, `unreadable`, `tooManyBytes`.
  public static func bytes(
    of file: URL, limits: DecodingLimits = DecodingLimits()
  ) throws(PageError) -> Data {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isDirectory) else {
      throw PageError(.notFound, "There is no such file.", remedy: "Check the path.")
    }
    guard !isDirectory.boolValue else {
      throw PageError(.unreadable, "This is a folder, not a file.", remedy: "Give its files.")
    }
    do {
      let handle = try FileHandle(forReadingFrom: file)
      defer { try? handle.close() }
      var status = stat()
      if fstat(handle.fileDescriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
        try limits.check(byteCount: Int(status.st_size))
      }
      // A pipe or a device tells no size: it is read up to the limit.
      return try bytes(of: handle, limits: limits)
    } catch let error as PageError {
      throw error
    } catch {
      throw PageError(
        .unreadable, "The file cannot be read.", remedy: "Check its permissions and the disk.")
    }
  }

  /// The bytes of a page from a pipe, such as standard input; never more than the limit is held.
  ///
  /// - Throws: `PageError.unreadable`, `tooManyBytes`.
  public static func bytes(
    of stream: FileHandle, limits: DecodingLimits = DecodingLimits()
  ) throws(PageError) -> Data {
    var data = Data()
    do {
      while let piece = try stream.read(upToCount: 1 << 20), !piece.isEmpty {
        data += piece
        try limits.check(byteCount: data.count)
      }
    } catch let error as PageError {
      throw error
    } catch {
      throw PageError(
        .unreadable, "The stream cannot be read.", remedy: "Check where it comes from.")
    }
    return data
  }
}
