public import ECGCore

/// Connected pieces of ink: pixels that touch, diagonals included.
public struct InkComponents: Sendable {
  /// One piece.
  public struct Component: Sendable {
    /// Page columns and rows it reaches.
    public var columns: ClosedRange<Int>
    /// The page rows it reaches.
    public var rows: ClosedRange<Int>
    /// Its pixels, as indices `y · width + x` of the plane.
    public var pixels: [Int32]
  }

  /// The pieces, in the order of their first pixels.
  public let components: [Component]

  /// Finds the pieces of all pixels of at least `threshold` that fit into `largest` pixels.
  ///
  /// - Parameter largest: pieces wider or taller than this are left out (and are not kept
  ///   in memory): a trace is one piece as long as the page.
  /// - Complexity: O(pixels).
  public init(_ ink: Plane<PageSpace>, threshold: Float, largest: PixelSize) {
    let (w, h) = (ink.width, ink.height)
    var seen = [Bool](repeating: false, count: w * h)
    var found: [Component] = []
    var stack: [Int32] = []
    ink.values.withUnsafeBufferPointer { values in
      seen.withUnsafeMutableBufferPointer { seen in
        for start in 0..<(w * h) where values[start] >= threshold && !seen[start] {
          seen[start] = true
          stack.append(Int32(start))
          var pixels: [Int32] = []
          var (left, right, top, bottom) = (w, -1, h, -1)
          while let at = stack.popLast() {
            let (x, y) = (Int(at) % w, Int(at) / w)
            (left, right) = (min(left, x), max(right, x))
            (top, bottom) = (min(top, y), max(bottom, y))
            if right - left < largest.width && bottom - top < largest.height {
              pixels.append(at)
            }
            for v in max(0, y - 1)...min(h - 1, y + 1) {
              for u in max(0, x - 1)...min(w - 1, x + 1) {
                let i = v * w + u
                if values[i] >= threshold && !seen[i] {
                  seen[i] = true
                  stack.append(Int32(i))
                }
              }
            }
          }
          guard right - left < largest.width && bottom - top < largest.height else { continue }
          found.append(Component(columns: left...right, rows: top...bottom, pixels: pixels))
        }
      }
    }
    components = found
  }
}
