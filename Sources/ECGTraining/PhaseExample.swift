/// One training example of a network that tells phases.
public struct PhaseExample: Sendable {
  /// Cells of a side of the truth.
  public var cells: Int
  /// Pixels of a side of the input.
  public var side: Int
  /// `channels · side · side` values.
  public var input: [Float]
  /// cos and sin of u, cos and sin of v: `4 · cells · cells` values.
  public var phases: [Float]
  /// `cells · cells` values: 1 where there is a grid, else 0.
  public var isGrid: [Float]

  /// Creates an example.
  public init(side: Int, cells: Int, input: [Float], phases: [Float], isGrid: [Float]) {
    self.side = side
    self.cells = cells
    self.input = input
    self.phases = phases
    self.isGrid = isGrid
  }

  /// The example mirrored left to right: u counts the other way.
  public func mirrored() -> PhaseExample {
    var out = self
    out.input = PhaseExample.mirrored(input, side)
    out.phases = PhaseExample.mirrored(phases, cells)
    out.isGrid = PhaseExample.mirrored(isGrid, cells)
    out.negateMap(1)
    return out
  }

  /// The example upside down, not turned: v counts the other way.
  public func flipped() -> PhaseExample {
    var out = self
    out.input = PhaseExample.flipped(input, side)
    out.phases = PhaseExample.flipped(phases, cells)
    out.isGrid = PhaseExample.flipped(isGrid, cells)
    out.negateMap(3)
    return out
  }

  private mutating func negateMap(_ map: Int) {
    let count = cells * cells
    for k in (map * count)..<((map + 1) * count) { phases[k].negate() }
  }

  private static func mirrored(_ values: [Float], _ side: Int) -> [Float] {
    var out = values
    for start in stride(from: 0, to: values.count, by: side) {
      for x in 0..<side { out[start + x] = values[start + side - 1 - x] }
    }
    return out
  }

  private static func flipped(_ values: [Float], _ side: Int) -> [Float] {
    var out = values
    let map = side * side
    for start in stride(from: 0, to: values.count, by: map) {
      for y in 0..<side {
        let (to, from) = (start + y * side, start + (side - 1 - y) * side)
        for x in 0..<side { out[to + x] = values[from + x] }
      }
    }
    return out
  }
}
