import ECGImaging

extension Plane {
  /// Those of the columns `first` through `last` that lie on the plane; none where they lie beyond
  /// its edge, or `last` before `first`.
  func columns(_ first: Int, through last: Int) -> Range<Int> {
    (first..<max(first, last + 1)).clamped(to: 0..<width)
  }

  /// Those of the rows `first` through `last` that lie on the plane.
  func rows(_ first: Int, through last: Int) -> Range<Int> {
    (first..<max(first, last + 1)).clamped(to: 0..<height)
  }
}
