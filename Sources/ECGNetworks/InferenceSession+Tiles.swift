extension InferenceSession {
  /// How a large picture is cut into tiles that overlap.
  public struct Tiling: Hashable, Sendable {
    /// Pixels of a tile's side, a multiple of `multiple`.
    public var side: Int
    /// Pixels at a tile's inner edges whose results are not used, since zeros lie beyond them.
    public var margin: Int
    /// Tiles start at multiples of this: the coarsest scale of the network.
    public var multiple: Int

    /// Creates a tiling. The margin is rounded up to the multiple.
    public init(side: Int = 1024, margin: Int = 128, multiple: Int = 32) {
      let margin = (margin + multiple - 1) / multiple * multiple
      precondition(side % multiple == 0 && side > 2 * margin, "A tile has a middle")
      self.side = side
      self.margin = margin
      self.multiple = multiple
    }

    /// Along one axis: where a tile starts and ends, and which part of it is used.
    func cuts(_ length: Int) -> [(start: Int, end: Int, used: Range<Int>)] {
      guard length > side else { return [(0, length, 0..<length)] }
      var cuts: [(start: Int, end: Int, used: Range<Int>)] = []
      var start = 0
      while true {
        let end = min(start + side, length)
        let first = cuts.last?.used.upperBound ?? 0
        cuts.append((start, end, first..<(end == length ? length : end - margin)))
        if end == length { return cuts }
        start += side - 2 * margin
      }
    }
  }

  /// Runs the network on a picture of any size by tiles: memory is that of one tile and the
  /// result. Equal to a run of the whole where the margin is at least what a result sees.
  ///
  /// Both sides of the picture must be multiples of the tiling's.
  public func run(
    _ input: [Float], width: Int, height: Int, tiling: Tiling
  ) throws(NetworkError) -> Output {
    precondition(input.count == channels * width * height, "The picture has another size")
    precondition(width % tiling.multiple == 0 && height % tiling.multiple == 0)
    var whole: Output?
    for down in tiling.cuts(height) {
      for across in tiling.cuts(width) {
        let (w, h) = (across.end - across.start, down.end - down.start)
        var tile: [Float] = []
        tile.reserveCapacity(channels * w * h)
        for row in 0..<(channels * h) {
          let from = (row / h * height + down.start + row % h) * width + across.start
          tile += input[from..<(from + w)]
        }
        let part = try run(tile, width: w, height: h)
        // Pixels of the picture per value of the result.
        let (sx, sy) = (w / part.width, h / part.height)
        var result =
          whole
          ?? Output(
            channels: part.channels, height: height / sy, width: width / sx,
            values: [Float](repeating: 0, count: part.channels * (height / sy) * (width / sx)))
        whole = nil
        for channel in 0..<part.channels {
          for y in (down.used.lowerBound / sy)..<(down.used.upperBound / sy) {
            let to = (channel * result.height + y) * result.width
            let from =
              (channel * part.height + y - down.start / sy) * part.width - across.start / sx
            for x in (across.used.lowerBound / sx)..<(across.used.upperBound / sx) {
              result.values[to + x] = part.values[from + x]
            }
          }
        }
        whole = result
      }
    }
    guard let whole else { throw NetworkError(.cannotRun, "The picture is empty.") }
    return whole
  }
}
