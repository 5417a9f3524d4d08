import ECGExperiments
import ECGFormats
import ECGTestSupport
import ECGTraining
import Foundation
import Testing

@Suite("Recipes")
struct RecipeTests {
  private let scratch = ScratchFolder()
  private var folder: URL { scratch.url }

  @discardableResult
  private func write(_ text: String, as name: String = "r.yaml") throws -> URL {
    try scratch.write(text, name)
  }

  private func error(_ text: String) throws -> String {
    let url = try write(text)
    let error = #expect(throws: RecipeError.self) { try Recipe(url) }
    return error?.description ?? ""
  }

  @Test("each network has a recipe, and what its last leg gave is what is shipped")
  func repository() throws {
    let recipes = try FileManager.default.contentsOfDirectory(
      at: Repository.folder.appendingPathComponent("Recipes"), includingPropertiesForKeys: nil)
    #expect(recipes.count == Recipe.Task.allCases.count)
    for url in recipes {
      let recipe = try Recipe(url)
      #expect(recipe.name == recipe.task.rawValue)
      let shipped = SHA256.hexDigest(of: try Data(contentsOf: recipe.shippedWeights))
      #expect(recipe.legs.last?.gave == shipped)
    }
  }

  @Test("a leg changes what it names and keeps the rest of the recipe")
  func legs() throws {
    let hash = String(repeating: "aB", count: 32)
    let recipe = try Recipe(
      write(
        """
        task: lattice
        minutes: 9
        schedule: {kind: oneCycle, rate: 0.5}
        legs:
          - {name: first, seed: 7}
          - name: second
            start: {file: w.safetensors, sha256: \(hash)}
            seed: 8
            schedule: {rate: 0.25}
        """))
    #expect(recipe.legs.map(\.name) == ["first", "second"])
    #expect(recipe.legs.map(\.settings.seed) == [7, 8])
    #expect(recipe.legs.map(\.settings.minutes) == [9, 9])
    #expect(recipe.legs.map(\.settings.schedule.rate) == [0.5, 0.25])
    #expect(recipe.legs.allSatisfy { $0.settings.schedule.kind == .oneCycle })
    #expect(recipe.legs[1].start?.sha256 == hash.lowercased())
    #expect(recipe.legs[1].start?.file.lastPathComponent == "w.safetensors")
    #expect(try recipe.index(ofLeg: "second") == 1 && recipe.index(ofLeg: "1") == 0)
    #expect(throws: TrainingError.self) { try recipe.index(ofLeg: "third") }
  }

  @Test("a recipe that extends another changes what it names and keeps the rest")
  func extends() throws {
    try write(
      """
      task: lattice
      steps: 100
      batch: 8
      examples: {fresh: 4, replayed: 50}
      schedule:
        kind: oneCycle
        rate: 0.01
      """, as: "base.yaml")
    let recipe = try Recipe(
      write(
        """
        extends: base.yaml
        seed: 0x10
        schedule: {rate: 0.5}
        losses:
          - {kind: dice, truth: isGrid, channels: [4, 1], warmUpSteps: 10}
        """))
    #expect(recipe.legs[0].settings.seed == 16)
    #expect(recipe.legs[0].settings.batch == 8)
    #expect(recipe.legs[0].settings.schedule.kind == .oneCycle)
    #expect(recipe.legs[0].settings.schedule.rate == 0.5)
    #expect(
      recipe.legs[0].settings.losses
        == [LossTerm(.dice, truth: "isGrid", channels: [4, 1], warmUpSteps: 10)])
  }

  @Test("half precision and the scale of its loss")
  func halfPrecision() throws {
    let recipe = try Recipe(
      write("task: lattice\nsteps: 5\nprecision: half\nlossScale: {growthSteps: 50}"))
    #expect(recipe.legs[0].settings.precision == .half)
    #expect(recipe.legs[0].settings.lossScale == LossScale.Settings(start: 65536, growthSteps: 50))
    #expect(
      try error("task: lattice\nsteps: 5\nlossScale: {start: 8}").contains(
        "r.yaml:3: lossScale is for precision half, not bfloat16."))
    #expect(
      try error("task: lattice\nprecision: half\nsteps: 5\nlossScale:\n  start: 0").contains(
        "r.yaml:4: lossScale.start must lie in 1...16777216."))
    #expect(
      try error("task: lattice\nsteps: 5\nprecision: fp16").contains(
        "r.yaml:3: precision must be one of single, bfloat16, half"))
  }

  @Test(
    "errors say where and what",
    arguments: [
      ("task: lattice\nsteps: 5\nbatches: 3", "r.yaml:3: the recipe has no key batches. It has"),
      ("task: lattice\nsteps: many", "r.yaml:2: steps must be a whole number, not “many”."),
      ("task: lattice\nsteps: 2.5", "r.yaml:2: steps must be a whole number, not “2.5”."),
      (
        "task: lattice\nsteps: 5\nschedule:\n  kind: line",
        "r.yaml:4: kind must be one of constant, cosine, oneCycle, not “line”."
      ),
      (
        "task: lattice\nsteps: 5\nschedule:\n  rats: 1",
        "r.yaml:4: schedule has no key rats. It has kind,"
      ),
      ("task: lattice\nsteps: 5\nschedule: 3", "r.yaml:3: schedule must be a map"),
      ("task: lattice\nsteps: 5\nlosses: dice", "r.yaml:3: losses must be a list."),
      ("task: lattice\nsteps: 5\nsteps: 6", "r.yaml:"),
      ("task: cats\nsteps: 5", "r.yaml:1: task must be one of names, lattice, curve, letters."),
      ("task: lattice", "r.yaml:1: Either steps or minutes must be given."),
      ("- a\n- b", "r.yaml:1: A recipe is a map"),
      ("", "r.yaml:1: The recipe is empty."),
      ("task: [a", "r.yaml:"),
      ("task: lattice\nrecordings: here\nsteps: 1", "r.yaml:1: recordings are for the task curve"),
      ("task: lattice\nextends: none.yaml", "r.yaml:2: There is no recipe none.yaml"),
      ("extends: r.yaml", "r.yaml:1: The recipe extends itself."),
      ("task: lattice\nsteps: 5\nlegs: 3", "r.yaml:3: legs must be a list of at least one leg."),
      (
        "task: lattice\nsteps: 5\nlegs:\n- seed: 3",
        "r.yaml:4: A leg is a map of keys to values, among them name."
      ),
      (
        "task: lattice\nsteps: 5\nlegs:\n- name: a\n  task: names",
        "r.yaml:5: task is the same for all legs."
      ),
      (
        "task: lattice\nsteps: 5\nlegs:\n- name: a\n  rate: 1",
        "r.yaml:5: the recipe has no key rate."
      ),
      (
        "task: lattice\nsteps: 5\nlegs: [{name: a}, {name: a}]",
        "r.yaml:3: Each leg needs a name of its own."
      ),
      (
        "task: lattice\nsteps: 5\nstart: w.safetensors",
        "r.yaml:3: start must be a map of keys to values."
      ),
      ("task: lattice\nsteps: 5\nstart: {file: a}", "r.yaml:3: start needs file and sha256."),
      ("task: lattice\nsteps: 5\ngave: 12", "r.yaml:3: gave must be the SHA-256 of a file"),
      ("task: lattice\nsteps: 5\nbatch: {a: 1}", "r.yaml:3: batch must be a whole number."),
    ])
  func errors(text: String, message: String) throws {
    #expect(try error(text).hasPrefix(message))
  }

  @Test("an error in the recipe that is extended names that file")
  func inherited() throws {
    try write("task: lattice\nsteps: 5\nwrong: 1", as: "base.yaml")
    #expect(try error("extends: base.yaml\nseed: 2").hasPrefix("base.yaml:3: "))
  }

  @Test("a file that is not there")
  func missing() {
    #expect(throws: RecipeError.self) { try Recipe(folder.appendingPathComponent("no.yaml")) }
  }
}
