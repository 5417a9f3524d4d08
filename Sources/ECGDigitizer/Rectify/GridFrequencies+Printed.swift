/// What thin lines make of themselves on pixels is told from the lines.
///
/// Lines 4½ pixels apart come out in pairs, sharp and blurred in turn; crossings that are as dark
/// as lines make a pattern at half a right angle. Peaks stand out at such frequencies, too, and a
/// peak's excess over the spectrum's median does not tell which is the line's own. Its amplitude
/// does: no paper has lines of two kinds in such an order.
extension GridFrequencies {
  /// The frequency of the printed lines, in cycles per pixel, if it is not the one that was found.
  ///
  /// - Parameter least: how much higher the printed lines' amplitude is, at least.
  func printedFrequency(in tiles: [RadialSpectrum], leastRatio least: Float) -> Double? {
    // At the first four multiples, and of sum and difference of the families, half of each.
    var multiples = [Float](repeating: 0, count: 5)
    var diagonal: Float = 0
    for tile in tiles {
      let (u, v) = (u.at(tile.x, tile.y), v.at(tile.x, tile.y))
      for f in [u, v] {
        let (direction, bins) = tile.bins(of: f)
        for k in 1...4 {
          multiples[k] += tile.amplitude(direction: direction, bins: Double(k) * bins)
        }
      }
      for sign in [1.0, -1] {
        let (direction, bins) = tile.bins(
          of: (x: (u.x + sign * v.x) / 2, y: (u.y + sign * v.y) / 2))
        diagonal += tile.amplitude(direction: direction, bins: bins)
      }
    }
    let found = (u.length + v.length) / 2
    if let multiple = (2...4).last(where: { k in
      multiples[k] > least * (multiples[1..<k].max() ?? 0)
    }) {
      return Double(multiple) * found
    }
    return diagonal > least * multiples[1] ? found / 2.0.squareRoot() : nil
  }
}
