import Foundation

extension ONNXGraph {
  /// What a convolution reads, rounded to whole numbers of eight bits and back.
  ///
  /// Where nothing is negative the numbers are 0…255, else −127…127 around 0.
  mutating func rounded(_ x: String, to range: IntegerCalibration.Range) -> String {
    let isSigned = range.lowest < 0
    let reach = isSigned ? max(-range.lowest, range.largest) : range.largest
    let scale = constant(max(reach, 1e-6) / (isSigned ? 127 : 255))
    let zero = whole(isSigned ? "zero, signed" : "zero", [0], shape: [], isSigned: isSigned)
    return add("DequantizeLinear", [add("QuantizeLinear", [x, scale, zero]), scale, zero])
  }

  /// A kernel in whole numbers, each output channel with a factor of its own.
  mutating func wholeKernel(_ name: String, _ kernel: NetworkWeights.Tensor) -> String {
    let outputs = kernel.shape[0]
    let count = kernel.values.count / outputs
    var scales = [Float](repeating: 1, count: outputs)
    var values = [Int8](repeating: 0, count: kernel.values.count)
    for o in 0..<outputs {
      let channel = kernel.values[(o * count)..<((o + 1) * count)]
      let reach = channel.reduce(0) { max($0, abs($1)) }
      scales[o] = max(reach, 1e-12) / 127
      for (k, value) in channel.enumerated() {
        values[o * count + k] = Int8((value / scales[o]).rounded())
      }
    }
    let whole = whole("\(name), whole", values, shape: kernel.shape, isSigned: true)
    let factors = constant("\(name), factors", .init(shape: [outputs], values: scales))
    let zeros = self.whole(
      "\(outputs) zeros", [Int8](repeating: 0, count: outputs), shape: [outputs], isSigned: true)
    return add("DequantizeLinear", [whole, factors, zeros], [("axis", .integer(0))])
  }
}
