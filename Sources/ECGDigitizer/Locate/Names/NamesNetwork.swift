import ECGCore
package import ECGNetworks

/// The network that marks lead names, pulses and separators on the flat page.
///
/// Fully convolutional: four levels down to a sixteenth, back up to a quarter of the page's
/// resolution (0.8 mm a cell), one map per kind of mark. 1.2 million weights; 28 billion
/// multiplications for a page of 272 × 202 mm.
package enum NamesNetwork {
  /// Pixels per cell of the maps.
  package static let stride = 4
  /// Channels at a half, quarter, eighth and sixteenth of the resolution, and before the maps.
  private static let channels = (half: 24, quarter: 48, eighth: 96, sixteenth: 128, last: 64)

  /// The graph; without the last sigmoid its maps are logits, as training wants them.
  package static func graph(endsWithSigmoid: Bool) -> NetworkGraph {
    var g = NetworkGraph()
    let page = g.input(channels: 3)
    var x = g.block("half1", of: page, outputs: channels.half, size: 5, stride: 2)
    x = g.block("half2", of: x, outputs: channels.half)
    x = g.block("quarter1", of: x, outputs: channels.quarter, stride: 2)
    x = g.block("quarter2", of: x, outputs: channels.quarter)
    let quarter = g.block("quarter3", of: x, outputs: channels.quarter)
    x = g.block("eighth1", of: quarter, outputs: channels.eighth, stride: 2)
    x = g.block("eighth2", of: x, outputs: channels.eighth)
    let eighth = g.block("eighth3", of: x, outputs: channels.eighth)
    x = g.block("sixteenth1", of: eighth, outputs: channels.sixteenth, stride: 2)
    x = g.block("sixteenth2", of: x, outputs: channels.sixteenth)
    x = g.block("sixteenth3", of: x, outputs: channels.sixteenth)
    x = g.block("sixteenth4", of: x, outputs: channels.sixteenth)

    x = g.doubling(of: g.convolution("up8", of: x, outputs: channels.eighth, size: 1))
    x = g.block("joined8a", of: g.concatenation(of: [x, eighth]), outputs: channels.eighth)
    x = g.block("joined8b", of: x, outputs: channels.eighth)
    x = g.doubling(of: g.convolution("up4", of: x, outputs: channels.quarter, size: 1))
    x = g.block("joined4a", of: g.concatenation(of: [x, quarter]), outputs: channels.last)
    x = g.block("joined4b", of: x, outputs: channels.last)
    x = g.convolution("maps", of: x, outputs: MarkKind.inNetworkOrder.count, size: 1)
    if endsWithSigmoid { x = g.sigmoid(of: x) }
    return g
  }

  /// Weights to start from. The maps start near 0: a page is nearly all background.
  package static func startingWeights(
    using generator: inout some RandomNumberGenerator
  ) -> NetworkWeights {
    graph(endsWithSigmoid: false).startingWeights(rareMaps: "maps", using: &generator)
  }
}
