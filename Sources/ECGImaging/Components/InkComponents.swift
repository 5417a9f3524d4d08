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
    self.init(ink.values.map { $0 >= threshold }, size: ink.size, largest: largest)
  }

  /// Finds the pieces of the pixels marked in `mask`, row by row, that fit into `largest` pixels.
  package init(_ mask: [Bool], size: PixelSize, largest: PixelSize) {
    let (w, h) = (size.width, size.height)
    // Marks of pixels that no piece holds yet.
    var open = mask
    var found: [Component] = []
    var stack: [Int32] = []
    open.withUnsafeMutableBufferPointer { open in
      for start in 0..<(w * h) where open[start] {
        open[start] = false
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
            for u in max(0, x - 1)...min(w - 1, x + 1) where open[v * w + u] {
              open[v * w + u] = false
              stack.append(Int32(v * w + u))
            }
          }
        }
        guard right - left < largest.width && bottom - top < largest.height else { continue }
        found.append(Component(columns: left...right, rows: top...bottom, pixels: pixels))
      }
    }
    components = found
  }
}
