package import ECGNetworks

/// The network that tells where each place of a photo lies within its grid cell.
///
/// Fully convolutional: down to a thirty-second of the photo's resolution and back up to a
/// half. Five maps: cos 2πu, sin 2πu, cos 2πv, sin 2πv, with u and v in 5 mm, and a logit of
/// "there is a grid". Trained with squared error, an unsure answer shrinks towards 0, so that
/// its length says how sure it is. 1.2 million weights.
///
/// > Source: encoder and decoder with skips after Ronneberger et al., "U-Net" (2015),
/// > doi:10.1007/978-3-319-24574-4_28.
package enum LatticeNetwork {
  /// Pixels per cell of the maps.
  package static let stride = 2
  /// Width and height of a picture must be multiples of this.
  package static let multiple = 32
  /// Pixels around a place that its contrast is measured in.
  package static let contrastRadius = 128
  private static let channels = [16, 32, 64, 96, 128]

  /// The graph.
  package static func graph() -> NetworkGraph {
    var g = NetworkGraph()
    let x = g.hourglass(channels: channels, of: g.input(channels: 3))
    _ = g.convolution("maps", of: x, outputs: 5, size: 1)
    return g
  }
}
