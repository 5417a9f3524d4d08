import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("Cheapest path through ink")
struct InkPathCostsTests {
  /// Ink drawn as text: `#` is full ink, `.` is paper.
  static func plane(_ drawing: [String]) -> Plane<PageSpace> {
    Plane(
      width: drawing[0].count, height: drawing.count,
      values: drawing.flatMap { $0.map { $0 == "#" ? 1 : 0 } })
  }

  @Test("follows a line and a peak, and nothing beside them")
  func linePeak() {
    let ink = Self.plane([
      "......#.......",
      "......#.......",
      "......#.......",
      "#######.######",
      "........#.....",
      "..............",
    ])
    let costs = InkPathCosts(
      ink, columns: 0..<14, rows: 0..<6, baseline: [Float](repeating: 3, count: 14),
      pixelsPerMillimeter: 8)
    for x in 0..<6 { #expect(costs.bestRows(x) == 3...3, "column \(x)") }
    #expect(costs.bestRows(10) == 3...3)
    #expect(costs.through[2 * 6 + 4] > 0.1)
    #expect(costs.through[2 * 6 + 2] > 0.1)
  }

  @Test("its least cost through any column is that of the best path")
  func consistent() {
    var generator = SystemRandomNumberGenerator()
    let values = (0..<(30 * 20)).map { _ in Float.random(in: 0...1, using: &generator) }
    let costs = InkPathCosts(
      Plane(width: 30, height: 20, values: values), columns: 0..<30, rows: 0..<20,
      baseline: [Float](repeating: 9, count: 30), pixelsPerMillimeter: 8)
    for x in 0..<30 {
      let least = (0..<20).map { costs.through[x * 20 + $0] }.min() ?? 1
      #expect(abs(least) < 1e-3, "column \(x)")
    }
  }
  @Test("its best cost is that of the cheapest of all paths, by exhaustive search")
  func exhaustive() {
    var generator = SystemRandomNumberGenerator()
    let (w, h, weights) = (5, 4, InkPathCosts.Weights())
    for _ in 0..<20 {
      let values = (0..<(w * h)).map { _ in Float.random(in: 0...1, using: &generator) }
      let plane = Plane<PageSpace>(width: w, height: h, values: values)
      let costs = InkPathCosts(
        plane, columns: 0..<w, rows: 0..<h, baseline: [Float](repeating: 1, count: w),
        pixelsPerMillimeter: 8)
      func missing(_ x: Int, _ y: Int) -> Float { 1 - plane[x, y] }
      func column(_ x: Int, _ y: Int) -> Float { missing(x, y) + weights.pull * abs(Float(y - 1)) }
      /// The cheapest way on from where a path enters a column: it leaves it after a climb.
      func rest(_ x: Int, _ entered: Int) -> Float {
        var least = Float.infinity
        for left in 0..<h {
          var cost = column(x, entered)
          var y = entered
          while y != left {
            y += left > y ? 1 : -1
            cost += weights.climb + weights.climbBare * missing(x, y)
          }
          if x + 1 < w {
            let next = max(0, left - 1)...min(h - 1, left + 1)
            cost += next.map { rest(x + 1, $0) }.min() ?? 0
          }
          least = min(least, cost)
        }
        return least
      }
      let best = (0..<h).map { rest(0, $0) }.min() ?? 0
      #expect(abs(best - costs.bestCost) < 1e-4)
    }
  }
}
