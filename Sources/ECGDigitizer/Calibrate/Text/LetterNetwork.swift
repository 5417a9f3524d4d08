import ECGCore
package import ECGNetworks

/// The network that marks the letters of a printed line: those that paper speed and gain are
/// written with, and any other.
///
/// Fully convolutional on strips 32 pixels tall whose capitals are 14: three levels down, back up
/// to a quarter, one map per kind of letter. 0.2 million weights; 90 million multiplications for
/// 256 pixels of a line.
package enum LetterNetwork {
  /// Pixels per cell of the maps.
  package static let stride = 4
  /// The height of a strip, in pixels.
  package static let height = 32
  /// The width of a strip, in pixels.
  package static let width = 256
  /// The height of capitals on a strip, in pixels; three quarters to five quarters are read.
  package static let capHeight = 14.0

  /// The graph; without the last sigmoid its maps are logits, as training wants them.
  package static func graph(endsWithSigmoid: Bool) -> NetworkGraph {
    var g = NetworkGraph()
    let strip = g.input(channels: 3)
    var x = g.block("half1", of: strip, outputs: 24, size: 5, stride: 2)
    x = g.block("half2", of: x, outputs: 24)
    x = g.block("quarter1", of: x, outputs: 48, stride: 2)
    x = g.block("quarter2", of: x, outputs: 48)
    let quarter = g.block("quarter3", of: x, outputs: 48)
    x = g.block("eighth1", of: quarter, outputs: 64, stride: 2)
    x = g.block("eighth2", of: x, outputs: 64)
    x = g.block("eighth3", of: x, outputs: 64)
    x = g.doubling(of: g.convolution("up4", of: x, outputs: 48, size: 1))
    x = g.block("joined4a", of: g.concatenation(of: [x, quarter]), outputs: 48)
    x = g.block("joined4b", of: x, outputs: 48)
    x = g.convolution("maps", of: x, outputs: PrintedLetter.inNetworkOrder.count, size: 1)
    if endsWithSigmoid { x = g.sigmoid(of: x) }
    return g
  }

  /// Weights to start from. The maps start near 0: most of a strip is no letter's middle.
  package static func startingWeights(
    using generator: inout some RandomNumberGenerator
  ) -> NetworkWeights {
    graph(endsWithSigmoid: false).startingWeights(rareMaps: "maps", using: &generator)
  }
}
