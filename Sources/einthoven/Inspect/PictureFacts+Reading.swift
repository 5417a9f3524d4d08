import ECGCore
import ECGEvaluation
import ECGFormats
import ECGImaging
import Foundation

extension PictureFacts {
  /// Looks at every picture below `folder`, by path.
  static func all(below folder: URL) -> [PictureFacts] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }
    return (paths ?? []).sorted().filter { path in
      ["png", "jpg", "jpeg"].contains((path as NSString).pathExtension.lowercased())
    }.map { path in
      PictureFacts(
        reading: folder.appendingPathComponent(path),
        id: (path as NSString).lastPathComponent,
        split: (path as NSString).deletingLastPathComponent)
    }
  }

  private init(reading file: URL, id: String, split: String) {
    self.init(id: id, split: split)
    do throws(PageError) {
      let limits = DecodingLimits()
      let bytes = try DecodedPhoto.bytes(of: file, limits: limits)
      let photo = try DecodedPhoto(decoding: bytes, limits: limits)
      width = photo.raster.width
      height = photo.raster.height
      if photo.isPartial { problem = "the picture is not complete" }
      var (sum, squares) = (0.0, 0.0)
      for byte in photo.raster.bytes {
        sum += Double(byte)
        squares += Double(byte) * Double(byte)
      }
      let count = Double(photo.raster.bytes.count)
      brightness = sum / count
      contrast = max(0, squares / count - brightness * brightness).squareRoot()
      contentHash = SHA256.hexDigest(of: Data(photo.raster.bytes))
    } catch {
      problem = error.message
    }
  }
}
