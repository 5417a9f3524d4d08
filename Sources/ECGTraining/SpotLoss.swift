/// The focal loss for spots on maps: cells at a spot's middle should be 1, others 0, and cells
/// near a middle are judged mildly.
///
/// Per judged cell with probability p and target y: −(1 − p)² log p where y = 1, else
/// −(1 − y)⁴ p² log(1 − p); the sum is divided by the number of middles.
///
/// > Source: Law, Deng, "CornerNet" (2018), doi:10.1007/978-3-030-01264-9_45, after
/// > Lin et al., "Focal loss for dense object detection" (2017), doi:10.1109/ICCV.2017.324.
struct SpotLoss {
  let library: TorchLibrary

  /// The loss of `logits` against `targets`, judged by `weights`.
  func callAsFunction(
    _ logits: Tensor, targets: Tensor, weights: Tensor
  ) throws(TrainingError) -> Tensor {
    func op(_ name: String, _ arguments: Argument...) throws(TrainingError) -> Tensor {
      try library("aten::\(name)", arguments)
    }
    let x = try op("to.dtype", .tensor(logits), .integer(6))
    // Logarithms of p and 1 − p straight from the logits: nothing is lost near 0 and 1.
    let logP = try op("log_sigmoid", .tensor(x))
    let logQ = try op("sub.Tensor", .tensor(logP), .tensor(x))
    let p = try op("exp", .tensor(logP))
    let q = try op("exp", .tensor(logQ))
    let middle = try op("ge.Scalar", .tensor(targets), .number(0.99))
    let judged = try op("mul.Tensor", .tensor(middle), .tensor(weights))
    let far = try op(
      "pow.Tensor_Scalar",
      .tensor(try op("rsub.Scalar", .tensor(targets), .number(1))), .number(4))
    let farJudged = try op("mul.Tensor", .tensor(far), .tensor(weights))
    let hit = try op(
      "mul.Tensor", .tensor(try op("mul.Tensor", .tensor(q), .tensor(q))), .tensor(logP))
    let miss = try op(
      "mul.Tensor", .tensor(try op("mul.Tensor", .tensor(p), .tensor(p))), .tensor(logQ))
    let hits = try op("sum", .tensor(try op("mul.Tensor", .tensor(hit), .tensor(judged))))
    let misses = try op("sum", .tensor(try op("mul.Tensor", .tensor(miss), .tensor(farJudged))))
    let total = try op("neg", .tensor(try op("add.Tensor", .tensor(hits), .tensor(misses))))
    let count = try op("add.Scalar", .tensor(try op("sum", .tensor(judged))), .number(1))
    return try op("div.Tensor", .tensor(total), .tensor(count))
  }
}
