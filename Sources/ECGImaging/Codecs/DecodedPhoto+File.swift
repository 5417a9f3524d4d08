public import ECGCore
public import Foundation

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
    let data: Data
    do {
      let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
      if let size = (attributes[.size] as? NSNumber)?.intValue { try limits.check(byteCount: size) }
      data = try Data(contentsOf: file)
    } catch let error as PageError {
      throw error
    } catch {
      throw PageError(
        .unreadable, "The file cannot be read.", remedy: "Check its permissions and the disk.")
    }
    return data
  }
}
