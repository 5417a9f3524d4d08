extension Plane {
  /// The largest value of each `factor` × `factor` block.
  ///
  /// Conventions: block (x, y) covers pixels `factor · x ..< factor · (x + 1)`; incomplete
  /// blocks at the right and lower border are dropped.
  public func maximaOfBlocks(_ factor: Int) -> Plane {
    let (w, h) = (Swift.max(width / factor, 1), Swift.max(height / factor, 1))
    var out = Plane(width: w, height: h, repeating: -.infinity)
    values.withUnsafeBufferPointer { values in
      out.values.withUnsafeMutableBufferPointer { out in
        for y in 0..<Swift.min(h * factor, height) {
          for x in 0..<Swift.min(w * factor, width) {
            let i = (y / factor) * w + x / factor
            out[i] = Swift.max(out[i], values[y * width + x])
          }
        }
      }
    }
    return out
  }
}
