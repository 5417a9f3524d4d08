extension Plane {
  /// The largest value of each `factor` × `factor` block.
  ///
  /// Conventions: block (x, y) covers pixels `factor · x ..< factor · (x + 1)`; incomplete
  /// blocks at the right and lower border are dropped.
  public func maximaOfBlocks(_ factor: Int, workers: Workers = .one) -> Plane {
    let (w, h) = (Swift.max(width / factor, 1), Swift.max(height / factor, 1))
    var out = Plane(width: w, height: h, repeating: -.infinity)
    values.withUnsafeBufferPointer { values in
      out.values.withUnsafeMutableBufferPointer { out in
        workers.bands(h) { band in
          for y in band {
            let row = UnsafeMutableBufferPointer(rebasing: out[(y * w)..<((y + 1) * w)])
            for v in (y * factor)..<Swift.min((y + 1) * factor, height) {
              for offset in 0..<factor {
                var from = v &* width &+ offset
                for x in 0..<w where x &* factor &+ offset < width {
                  row[x] = Swift.max(row[x], values[from])
                  from = from &+ factor
                }
              }
            }
          }
        }
      }
    }
    return out
  }
}
