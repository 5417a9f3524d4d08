/// The heart's electric vector, or a direction in which an electrode sees it.
///
/// Conventions: x to the patient's left, y towards the feet, z to the front; a heart vector in mV.
public struct Dipole: Hashable, Sendable {
  /// Towards the patient's left, in mV.
  public var x: Double
  /// Towards the feet, in mV.
  public var y: Double
  /// To the front, in mV.
  public var z: Double

  /// Creates a vector from its components.
  public init(_ x: Double, _ y: Double, _ z: Double) {
    (self.x, self.y, self.z) = (x, y, z)
  }

  static let zero = Dipole(0, 0, 0)
  static func + (a: Dipole, b: Dipole) -> Dipole { Dipole(a.x + b.x, a.y + b.y, a.z + b.z) }
  static func - (a: Dipole, b: Dipole) -> Dipole { Dipole(a.x - b.x, a.y - b.y, a.z - b.z) }
  static func * (a: Dipole, factor: Double) -> Dipole {
    Dipole(a.x * factor, a.y * factor, a.z * factor)
  }

  func dot(_ other: Dipole) -> Double { x * other.x + y * other.y + z * other.z }
}
