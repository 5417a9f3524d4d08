import ECGNumerics
import Testing

@Suite("Linear systems")
struct SystemTests {
  @Test("normal equations find the line through weighted points")
  func line() throws {
    var equations = NormalEquations(count: 2)
    for x in [0.0, 1, 2, 3] { equations.add([1, x], 3 - 2 * x) }
    equations.add([1, 10], 500, weight: 0)
    let solution = try #require(equations.solution)
    #expect(abs(solution[0] - 3) < 1e-12 && abs(solution[1] + 2) < 1e-12)
  }

  @Test("equations that were gathered elsewhere are solved from their lower triangle")
  func gathered() throws {
    let equations = NormalEquations(matrix: [4, 99, 2, 3], right: [10, 8])
    let solution = try #require(equations.solution)
    #expect(abs(solution[0] - 1.75) < 1e-12 && abs(solution[1] - 1.5) < 1e-12)
  }

  @Test("what rows leave open has no solution, unless a ridge holds it")
  func open() throws {
    var equations = NormalEquations(count: 2)
    equations.add([1, 1], 2)
    equations.add([2, 2], 4)
    #expect(equations.solution == nil)
    equations.addRidge(1e-3, to: 0)
    equations.addRidge(1e-3, to: 1)
    let solution = try #require(equations.solution)
    #expect(abs(solution[0] - 1) < 1e-3 && abs(solution[1] - 1) < 1e-3)
  }

  @Test("conjugate gradients solve, and stay in the least norm where the system is singular")
  func gradients() {
    // A = [[2, 2], [2, 2]]: only the sum is determined.
    let (x, iterations) = conjugateGradients(
      [4.0, 4.0], zero: [0, 0], tolerance: 1e-12, limit: 10,
      multiply: { v, out in
        let sum: Double = v[0] + v[1]
        out = [2 * sum, 2 * sum]
      })
    #expect(iterations <= 2)
    #expect(abs(x[0] - 1) < 1e-12 && abs(x[1] - 1) < 1e-12)
  }

  @Test("a banded factor solves, and knows the diagonal of the inverse")
  func banded() {
    // The second difference with a unit ridge: symmetric, positive, of half bandwidth 1.
    let n = 5
    var system = BandedSystem(count: n, halfBandwidth: 1)
    for i in 0..<n {
      system.upper[2 * i] = 3
      if i + 1 < n { system.upper[2 * i + 1] = -1 }
    }
    let known = [1.0, -2, 0.5, 4, -1]
    var right = [Double](repeating: 0, count: n)
    for i in 0..<n {
      let (before, after) = (i > 0 ? known[i - 1] : 0, i + 1 < n ? known[i + 1] : 0)
      right[i] = 3 * known[i] - before - after
    }
    let isPositive = system.factor()
    #expect(isPositive)
    let solution = system.solve(right)
    for i in 0..<n { #expect(abs(solution[i] - known[i]) < 1e-12) }
    let diagonal = system.inverseDiagonal()
    for i in 0..<n {
      var unit = [Double](repeating: 0, count: n)
      unit[i] = 1
      #expect(abs(system.solve(unit)[i] - diagonal[i]) < 1e-12)
    }
  }
}
