public import ECGCore
import ECGNumerics

/// How well the paper was made flat, in millimetres of paper, without regard to anything later.
public struct GeometryScore: Sendable, Hashable {
  /// The root mean square distance between where a place is and where it should be, in mm, when
  /// the whole page may move but neither turn nor stretch.
  public var millimeters: Double
  /// The same when the page may also turn, stretch and shear: folds and lens that were not followed.
  public var localMillimeters: Double
  /// Percent by which a millimetre along time is taken too long (too many millimetres counted).
  public var pitchPercentX: Double
  /// Percent by which a millimetre along voltage is taken too long.
  public var pitchPercentY: Double

  /// Compares the places of a 5 mm lattice over the traces of `truth`; `nil` if they cannot be found.
  public init?(_ found: Digitization, truth: Digitization) {
    guard let area = TraceArea(truth.traces) else { return nil }
    let map = PageCorrespondence(truth: truth.geometry, found: found.geometry)
    let (tx, ty) = (truth.geometry.pixelsPerMillimeterX, truth.geometry.pixelsPerMillimeterY)
    let (fx, fy) = (found.geometry.pixelsPerMillimeterX, found.geometry.pixelsPerMillimeterY)
    var pairs: [(x: Double, y: Double, foundX: Double, foundY: Double)] = []
    for y in stride(from: area.y.lowerBound, through: area.y.upperBound, by: 5 * ty) {
      for x in stride(from: area.x.lowerBound, through: area.x.upperBound, by: 5 * tx) {
        guard let point = map.foundPoint(Point(x: x, y: y)) else { continue }
        pairs.append((x / tx, y / ty, point.x / fx, point.y / fy))
      }
    }
    guard pairs.count >= 12 else { return nil }
    let (x, y) = (pairs.map(\.x), pairs.map(\.y))
    let (meanX, meanY) = (mean(x), mean(y))
    let away = (x: pairs.map { $0.foundX - $0.x }, y: pairs.map { $0.foundY - $0.y })
    let (shiftX, shiftY) = (mean(away.x), mean(away.y))
    let squares = zip(away.x, away.y).map { a, b in
      (a - shiftX) * (a - shiftX) + (b - shiftY) * (b - shiftY)
    }
    millimeters = mean(squares).squareRoot()
    var systems = [NormalEquations(count: 3), NormalEquations(count: 3)]
    for k in pairs.indices {
      let row = [1, x[k] - meanX, y[k] - meanY]
      systems[0].add(row, away.x[k])
      systems[1].add(row, away.y[k])
    }
    guard let a = systems[0].solution, let b = systems[1].solution else { return nil }
    let rest = pairs.indices.map { k in
      let (u, v) = (x[k] - meanX, y[k] - meanY)
      let ex = away.x[k] - a[0] - a[1] * u - a[2] * v
      let ey = away.y[k] - b[0] - b[1] * u - b[2] * v
      return ex * ex + ey * ey
    }
    localMillimeters = mean(rest).squareRoot()
    pitchPercentX = 100 * a[1]
    pitchPercentY = 100 * b[2]
  }
}
