extension LossTerm {
  /// The term on an output of single precision.
  func value(
    _ output: Tensor, _ truths: [String: Tensor]
  ) throws(TrainingError) -> LossValue {
    guard let target = truths[truth] else {
      throw TrainingError("The examples hold no truth called \(truth), which \(name) asks for.")
    }
    var judged: Tensor?
    if let mask {
      guard let found = truths[mask] else {
        throw TrainingError("The examples hold no truth called \(mask), the mask of \(name).")
      }
      judged = found
    }
    var x = output
    if let channels {
      x = try x.applying("narrow", .integer(1), .integer(channels[0]), .integer(channels[1]))
    }
    switch kind {
    case .meanSquare:
      return try LossValue(of: x.applying("mse_loss", .tensor(target), .integer(0)), mask: judged)
    case .smoothL1:
      return try LossValue(
        of: x.applying("smooth_l1_loss", .tensor(target), .integer(0), .number(beta)), mask: judged)
    case .binaryCrossEntropy:
      let positive = try Tensor([Float(positiveWeight)], shape: [1], x.library)
      return try LossValue(
        of: x.applying(
          "binary_cross_entropy_with_logits", .tensor(target), .nothing, .tensor(positive),
          .integer(0)), mask: judged)
    case .focal: return try LossValue(of: focal(x, target), mask: judged)
    case .spots: return try spots(x, target, judged)
    case .dice: return try dice(x, target, judged)
    case .columnCrossEntropy, .columnDivergence: return try columns(x, target)
    }
  }

  /// −α (1 − p)^γ t log p − (1 − α) p^γ (1 − t) log (1 − p), cell by cell.
  ///
  /// > Source: Lin et al., "Focal loss for dense object detection" (2017),
  /// > doi:10.1109/ICCV.2017.324.
  private func focal(_ x: Tensor, _ target: Tensor) throws(TrainingError) -> Tensor {
    let (logP, logQ) = try logarithms(x)
    let hit = try logQ.applying("mul.Scalar", .number(gamma)).applying("exp")
      .applying("mul.Tensor", .tensor(logP)).applying("mul.Tensor", .tensor(target))
    let other = try target.applying("rsub.Scalar", .number(1))
    let miss = try logP.applying("mul.Scalar", .number(gamma)).applying("exp")
      .applying("mul.Tensor", .tensor(logQ)).applying("mul.Tensor", .tensor(other))
    return try hit.applying("mul.Scalar", .number(-alpha))
      .applying("add.Tensor", .tensor(miss), .number(alpha - 1))
  }

  /// Per judged cell −(1 − p)² log p where t = 1, else −(1 − t)⁴ p² log(1 − p); the sum is
  /// divided by the number of middles and one.
  ///
  /// > Source: Law, Deng, "CornerNet" (2018), doi:10.1007/978-3-030-01264-9_45.
  private func spots(
    _ x: Tensor, _ target: Tensor, _ mask: Tensor?
  ) throws(TrainingError) -> LossValue {
    let (logP, logQ) = try logarithms(x)
    var weights = try target.applying("ones_like")
    if let mask { weights = mask }
    let middles = try target.applying("ge.Scalar", .number(0.99))
      .applying("mul.Tensor", .tensor(weights))
    let others = try target.applying("rsub.Scalar", .number(1))
      .applying("pow.Tensor_Scalar", .number(4)).applying("mul.Tensor", .tensor(weights))
    let hits = try logQ.applying("mul.Scalar", .number(2)).applying("exp")
      .applying("mul.Tensor", .tensor(logP)).applying("mul.Tensor", .tensor(middles))
    let misses = try logP.applying("mul.Scalar", .number(2)).applying("exp")
      .applying("mul.Tensor", .tensor(logQ)).applying("mul.Tensor", .tensor(others))
    let sum = try hits.applying("add.Tensor", .tensor(misses)).applying("sum").applying("neg")
    return try LossValue(
      sum: sum, count: middles.applying("sum").applying("add.Scalar", .number(1)))
  }

  /// 1 − (2 Σ p t + 1) / (Σ p + Σ t + 1) of each example's map, over the judged cells.
  ///
  /// > Source: Milletari et al., "V-Net" (2016), doi:10.1109/3DV.2016.79; smoothed by one cell.
  private func dice(
    _ x: Tensor, _ target: Tensor, _ mask: Tensor?
  ) throws(TrainingError) -> LossValue {
    var (p, t) = (try x.applying("sigmoid"), target)
    if let mask {
      p = try p.applying("mul.Tensor", .tensor(mask))
      t = try t.applying("mul.Tensor", .tensor(mask))
    }
    func overMap(_ values: Tensor) throws(TrainingError) -> Tensor {
      try values.applying("sum.dim_IntList", .integers([2, 3]))
    }
    let shared = try p.applying("mul.Tensor", .tensor(t))
    let both = try overMap(shared)
      .applying("mul.Scalar", .number(2)).applying("add.Scalar", .number(1))
    let either = try overMap(p).applying("add.Tensor", .tensor(overMap(t)))
      .applying("add.Scalar", .number(1))
    return try LossValue(
      of: both.applying("div.Tensor", .tensor(either)).applying("rsub.Scalar", .number(1)),
      mask: nil)
  }

  /// log p and log(1 − p) straight from the logits: nothing is lost near 0 and 1.
  private func logarithms(_ x: Tensor) throws(TrainingError) -> (Tensor, Tensor) {
    let logP = try x.applying("log_sigmoid")
    return (logP, try logP.applying("sub.Tensor", .tensor(x)))
  }
}
