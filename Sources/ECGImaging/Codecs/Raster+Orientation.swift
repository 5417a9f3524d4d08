extension Raster {
  /// The picture turned and mirrored as EXIF orientation 1…8 demands.
  ///
  /// Conventions: 1 is upright; 2 mirrored left to right; 3 turned by 180°; 4 mirrored top to
  /// bottom; 5 transposed; 6 to be turned 90° clockwise; 7 transposed along the other diagonal;
  /// 8 to be turned 90° counter-clockwise. Any other value means 1.
  ///
  /// > Source: Exif 2.32, tag 0x0112 Orientation.
  public func oriented(byEXIF orientation: Int) -> Raster {
    // The stored column and row of output pixel (x, y) are a swap and two reversals away.
    switch orientation {
    case 2: remapped(swapsAxes: false, reversesColumns: true, reversesRows: false)
    case 3: remapped(swapsAxes: false, reversesColumns: true, reversesRows: true)
    case 4: remapped(swapsAxes: false, reversesColumns: false, reversesRows: true)
    case 5: remapped(swapsAxes: true, reversesColumns: false, reversesRows: false)
    case 6: remapped(swapsAxes: true, reversesColumns: false, reversesRows: true)
    case 7: remapped(swapsAxes: true, reversesColumns: true, reversesRows: true)
    case 8: remapped(swapsAxes: true, reversesColumns: true, reversesRows: false)
    default: self
    }
  }

  /// The picture turned clockwise by `turns` quarter turns; negative ones turn back.
  public func turned(quarterTurns turns: Int) -> Raster {
    switch ((turns % 4) + 4) % 4 {
    case 1: oriented(byEXIF: 6)
    case 2: oriented(byEXIF: 3)
    case 3: oriented(byEXIF: 8)
    default: self
    }
  }

  /// The picture mirrored left to right.
  public var mirrored: Raster { oriented(byEXIF: 2) }

  /// Output pixel (x, y) is stored pixel (u, v): (y, x) if the axes are swapped, else (x, y),
  /// then u or v counted from the other end.
  private func remapped(swapsAxes: Bool, reversesColumns: Bool, reversesRows: Bool) -> Raster {
    let (outWidth, outHeight) = swapsAxes ? (height, width) : (width, height)
    // Source steps in pixels for one step of x and of y in the output.
    let columnStep = reversesColumns ? -1 : 1
    let rowStep = reversesRows ? -width : width
    let (stepX, stepY) = swapsAxes ? (rowStep, columnStep) : (columnStep, rowStep)
    let first = (reversesColumns ? width - 1 : 0) + (reversesRows ? (height - 1) * width : 0)
    let out = [UInt8](unsafeUninitializedCapacity: bytes.count) { target, count in
      bytes.withUnsafeBufferPointer { source in
        // In tiles: turning by a quarter would otherwise miss the cache on every pixel.
        let tile = 32
        for top in stride(from: 0, to: outHeight, by: tile) {
          for left in stride(from: 0, to: outWidth, by: tile) {
            for y in top..<min(top + tile, outHeight) {
              var from = 3 * (first + y * stepY + left * stepX)
              var to = 3 * (y * outWidth + left)
              for _ in left..<min(left + tile, outWidth) {
                target[to] = source[from]
                target[to + 1] = source[from + 1]
                target[to + 2] = source[from + 2]
                from += 3 * stepX
                to += 3
              }
            }
          }
        }
      }
      count = bytes.count
    }
    return Raster(width: outWidth, height: outHeight, bytes: out)
  }
}
