/// Moves the weights along their gradients, on libtorch's fused kernels.
///
/// > Source: Loshchilov, Hutter, "Decoupled weight decay regularization" (2019),
/// > doi:10.48550/arXiv.1711.05101 (AdamW); momentum as in Sutskever et al. (2013).
final class Optimizer {
  private let library: TorchLibrary
  private let settings: OptimizerSettings
  private var groups: [Group] = []
  /// Steps so far, those that were skipped included.
  private(set) var steps: Int
  /// Steps in which no weight moved.
  private var skipped: Int

  /// Weights with equal rate and decay.
  private struct Group {
    var names: [String] = []
    var tensors: [Tensor] = []
    var firsts: [Tensor] = []
    var seconds: [Tensor] = []
    var counters: [Tensor] = []
  }

  private struct Kind: Hashable {
    var rateFactor: Double
    var weightDecay: Double
  }

  private var kinds: [Kind] = []

  /// - Parameter state: of an earlier optimizer, by `first.` and `second.` and the weight's name.
  init(
    _ trained: [(name: String, tensor: Tensor, decays: Bool)], _ settings: OptimizerSettings,
    _ library: TorchLibrary, steps: Int = 0, skipped: Int = 0, state: [String: [Float]] = [:]
  ) throws(TrainingError) {
    (self.library, self.settings, self.steps, self.skipped) = (library, settings, steps, skipped)
    for (name, tensor, decays) in trained {
      let exception = settings.groups.first { name.hasPrefix($0.prefix) }
      let decay = decays ? exception?.weightDecay ?? settings.weightDecay : 0
      let kind = Kind(rateFactor: exception?.rateFactor ?? 1, weightDecay: decay)
      if !kinds.contains(kind) {
        kinds.append(kind)
        groups.append(Group())
      }
      let k = kinds.firstIndex(of: kind) ?? 0
      groups[k].names.append(name)
      groups[k].tensors.append(tensor)
      groups[k].firsts.append(try memory(of: tensor, state["first.\(name)"]))
      groups[k].seconds.append(try memory(of: tensor, state["second.\(name)"]))
      groups[k].counters.append(try Tensor([Float(steps - skipped)], shape: [], library))
    }
  }

  private func memory(of tensor: Tensor, _ values: [Float]?) throws(TrainingError) -> Tensor {
    let zeros = try tensor.applying("zeros_like")
    guard let values else { return zeros }
    let flat = try Tensor(values, shape: [values.count], library)
    // Into the layout of the weights, which fused kernels need.
    return try zeros.applying("copy_", .tensor(flat.applying("view", .integers(tensor.sizes()))))
  }

  /// What a later optimizer needs to go on as this one would.
  func state() throws(TrainingError) -> [String: [Float]] {
    var state: [String: [Float]] = [:]
    for group in groups {
      for (k, name) in group.names.enumerated() {
        state["first.\(name)"] = try group.firsts[k].allValues()
        if settings.kind == .adamW {
          state["second.\(name)"] = try group.seconds[k].allValues()
        }
      }
    }
    return state
  }

  /// Changes the weights along their gradients, which are shortened to the settings' length
  /// together, and forgets the gradients.
  ///
  /// - Parameter lossScale: what the loss was multiplied with. Where there is one a gradient that is
  ///   not a number leaves all weights as they are.
  /// - Returns: the norm before shortening; `nil` if no weight moved.
  @discardableResult
  func step(rate: Double, lossScale: Double? = nil) throws(TrainingError) -> Double? {
    try library.withoutGradients { () throws(TrainingError) in
      var gradients: [[Tensor]] = []
      var squared = 0.0
      for group in groups {
        var own: [Tensor] = []
        for (name, tensor) in zip(group.names, group.tensors) {
          guard let gradient = try tensor.gradient() else {
            throw TrainingError("\(name) has no gradient: it is not used by the loss.")
          }
          own.append(gradient)
        }
        // The squares of all norms are added on the device: one number is fetched, not hundreds.
        let norms = try library.all("aten::_foreach_norm.Scalar", [.tensors(own), .number(2)])
        let stacked = try library("aten::stack", [.tensors(norms)])
        let sum = try stacked.applying("mul.Tensor", .tensor(stacked)).applying("sum")
        squared += Double(try sum.number())
        gradients.append(own)
      }
      let norm = squared.squareRoot() / (lossScale ?? 1)
      guard norm.isFinite else {
        guard lossScale != nil else { throw TrainingError("A gradient is not a number.") }
        (steps, skipped) = (steps + 1, skipped + 1)
        for group in groups { for tensor in group.tensors { try tensor.clearGradient() } }
        return nil
      }
      steps += 1
      var factor = 1 / (lossScale ?? 1)
      if norm > settings.longestGradient { factor *= settings.longestGradient / (norm + 1e-6) }
      for k in groups.indices {
        if factor != 1 {
          try library.all("aten::_foreach_mul_.Scalar", [.tensors(gradients[k]), .number(factor)])
        }
        try move(groups[k], gradients[k], kinds[k], rate: rate)
        for tensor in groups[k].tensors { try tensor.clearGradient() }
      }
      return norm
    }
  }

  private func move(
    _ group: Group, _ gradients: [Tensor], _ kind: Kind, rate: Double
  ) throws(TrainingError) {
    let rate = rate * kind.rateFactor
    switch settings.kind {
    case .adamW:
      try library.all("aten::_foreach_add_.Scalar", [.tensors(group.counters), .number(1)])
      try library.all(
        "aten::_fused_adamw_",
        [
          .tensors(group.tensors), .tensors(gradients), .tensors(group.firsts),
          .tensors(group.seconds), .tensors([]), .tensors(group.counters), .number(rate),
          .number(settings.momentum), .number(settings.secondMomentum), .number(kind.weightDecay),
          .number(1e-8), .truth(false), .truth(false),
        ])
    case .momentum:
      try library.all(
        "aten::_fused_sgd_",
        [
          .tensors(group.tensors), .tensors(gradients), .tensors(group.firsts),
          .number(kind.weightDecay), .number(settings.momentum), .number(rate), .number(0),
          .truth(false), .truth(false), .truth(steps - skipped == 1),
        ])
    }
  }
}
