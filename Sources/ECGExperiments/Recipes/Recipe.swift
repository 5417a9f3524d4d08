package import ECGTraining
package import Foundation

/// What is trained and how: a small YAML file, which may extend another. A network is trained in
/// legs, each from the weights of the one before.
package struct Recipe: Hashable, Sendable {
  /// What can be trained.
  package enum Task: String, Hashable, Sendable, CaseIterable {
    case names, lattice, curve, letters
  }

  /// Weights in a file, known by their hash.
  package struct Start: Hashable, Sendable {
    package var file: URL
    /// The SHA-256 of the file, 64 hexadecimal digits.
    package var sha256: String
  }

  /// One run: what the recipe says, with changes of its own.
  package struct Leg: Hashable, Sendable {
    /// `nil` in a recipe without legs, which is one run.
    package var name: String?
    /// Weights to go on from; `nil` for those of the leg before.
    package var start: Start?
    /// The SHA-256 of the weights it gave where it was run before.
    package var gave: String?
    package var settings = TrainingSettings()
  }

  /// The file's name.
  package var name: String
  package var task: Task
  /// Unpacked samples of real recordings (`curve`); hearts are drawn where there are none.
  package var recordings: URL?
  /// The weights of this network that are shipped with the recipe.
  package var shippedWeights: URL
  /// The runs, one after the other; at least one.
  package var legs: [Leg] = []

  /// Reads a recipe.
  package init(_ url: URL) throws(RecipeError) {
    let value = try RecipeValue.file(url)
    name = url.deletingPathExtension().lastPathComponent
    func beside(_ path: String) -> URL {
      URL(fileURLWithPath: path, relativeTo: url.deletingLastPathComponent()).absoluteURL
    }
    (task, shippedWeights) = (.names, beside("../Weights"))
    for legValue in try value.legs() {
      var reader = try RecipeReader(legValue, name: "the recipe")
      var (task, recordings): (String?, String?)
      try reader.read("task", &task)
      try reader.read("recordings", &recordings)
      let words = Task.allCases.map(\.rawValue).joined(separator: ", ")
      guard let task, let known = Task(rawValue: task) else {
        throw RecipeError(reader.place, "task must be one of \(words).")
      }
      if recordings != nil, known != .curve {
        throw RecipeError(
          reader.place, "recordings are for the task curve; \(task) draws its own.")
      }
      (self.task, self.recordings) = (known, recordings.map(beside))
      var leg = Leg()
      try reader.read("name", &leg.name)
      try reader.readHash("gave", &leg.gave)
      try reader.map("start") { map throws(RecipeError) in
        var (file, hash): (String?, String?)
        try map.read("file", &file)
        try map.readHash("sha256", &hash)
        guard let file, let hash else {
          throw RecipeError(map.place, "start needs file and sha256.")
        }
        leg.start = Start(file: beside(file), sha256: hash)
      }
      try leg.settings.read(from: &reader)
      try reader.finish(besides: ["legs"])
      if let problem = leg.settings.problem { throw RecipeError(reader.place, problem) }
      if legs.contains(where: { $0.name == leg.name }) {
        throw RecipeError(reader.place(of: "name"), "Each leg needs a name of its own.")
      }
      legs.append(leg)
    }
    shippedWeights.append(component: "\(task.rawValue).safetensors")
  }

  /// The place in `legs` of the leg with this name, or number from 1.
  package func index(ofLeg wanted: String) throws -> Int {
    if let index = legs.firstIndex(where: { $0.name == wanted }) { return index }
    if let number = Int(wanted), legs.indices.contains(number - 1) { return number - 1 }
    let known = legs.compactMap(\.name).joined(separator: ", ")
    throw TrainingError(
      "\(name) has no leg \(wanted). " + (known.isEmpty ? "It has one run." : "It has \(known)."))
  }
}

extension RecipeValue {
  /// What each leg is run with: the recipe, changed by the leg; the recipe itself where it has none.
  fileprivate func legs() throws(RecipeError) -> [RecipeValue] {
    guard case .map(let entries, let place) = self,
      let legs = entries.first(where: { $0.key == "legs" })
    else { return [self] }
    guard case .list(let list, _) = legs.value, !list.isEmpty else {
      throw RecipeError(legs.place, "legs must be a list of at least one leg.")
    }
    let shared = RecipeValue.map(entries.filter { $0.key != "legs" }, place)
    var values: [RecipeValue] = []
    for leg in list {
      guard case .map(let changes, let place) = leg, changes.contains(where: { $0.key == "name" })
      else { throw RecipeError(leg.place, "A leg is a map of keys to values, among them name.") }
      if let task = changes.first(where: { ["task", "recordings", "legs"].contains($0.key) }) {
        throw RecipeError(task.place, "\(task.key) is the same for all legs.")
      }
      values.append(shared.changed(by: .map(changes, place)))
    }
    return values
  }
}
