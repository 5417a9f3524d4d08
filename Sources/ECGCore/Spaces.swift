/// Pixels of the photo as decoded, upright by its EXIF orientation; full resolution.
///
/// Conventions: x to the right, y down; whole numbers are pixel *centres*, so the
/// top left pixel covers −0.5 … 0.5 in both directions.
public enum PhotoSpace: Sendable {}

/// Pixels of the flat page: paper upright and straight, grid lines parallel to the axes.
///
/// Conventions: those of ``PhotoSpace``.
public enum PageSpace: Sendable {}

/// A place in pixels of a named space.
public struct Point<Space>: Hashable, Codable, Sendable {
  /// To the right, in pixels; 0 is the centre of the leftmost column.
  public var x: Double
  /// Down, in pixels; 0 is the centre of the top row.
  public var y: Double

  /// Creates a point from its coordinates in pixels.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// The distance to `other` in pixels.
  public func distance(to other: Point) -> Double {
    let (dx, dy) = (x - other.x, y - other.y)
    return (dx * dx + dy * dy).squareRoot()
  }

  /// The sum, coordinate by coordinate.
  public static func + (a: Point, b: Point) -> Point { Point(x: a.x + b.x, y: a.y + b.y) }
  /// The difference, coordinate by coordinate.
  public static func - (a: Point, b: Point) -> Point { Point(x: a.x - b.x, y: a.y - b.y) }
  /// Both coordinates times `factor`.
  public static func * (a: Point, factor: Double) -> Point {
    Point(x: a.x * factor, y: a.y * factor)
  }
}

/// Width and height in pixels.
public struct PixelSize: Hashable, Codable, Sendable {
  /// The width, in pixels.
  public var width: Int
  /// The height, in pixels.
  public var height: Int

  /// Creates a size in pixels.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}
