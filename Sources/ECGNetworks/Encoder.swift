/// A known network's body, which turns a picture into features at ever coarser scales.
public enum Encoder: String, Hashable, Sendable, CaseIterable {
  /// > Source: He et al., "Deep residual learning" (2016), doi:10.1109/CVPR.2016.90.
  case residual18, residual34
  /// Three small convolutions instead of one large at the start, and means in the shortcuts.
  ///
  /// > Source: He et al., "Bag of tricks" (2019), doi:10.1109/CVPR.2019.00065 (ResNet-D).
  case residual18D, residual34D
  /// > Source: Tan, Le, "EfficientNet" (2019), arXiv:1905.11946, in its Lite form of 2020: no
  /// > squeeze-and-excitation, ReLU6. The weights of ImageNet fit, by
  /// > `Scripts/torch/convert_efficientnet.py`.
  case efficientLite0, efficientLite1, efficientLite2
  /// Depthwise separable convolutions, 0.3 million weights.
  ///
  /// > Source: after Howard et al., "Searching for MobileNetV3" (2019),
  /// > doi:10.1109/ICCV.2019.00140.
  case mobileSmall
}

extension NetworkGraph {
  /// Adds an encoder. Sides of the picture must be multiples of 32.
  ///
  /// - Returns: its features at a half, quarter, eighth, sixteenth and 32nd of the resolution.
  public mutating func encoder(_ kind: Encoder, of picture: Value) -> [Value] {
    switch kind {
    case .residual18: return residual([2, 2, 2, 2], isD: false, of: picture)
    case .residual34: return residual([3, 4, 6, 3], isD: false, of: picture)
    case .residual18D: return residual([2, 2, 2, 2], isD: true, of: picture)
    case .residual34D: return residual([3, 4, 6, 3], isD: true, of: picture)
    case .efficientLite0: return efficientLite(width: 1, depth: 1, of: picture)
    case .efficientLite1: return efficientLite(width: 1, depth: 1.1, of: picture)
    case .efficientLite2: return efficientLite(width: 1.1, depth: 1.2, of: picture)
    case .mobileSmall: return mobileSmall(of: picture)
    }
  }

  /// Adds an encoder and a decoder of two blocks per scale, from half the resolution down.
  ///
  /// - Parameter channels: of each scale, the finest first.
  /// - Returns: the features at half the resolution.
  ///
  /// > Source: Ronneberger et al., "U-Net" (2015), doi:10.1007/978-3-319-24574-4_28.
  public mutating func hourglass(channels: [Int], of picture: Value) -> Value {
    var x = block("stem", of: picture, outputs: channels[0], size: 5, stride: 2)
    var levels: [Value] = []
    for (level, count) in channels.enumerated() {
      if level > 0 { x = block("down\(level)", of: x, outputs: count, stride: 2) }
      x = block("enter\(level)a", of: x, outputs: count)
      x = block("enter\(level)b", of: x, outputs: count)
      levels.append(x)
    }
    return decoder(of: levels, channels: channels.dropLast(), joint: "leave")
  }

  /// Adds a decoder that goes back up, joining the features of each scale on the way.
  ///
  /// - Parameters:
  ///   - levels: an encoder's features, the finest first.
  ///   - channels: of the results, the finest first; one fewer than levels.
  ///   - hasCoordinates: whether each scale is told where its pixels lie.
  ///   - joint: what the weights that join two scales are called, before the scale's number.
  ///
  /// > Source: Ronneberger et al., "U-Net" (2015), doi:10.1007/978-3-319-24574-4_28.
  public mutating func decoder(
    of levels: [Value], channels: [Int], enlargement kind: Enlargement = .nearest,
    hasCoordinates: Bool = false, joint: String = "join"
  ) -> Value {
    precondition(channels.count == levels.count - 1, "One result per scale but the coarsest")
    var x = levels[levels.count - 1]
    for level in channels.indices.reversed() {
      let up = convolution("up\(level)", of: x, outputs: channels[level], size: 1)
      x = concatenation(of: [enlargement(kind, of: up), levels[level]])
      if hasCoordinates { x = withCoordinates(x) }
      x = block("\(joint)\(level)a", of: x, outputs: channels[level])
      x = block("\(joint)\(level)b", of: x, outputs: channels[level])
    }
    return x
  }

  private mutating func residual(_ counts: [Int], isD: Bool, of picture: Value) -> [Value] {
    var x = picture
    if isD {
      x = block("stem1", of: x, outputs: 32, stride: 2)
      x = block("stem2", of: x, outputs: 32)
      x = block("stem3", of: x, outputs: 64)
    } else {
      x = block("stem", of: x, outputs: 64, size: 7, stride: 2)
    }
    var levels = [x]
    x = pooling(.largest, of: x, size: 3, stride: 2)
    for (stage, count) in counts.enumerated() {
      let outputs = 64 << stage
      for number in 0..<count {
        let name = "stage\(stage).\(number)"
        let stride = stage > 0 && number == 0 ? 2 : 1
        var shortcut = x
        if x.channels != outputs {
          if isD { shortcut = pooling(.mean, of: x, size: 2, stride: 2) }
          shortcut = block(
            "\(name).shortcut", of: shortcut, outputs: outputs, size: 1, stride: isD ? 1 : stride,
            activation: nil)
        }
        let inner = block("\(name).a", of: x, outputs: outputs, stride: stride)
        let outer = block("\(name).b", of: inner, outputs: outputs, activation: nil)
        x = rectification(of: addition(of: outer, shortcut))
      }
      levels.append(x)
    }
    return levels
  }

  private mutating func mobileSmall(of picture: Value) -> [Value] {
    var x = block("stem", of: picture, outputs: 16, stride: 2, activation: .hardSwish)
    var levels = [x]
    for (stage, outputs) in [24, 40, 80, 128].enumerated() {
      for number in 0..<2 {
        let name = "stage\(stage).\(number)"
        x = block(
          "\(name).depthwise", of: x, outputs: x.channels, size: 5, stride: number == 0 ? 2 : 1,
          groups: x.channels, activation: .hardSwish)
        x = block("\(name).mix", of: x, outputs: outputs, size: 1, activation: .hardSwish)
      }
      levels.append(x)
    }
    return levels
  }
}
