public import ECGCore

/// A colour picture, 8 bits per channel, in a named space.
///
/// Conventions: those of ``ECGCore/PhotoSpace``; `bytes` holds R, G, B per pixel, row by row.
public struct Raster<Space: Sendable>: Hashable, Sendable {
  /// The width, in pixels.
  public let width: Int
  /// The height, in pixels.
  public let height: Int
  /// `3 · width · height` bytes.
  public var bytes: [UInt8]

  /// Creates a raster from `3 · width · height` bytes.
  public init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(width > 0 && height > 0 && bytes.count == 3 * width * height)
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// Creates a raster of one colour.
  public init(width: Int, height: Int, red: UInt8 = 255, green: UInt8 = 255, blue: UInt8 = 255) {
    precondition(width > 0 && height > 0)
    self.width = width
    self.height = height
    self.bytes = [UInt8](unsafeUninitializedCapacity: 3 * width * height) { buffer, count in
      for i in 0..<(width * height) {
        buffer[3 * i] = red
        buffer[3 * i + 1] = green
        buffer[3 * i + 2] = blue
      }
      count = 3 * width * height
    }
  }

  /// Width and height.
  public var size: PixelSize { PixelSize(width: width, height: height) }
}

/// One number per pixel, in a named space: a darkness, a probability, a distance.
///
/// Conventions: those of ``ECGCore/PhotoSpace``; values row by row.
public struct Plane<Space: Sendable>: Hashable, Sendable {
  /// The width, in pixels.
  public let width: Int
  /// The height, in pixels.
  public let height: Int
  /// `width · height` values.
  public var values: [Float]

  /// Creates a plane from `width · height` values.
  public init(width: Int, height: Int, values: [Float]) {
    precondition(width > 0 && height > 0 && values.count == width * height)
    self.width = width
    self.height = height
    self.values = values
  }

  /// Creates a plane of one value.
  public init(width: Int, height: Int, repeating value: Float = 0) {
    self.init(
      width: width, height: height, values: [Float](repeating: value, count: width * height))
  }

  /// The value at column `x`, row `y`.
  @inlinable
  public subscript(x: Int, y: Int) -> Float {
    get { values[y * width + x] }
    set { values[y * width + x] = newValue }
  }

  /// Width and height.
  public var size: PixelSize { PixelSize(width: width, height: height) }
}
