import ECGNetworks
import Foundation

/// Everything that a run needs to go on exactly as if it had not been interrupted.
///
/// A safetensors file: weights, their averages and the optimizer's memory in single precision;
/// the rest as text in its header.
struct Checkpoint {
  static let format = "einthoven-checkpoint-1"

  var step: Int
  /// Seconds of training before it was written.
  var seconds: Double
  /// The best loss of a validation, and how many validations ago it was.
  var best: Double?
  var stale: Int
  /// What network it is of.
  var graph: String
  /// What the run was asked for.
  var settings: TrainingSettings
  var weights: NetworkWeights
  var averages: NetworkWeights?
  var optimizer: [String: [Float]]
  /// In half precision only.
  var lossScale: LossScale?

  private struct Header: Codable {
    var step: Int
    var seconds: Double
    var best: Double?
    var stale: Int
    var graph: String
    var settings: TrainingSettings
    var lossScale: LossScale?
  }

  /// The file.
  func data() throws -> Data {
    var all = NetworkWeights()
    for name in weights.names { all["weights.\(name)"] = weights[name] }
    if let averages { for name in averages.names { all["averages.\(name)"] = averages[name] } }
    for (name, values) in optimizer {
      all["optimizer.\(name)"] = .init(shape: [values.count], values: values)
    }
    let header = Header(
      step: step, seconds: seconds, best: best, stale: stale, graph: graph, settings: settings,
      lossScale: lossScale)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(header), as: UTF8.self)
    return all.safetensors(.single, metadata: ["format": Checkpoint.format, "run": text])
  }

  /// Reads a file.
  ///
  /// - Throws: `TrainingError` if it is damaged or no checkpoint.
  init(_ file: Data) throws(TrainingError) {
    let all: NetworkWeights
    let metadata: [String: String]
    do {
      all = try NetworkWeights(safetensors: file)
      metadata = try NetworkWeights.metadata(ofSafetensors: file)
    } catch { throw TrainingError("The checkpoint is damaged: \(error.message)") }
    guard metadata["format"] == Checkpoint.format, let text = metadata["run"] else {
      throw TrainingError(
        "The file is not a checkpoint of a run but bare weights or something else; give it as "
          + "start, not to be resumed.")
    }
    guard let header = try? JSONDecoder().decode(Header.self, from: Data(text.utf8)) else {
      throw TrainingError("The checkpoint was written by another version of the program.")
    }
    step = header.step
    seconds = header.seconds
    best = header.best
    stale = header.stale
    graph = header.graph
    settings = header.settings
    lossScale = header.lossScale
    weights = NetworkWeights()
    optimizer = [:]
    var averages = NetworkWeights()
    for name in all.names {
      let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "weights": weights[parts[1]] = all[name]
      case "averages": averages[parts[1]] = all[name]
      case "optimizer": optimizer[parts[1]] = all[name]?.values
      default: break
      }
    }
    self.averages = averages.names.isEmpty ? nil : averages
  }

  init(
    step: Int, seconds: Double, best: Double?, stale: Int, graph: String,
    settings: TrainingSettings, weights: NetworkWeights, averages: NetworkWeights?,
    optimizer: [String: [Float]], lossScale: LossScale? = nil
  ) {
    (self.step, self.seconds, self.best, self.stale) = (step, seconds, best, stale)
    (self.graph, self.settings, self.weights) = (graph, settings, weights)
    (self.averages, self.optimizer, self.lossScale) = (averages, optimizer, lossScale)
  }

  /// Says why a run of `wanted` on `network` cannot go on from here; `nil` if it can.
  ///
  /// How long a run is and how often it is judged may change.
  func problem(network: String, _ wanted: TrainingSettings) -> String? {
    if network != graph { return "The checkpoint is of another network." }
    var own = settings
    own.steps = wanted.steps
    own.minutes = wanted.minutes
    own.patience = wanted.patience
    own.validationSteps = wanted.validationSteps
    own.drawingThreads = wanted.drawingThreads
    if own != wanted {
      return "The checkpoint was made with other settings; resume with its own recipe, or give "
        + "its weights as start."
    }
    return nil
  }
}
