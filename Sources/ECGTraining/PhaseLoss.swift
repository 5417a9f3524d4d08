/// Squared error of the phases where there is a grid, and cross-entropy of whether there is one.
///
/// The squared error is a mean over the judged values, the cross-entropy one over all cells
/// and is weighted by a quarter.
struct PhaseLoss {
  let library: TorchLibrary

  /// The whole loss and its two parts, of `output` (four phases and a logit per cell).
  func callAsFunction(
    _ output: Tensor, phases: Tensor, isGrid: Tensor
  ) throws(TrainingError) -> (total: Tensor, squared: Tensor, entropy: Tensor) {
    func op(_ name: String, _ arguments: Argument...) throws(TrainingError) -> Tensor {
      try library("aten::\(name)", arguments)
    }
    let all = try op("to.dtype", .tensor(output), .integer(6))
    let waves = try op("narrow", .tensor(all), .integer(1), .integer(0), .integer(4))
    let logit = try op("narrow", .tensor(all), .integer(1), .integer(4), .integer(1))
    let difference = try op("sub.Tensor", .tensor(waves), .tensor(phases))
    let squares = try op("mul.Tensor", .tensor(difference), .tensor(difference))
    let judged = try op("sum", .tensor(try op("mul.Tensor", .tensor(squares), .tensor(isGrid))))
    let cells = try op(
      "add.Scalar",
      .tensor(
        try op("mul.Scalar", .tensor(try op("sum", .tensor(isGrid))), .number(4))), .number(1))
    let squared = try op("div.Tensor", .tensor(judged), .tensor(cells))
    let entropy = try op(
      "binary_cross_entropy_with_logits", .tensor(logit), .tensor(isGrid))
    let quarter = try op("mul.Scalar", .tensor(entropy), .number(0.25))
    return (try op("add.Tensor", .tensor(squared), .tensor(quarter)), squared, entropy)
  }
}
