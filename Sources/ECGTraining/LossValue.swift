/// One term of a loss on a batch: its mean, and how many cells it is a mean of.
struct LossValue {
  let mean: Tensor
  let count: Tensor

  /// The mean of the judged `losses`; `mask` may have one channel for many.
  init(of losses: Tensor, mask: Tensor?) throws(TrainingError) {
    guard let mask else {
      let count = try Tensor([Float(losses.count)], shape: [], losses.library)
      try self.init(sum: losses.applying("sum"), count: count)
      return
    }
    let judged = try mask.applying("expand_as", .tensor(losses))
    try self.init(
      sum: losses.applying("mul.Tensor", .tensor(judged)).applying("sum"),
      count: judged.applying("sum"))
  }

  /// `sum / count`; of less than one cell, the sum itself.
  init(sum: Tensor, count: Tensor) throws(TrainingError) {
    mean = try sum.applying("div.Tensor", .tensor(count.applying("clamp", .number(1), .nothing)))
    self.count = count
  }
}
