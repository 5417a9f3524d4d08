extension Raster: CustomStringConvertible {
  /// The size; never the pixels, which would be megabytes of text and may show a person's name.
  public var description: String { "Raster of \(width) × \(height) pixels" }
}

extension Plane: CustomStringConvertible {
  /// The size; never the values.
  public var description: String { "Plane of \(width) × \(height) pixels" }
}
