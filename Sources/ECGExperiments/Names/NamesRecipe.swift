package import ECGTraining
package import Foundation

/// How the network that reads names is trained. Unknown keys are errors.
package struct NamesRecipe: Hashable, Codable, Sendable {
  package var seed: UInt64
  package var training: SpotTraining.Settings
  /// Of each batch; the rest is replayed.
  package var freshPerBatch: Int
  /// How many examples are kept for replay.
  package var replayed: Int
  /// Threads that draw examples, and that compute.
  package var drawingThreads: Int
  package var computingThreads: Int

  package init(
    seed: UInt64, training: SpotTraining.Settings, freshPerBatch: Int, replayed: Int,
    drawingThreads: Int, computingThreads: Int
  ) {
    self.seed = seed
    self.training = training
    self.freshPerBatch = freshPerBatch
    self.replayed = replayed
    self.drawingThreads = drawingThreads
    self.computingThreads = computingThreads
  }

  /// Reads a recipe from JSON.
  package init(json: Data) throws {
    let recipe = try JSONDecoder().decode(NamesRecipe.self, from: json)
    let known = try JSONSerialization.jsonObject(with: JSONEncoder().encode(recipe))
    let given = try JSONSerialization.jsonObject(with: json)
    if let key = NamesRecipe.unknownKey(in: given, knowing: known) {
      throw TrainingError("The recipe has a key that is not known: \(key).")
    }
    self = recipe
  }

  private static func unknownKey(in given: Any, knowing known: Any) -> String? {
    guard let given = given as? [String: Any], let known = known as? [String: Any] else {
      return nil
    }
    for (key, value) in given {
      guard let other = known[key] else { return key }
      if let inner = unknownKey(in: value, knowing: other) { return "\(key).\(inner)" }
    }
    return nil
  }
}
