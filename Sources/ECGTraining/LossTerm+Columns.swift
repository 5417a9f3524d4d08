extension LossTerm {
  /// Compares the distribution along each column (softmax of the logits over the rows) with the
  /// wanted one. A column counts as much as its wanted values sum to: 0 where there is nothing.
  ///
  /// > Source: Jensen–Shannon divergence on heat maps after Nibali et al., "Numerical coordinate
  /// > regression" (2018), doi:10.48550/arXiv.1801.07372; Lin (1991), doi:10.1109/18.61115.
  func columns(_ x: Tensor, _ wanted: Tensor) throws(TrainingError) -> LossValue {
    let logs = try x.applying("log_softmax.int", .integer(2), .nothing)
    let masses = try wanted.applying("sum.dim_IntList", .integers([2]), .truth(true))
    let total = try masses.applying("sum")
    if kind == .columnCrossEntropy {
      let sum = try logs.applying("mul.Tensor", .tensor(wanted)).applying("sum").applying("neg")
      return try LossValue(sum: sum, count: total)
    }
    let q = try wanted.applying(
      "div.Tensor", .tensor(masses.applying("clamp", .number(1e-12), .nothing)))
    let p = try logs.applying("exp")
    let middle = try p.applying("add.Tensor", .tensor(q)).applying("mul.Scalar", .number(0.5))
    let logMiddle = try middle.applying("clamp", .number(1e-30), .nothing).applying("log")
    let fromP = try logs.applying("sub.Tensor", .tensor(logMiddle))
      .applying("mul.Tensor", .tensor(p))
    let fromQ = try q.applying("xlogy.Tensor", .tensor(q)).applying(
      "sub.Tensor", .tensor(q.applying("mul.Tensor", .tensor(logMiddle))))
    let divergence = try fromP.applying("add.Tensor", .tensor(fromQ))
      .applying("mul.Scalar", .number(0.5)).applying("mul.Tensor", .tensor(masses))
    return try LossValue(sum: divergence.applying("sum"), count: total)
  }
}
