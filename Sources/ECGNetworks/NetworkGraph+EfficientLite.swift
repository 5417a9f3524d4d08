extension NetworkGraph {
  /// A stage of EfficientNet: how often, kernel, stride, how much wider inside, channels.
  private struct Stage {
    var count: Int
    var size: Int
    var stride: Int
    var expansion: Int
    var outputs: Int
  }

  /// The body of EfficientNet-Lite; names are `stem`, `blocks.N.expand` and so on.
  mutating func efficientLite(width: Double, depth: Double, of picture: Value) -> [Value] {
    let stages = [
      Stage(count: 1, size: 3, stride: 1, expansion: 1, outputs: 16),
      Stage(count: 2, size: 3, stride: 2, expansion: 6, outputs: 24),
      Stage(count: 2, size: 5, stride: 2, expansion: 6, outputs: 40),
      Stage(count: 3, size: 3, stride: 2, expansion: 6, outputs: 80),
      Stage(count: 3, size: 5, stride: 1, expansion: 6, outputs: 112),
      Stage(count: 4, size: 5, stride: 2, expansion: 6, outputs: 192),
      Stage(count: 1, size: 3, stride: 1, expansion: 6, outputs: 320),
    ]
    var x = lite("stem", of: picture, outputs: 32, size: 3, stride: 2, groups: 1, bounded: true)
    var levels: [Value] = []
    var number = 0
    for (k, stage) in stages.enumerated() {
      // The Lite form leaves the first and last stage and the stem at their own depth.
      let isEnd = k == 0 || k == stages.count - 1
      let count = isEnd ? stage.count : Int((depth * Double(stage.count)).rounded(.up))
      let outputs = rounded(Double(stage.outputs) * width)
      for repetition in 0..<count {
        let stride = repetition == 0 ? stage.stride : 1
        if stride == 2 { levels.append(x) }
        x = inverted("blocks.\(number)", of: x, stage, outputs: outputs, stride: stride)
        number += 1
      }
    }
    return levels + [x]
  }

  /// Widened, depthwise, narrowed; added to its input where the shapes allow it.
  private mutating func inverted(
    _ name: String, of x: Value, _ stage: Stage, outputs: Int, stride: Int
  ) -> Value {
    var inner = x
    let wide = x.channels * stage.expansion
    if stage.expansion > 1 {
      inner = lite(
        "\(name).expand", of: x, outputs: wide, size: 1, stride: 1, groups: 1, bounded: true)
    }
    inner = lite(
      "\(name).depthwise", of: inner, outputs: wide, size: stage.size, stride: stride,
      groups: wide, bounded: true)
    let out = lite(
      "\(name).project", of: inner, outputs: outputs, size: 1, stride: 1, groups: 1,
      bounded: false)
    return stride == 1 && outputs == x.channels ? addition(of: out, x) : out
  }

  private mutating func lite(
    _ name: String, of x: Value, outputs: Int, size: Int, stride: Int, groups: Int, bounded: Bool
  ) -> Value {
    let sum = convolution(
      "\(name).conv", of: x, outputs: outputs, size: size, stride: stride, groups: groups,
      hasBias: false, padding: .trailing)
    let even = normalization("\(name).norm", of: sum, epsilon: 1e-3)
    return bounded ? activation(.relu6, of: even) : even
  }

  /// The nearest multiple of 8, not less than nine tenths of `channels`.
  private func rounded(_ channels: Double) -> Int {
    let near = max(8, Int(channels + 4) / 8 * 8)
    return Double(near) < 0.9 * channels ? near + 8 : near
  }
}
