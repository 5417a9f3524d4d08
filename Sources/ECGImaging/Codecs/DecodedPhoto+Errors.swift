internal import CImageCodecs
internal import ECGCore
internal import Foundation

// Everything that can be wrong with a file, in words.
extension DecodedPhoto {
  static func format(of data: Data) throws(PageError) -> ImageFormat {
    guard !data.isEmpty else {
      throw PageError(
        .emptyFile, "The file is empty: it holds 0 bytes.",
        remedy: "Copy or export the page again.")
    }
    guard let format = ImageFormat(sniffing: data) else {
      throw PageError(
        .unknownFormat, "The file is not a picture that this program knows.",
        remedy: "Save the page as PNG or JPEG.")
    }
    return format
  }

  static func unsupported(_ format: ImageFormat) -> PageError {
    switch format {
    case .text:
      PageError(
        .unknownFormat, "The file holds text, not a picture.",
        remedy: "Give a PNG or JPEG of the page.")
    case .archive:
      PageError(
        .unsupportedFormat, "The file is a ZIP archive or an office document, not a picture.",
        remedy: "Save the page in it as PNG or JPEG.")
    default:
      PageError(
        .unsupportedFormat,
        "The file is of the format \(format.rawValue), which is not supported yet.",
        remedy: "Save the page as PNG or JPEG.")
    }
  }

  static func failure(_ status: ein_image_status, format: ImageFormat) -> PageError {
    switch status {
    case EIN_IMAGE_TRUNCATED:
      PageError(
        .corruptImage, "The \(format.rawValue) file is cut off: it ends before the picture does.",
        remedy: "Copy or export the page again.")
    case EIN_IMAGE_UNSUPPORTED:
      PageError(
        .unsupportedFormat,
        "The file is a rare kind of \(format.rawValue) (lossless, 12-bit or an unusual colour"
          + " model), which is not supported.",
        remedy: "Save the page as PNG or as an ordinary JPEG.")
    case EIN_IMAGE_OUT_OF_MEMORY:
      PageError(
        .tooManyPixels, "There is not enough memory to decode the picture.",
        remedy: "Scale it down, or run fewer jobs at once with --jobs.")
    default:
      PageError(
        .corruptImage, "The \(format.rawValue) file is damaged: its content breaks the format.",
        remedy: "Copy or export the page again.")
    }
  }
}
