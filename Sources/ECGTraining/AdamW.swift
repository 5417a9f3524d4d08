import CTorch

/// The optimizer: Adam with decoupled weight decay, on libtorch's fused kernel.
///
/// > Source: Loshchilov, Hutter, "Decoupled weight decay regularization" (2019),
/// > doi:10.48550/arXiv.1711.05101.
final class AdamW {
  private let library: TorchLibrary
  private var groups: [Group] = []

  private struct Group {
    var weightDecay: Double
    var tensors: [Tensor]
    var means: [Tensor]
    var squares: [Tensor]
    var steps: [Tensor]
  }

  init(
    _ trained: [(tensor: Tensor, decays: Bool)], weightDecay: Double, _ library: TorchLibrary
  ) throws(TrainingError) {
    self.library = library
    for decays in [true, false] {
      let tensors = trained.filter { $0.decays == decays }.map(\.tensor)
      guard !tensors.isEmpty else { continue }
      var group = Group(
        weightDecay: decays ? weightDecay : 0, tensors: tensors, means: [], squares: [], steps: [])
      for tensor in tensors {
        group.means.append(try library("aten::zeros_like", [.tensor(tensor)]))
        group.squares.append(try library("aten::zeros_like", [.tensor(tensor)]))
        group.steps.append(try Tensor([0], shape: [], library))
      }
      groups.append(group)
    }
  }

  /// Changes the weights along their gradients, which are shortened to a norm of at most
  /// `longest` together, and forgets the gradients.
  ///
  /// - Returns: the norm before shortening.
  @discardableResult
  func step(rate: Double, longest: Double) throws(TrainingError) -> Double {
    let before = library.functions.set_gradients(0)
    defer { _ = library.functions.set_gradients(before) }
    var gradients: [[Tensor]] = []
    var squared = 0.0
    for group in groups {
      var own: [Tensor] = []
      for tensor in group.tensors {
        guard let gradient = try tensor.gradient() else {
          throw TrainingError("A weight has no gradient: it is not used by the loss.")
        }
        own.append(gradient)
      }
      for norm in try library.all("aten::_foreach_norm.Scalar", [.tensors(own), .number(2)]) {
        let value = Double(try norm.number())
        squared += value * value
      }
      gradients.append(own)
    }
    let norm = squared.squareRoot()
    guard norm.isFinite else { throw TrainingError("A gradient is not a number.") }
    for (group, own) in zip(groups, gradients) {
      if norm > longest {
        try library.all(
          "aten::_foreach_mul_.Scalar", [.tensors(own), .number(longest / norm)])
      }
      try library.all(
        "aten::_foreach_add_.Scalar", [.tensors(group.steps), .number(1)])
      try library.all(
        "aten::_fused_adamw_",
        [
          .tensors(group.tensors), .tensors(own), .tensors(group.means), .tensors(group.squares),
          .tensors([]), .tensors(group.steps), .number(rate), .number(0.9), .number(0.999),
          .number(group.weightDecay), .number(1e-8), .truth(false), .truth(false),
        ])
      for tensor in group.tensors { try tensor.clearGradient() }
    }
    return norm
  }
}
