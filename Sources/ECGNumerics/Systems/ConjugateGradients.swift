/// A vector that conjugate gradients can work on, however it is stored.
@usableFromInline
package protocol GradientVector {
  /// The inner product.
  func dot(_ other: Self) -> Double
  /// Adds `factor · other`.
  mutating func add(_ other: Self, times factor: Double)
  /// Becomes `other + factor · self`.
  mutating func multiply(by factor: Double, adding other: Self)
}

extension [Double]: GradientVector {
  @inlinable
  package func dot(_ other: [Double]) -> Double {
    var sum = 0.0
    for k in indices { sum += self[k] * other[k] }
    return sum
  }

  @inlinable
  package mutating func add(_ other: [Double], times factor: Double) {
    for k in indices { self[k] += factor * other[k] }
  }

  @inlinable
  package mutating func multiply(by factor: Double, adding other: [Double]) {
    for k in indices { self[k] = other[k] + factor * self[k] }
  }
}

/// Solves A x = `right` for a symmetric positive (semi)definite A, from x = `zero`.
///
/// From zero it reaches the solution of least norm where A is singular.
///
/// - Parameters:
///   - tolerance: the residual's norm at which to stop, as part of the right side's.
///   - limit: the greatest number of iterations.
///   - multiply: puts A v into its second argument.
///   - precondition: an approximation of A⁻¹ v.
///
/// > Source: Hestenes, Stiefel, "Methods of conjugate gradients for solving linear systems"
/// > (1952), doi:10.6028/jres.049.044.
@inlinable
package func conjugateGradients<Vector: GradientVector>(
  _ right: Vector, zero: Vector, tolerance: Double, limit: Int,
  multiply: (Vector, inout Vector) -> Void, precondition: (Vector) -> Vector = { $0 }
) -> (solution: Vector, iterations: Int) {
  var (solution, residual) = (zero, right)
  var direction = precondition(residual)
  var size = residual.dot(direction)
  let goal = tolerance * tolerance * size
  var product = zero
  var iterations = 0
  while iterations < limit, size > goal, size > 0 {
    multiply(direction, &product)
    let curvature = direction.dot(product)
    guard curvature > 0 else { break }
    let step = size / curvature
    solution.add(direction, times: step)
    residual.add(product, times: -step)
    let next = precondition(residual)
    let nextSize = residual.dot(next)
    direction.multiply(by: nextSize / size, adding: next)
    size = nextSize
    iterations += 1
  }
  return (solution, iterations)
}
