package import ECGNetworks

/// The network that tells where one row's curve runs among everything that is printed.
///
/// It sees a strip around the row's zero line, the other rows, names and bars included, and
/// answers for every second column with logits over the strip's rows, and for every pixel with
/// a logit that its ink is the row's own. Fully convolutional along
/// time; the second channel tells how far a pixel is from the zero line, so that the network
/// knows whose curve is asked for.
///
/// > Source: encoder and decoder with skips after Ronneberger et al., "U-Net" (2015),
/// > doi:10.1007/978-3-319-24574-4_28; a distribution per column as in soft-argmax keypoints,
/// > Nibali et al., "Numerical coordinate regression" (2018), arXiv:1801.07372.
package enum CurveNetwork {
  /// Pixels of the strip per value of the answer, both ways.
  package static let stride = 2
  /// Width of a strip must be a multiple of this.
  package static let multiple = 32
  /// Rows of a strip.
  package static let height = 448
  /// Pixels per millimetre of a strip.
  package static let pixelsPerMillimeter = 8.0
  private static let channels = [12, 24, 48, 80, 112]

  /// The graph.
  package static func graph() -> NetworkGraph {
    var g = NetworkGraph()
    let x = g.hourglass(channels: channels, of: g.input(channels: 2))
    let curve = g.convolution("logits", of: x, outputs: 1, size: 1)
    let own = g.convolution("own", of: x, outputs: stride * stride, size: 1)
    _ = g.concatenation(of: [curve, own])
    return g
  }

  /// The input: `ink`, and how far each row is from the middle one, −1…1.
  package static func input(_ ink: [Float], width: Int) -> [Float] {
    precondition(ink.count == width * height, "A strip has \(height) rows")
    var values = ink
    values.reserveCapacity(2 * ink.count)
    for y in 0..<height {
      let ramp = Float(2 * y - height) / Float(height)
      for _ in 0..<width { values.append(ramp) }
    }
    return values
  }
}
