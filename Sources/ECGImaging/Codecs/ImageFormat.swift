/// What a file is by its first bytes. Names and extensions are never trusted.
///
/// > Source of the signatures: the formats' own specifications; ISO/IEC 14496-12
/// > section 4.3 for the `ftyp` brands of HEIF and AVIF.
public enum ImageFormat: String, Hashable, Codable, Sendable, CaseIterable {
  case png = "PNG"
  case jpeg = "JPEG"
  case tiff = "TIFF"
  case webp = "WebP"
  case bmp = "BMP"
  case gif = "GIF"
  case heic = "HEIC"
  case avif = "AVIF"
  case jpeg2000 = "JPEG 2000"
  case jpegXL = "JPEG XL"
  case pdf = "PDF"
  case dicom = "DICOM"
  case svg = "SVG"
  case archive = "ZIP archive or office document"
  case text = "text"

  /// Recognizes the format of a file, or `nil` if it is none that this project knows.
  public init?(sniffing bytes: some Collection<UInt8>) {
    let head = [UInt8](bytes.prefix(512))
    func has(_ text: String, at offset: Int = 0) -> Bool {
      head.dropFirst(offset).starts(with: text.utf8)
    }
    func has(_ signature: [UInt8]) -> Bool { head.starts(with: signature) }

    if has([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
      self = .png
    } else if has([0xFF, 0xD8, 0xFF]) {
      self = .jpeg
    } else if has([0x49, 0x49, 0x2A, 0]) || has([0x4D, 0x4D, 0, 0x2A])
      || has([0x49, 0x49, 0x2B, 0]) || has([0x4D, 0x4D, 0, 0x2B])
    {
      self = .tiff
    } else if has("RIFF") && has("WEBP", at: 8) {
      self = .webp
    } else if has("BM") && head.count >= 26 {
      self = .bmp
    } else if has("GIF87a") || has("GIF89a") {
      self = .gif
    } else if has("ftyp", at: 4), let format = ImageFormat(brand: head.dropFirst(8).prefix(4)) {
      self = format
    } else if has("jP  ", at: 4) || has([0xFF, 0x4F, 0xFF, 0x51]) {
      self = .jpeg2000
    } else if has("JXL ", at: 4) || has([0xFF, 0x0A]) {
      self = .jpegXL
    } else if has("%PDF-") {
      self = .pdf
    } else if has("DICM", at: 128) {
      self = .dicom
    } else if has([0x50, 0x4B, 3, 4]) {
      self = .archive
    } else if !head.isEmpty, head.allSatisfy(ImageFormat.isTextual) {
      self = String(decoding: head, as: UTF8.self).contains("<svg") ? .svg : .text
    } else {
      return nil
    }
  }

  private init?(brand: some Collection<UInt8>) {
    switch String(decoding: brand, as: UTF8.self) {
    case "heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1": self = .heic
    case "avif", "avis": self = .avif
    default: return nil
    }
  }

  private static func isTextual(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7F || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Whether this version reads pages of this format. Further decoders are listed in
  /// `DecodedPhoto.decode(_:as:limits:)`.
  public var isSupported: Bool { self == .png || self == .jpeg }
}
