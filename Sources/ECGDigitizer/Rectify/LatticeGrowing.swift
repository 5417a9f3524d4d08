import ECGCore
import ECGNumerics
import Foundation

/// Walks the phase of a grid from crossing to crossing.
///
/// The next crossing to measure is always the neighbour of the surest one found so far, as in
/// region growing; where the grid is hidden the walk goes around. No page edge, label or
/// global model is needed, so folds and curl do not matter.
///
/// > Source: priority region growing after Adams, Bischof, "Seeded region growing" (1994),
/// > doi:10.1109/34.295913; here over crossings of a lattice, with phase in place of grey.
struct LatticeGrowing {
  let field: PhaseField
  let parameters: RectifyParameters.Growing
  /// Crossings on each side of the seed, at most.
  static let reach = 110
  static let side = 2 * reach + 1
  /// The greatest distance between expected and measured place, in cells.
  private var greatestJump: Double { parameters.greatestJump / Double(field.harmonic) }

  /// A cell's edges in pixels: (xu, yu) one cell to the right, (xv, yv) one cell down.
  struct Basis: Sendable {
    var xu: Double
    var yu: Double
    var xv: Double
    var yv: Double
  }

  private struct Measure {
    var du: Double
    var dv: Double
    var quality: Double
  }

  private struct Candidate {
    var quality: Double
    var index: Int
    var parent: Int
  }

  /// Grows from `seed`.
  func grow(from seed: Point<PhotoSpace>, basis start: Basis) -> GrownLattice {
    let side = LatticeGrowing.side
    var places = [Point<PhotoSpace>](repeating: Point(x: 0, y: 0), count: side * side)
    var bases = [Basis](repeating: start, count: side * side)
    var quality = [Double](repeating: 0, count: side * side)
    var tries = [UInt8](repeating: 0, count: side * side)
    var queue = PriorityQueue<Candidate> { $0.quality > $1.quality }
    let first = LatticeGrowing.reach * side + LatticeGrowing.reach
    let centre = refined(seed, start, rounds: 8)
    places[first] = centre.place
    quality[first] = max(centre.quality, 1e-2)

    func push(_ index: Int) {
      let (i, j) = (index % side, index / side)
      for (a, b) in [(1, 0), (-1, 0), (0, 1), (0, -1)] {
        let (x, y) = (i + a, j + b)
        guard x >= 2, y >= 2, x < side - 2, y < side - 2 else { continue }
        let neighbour = y * side + x
        if quality[neighbour] == 0, tries[neighbour] < 3 {
          queue.insert(Candidate(quality: quality[index], index: neighbour, parent: index))
        }
      }
    }
    push(first)
    let (limitX, limitY) = (
      field.offset + Double(field.width) * field.step,
      field.offset + Double(field.height) * field.step
    )
    while let next = queue.removeFirst() {
      guard quality[next.index] == 0, tries[next.index] < 3 else { continue }
      tries[next.index] += 1
      let cell = basis(
        at: next.parent, places: places, quality: quality, prior: bases[next.parent])
      let (a, b) = (
        Double(next.index % side - next.parent % side),
        Double(next.index / side - next.parent / side)
      )
      let parent = places[next.parent]
      let expected = Point<PhotoSpace>(
        x: parent.x + a * cell.xu + b * cell.xv, y: parent.y + a * cell.yu + b * cell.yv)
      guard expected.x > 0, expected.y > 0, expected.x < limitX, expected.y < limitY else {
        continue
      }
      let found = refined(expected, cell, rounds: 3)
      guard isAccepted(found.quality, jump: found.jump) else { continue }
      places[next.index] = found.place
      quality[next.index] = found.quality
      bases[next.index] = basis(
        at: next.index, places: places, quality: quality, prior: cell)
      push(next.index)
    }
    return LatticeGrowing.cropped(places, quality)
  }

  /// A weak crossing counts if it lies where it is expected; by chance that is rare.
  private func isAccepted(_ quality: Double, jump: Double) -> Bool {
    quality >= parameters.leastQuality && jump <= greatestJump
      || quality >= 0.5 * parameters.leastQuality && jump <= greatestJump / 3
  }

  /// Moves a place onto the nearest crossing by the phase around it.
  private func refined(
    _ start: Point<PhotoSpace>, _ basis: Basis, rounds: Int
  ) -> (place: Point<PhotoSpace>, quality: Double, jump: Double) {
    var (place, quality, du, dv) = (start, 0.0, 0.0, 0.0)
    for _ in 0..<rounds {
      let measure = measure(place, basis)
      quality = measure.quality
      du += measure.du
      dv += measure.dv
      place.x -= basis.xu * measure.du + basis.xv * measure.dv
      place.y -= basis.yu * measure.du + basis.yv * measure.dv
      if max(abs(measure.du), abs(measure.dv)) < parameters.smallestStep { break }
    }
    return (place, quality, max(abs(du), abs(dv)))
  }

  /// The phase at a place, from 7 × 7 samples within ±0.4 cell, in cells.
  private func measure(_ place: Point<PhotoSpace>, _ basis: Basis) -> Measure {
    let inverse = 1 / field.step
    let px = Float((place.x - field.offset) * inverse)
    let py = Float((place.y - field.offset) * inverse)
    let (ux, uy) = (Float(basis.xu * inverse), Float(basis.yu * inverse))
    let (vx, vy) = (Float(basis.xv * inverse), Float(basis.yv * inverse))
    // Turns of the angle of u and of v per cell along both edges, beyond what a crossing has.
    let harmonic = Double(field.harmonic)
    var (uAlongU, uAlongV, vAlongU, vAlongV) = (-harmonic, 0.0, 0.0, -harmonic)
    var (uStart, vStart) = (0.0, 0.0)
    if let (u, v) = field.carriers {
      let (fu, fv) = (u.at(place.x, place.y), v.at(place.x, place.y))
      uAlongU += fu.x * basis.xu + fu.y * basis.yu
      uAlongV += fu.x * basis.xv + fu.y * basis.yv
      vAlongU += fv.x * basis.xu + fv.y * basis.yu
      vAlongV += fv.x * basis.xv + fv.y * basis.yv
      uStart = u.cycles(place.x, place.y)
      vStart = v.cycles(place.x, place.y)
    }
    let (u1, u2) = (Wave(turnsPerCell: uAlongU), Wave(turnsPerCell: uAlongV))
    let (v1, v2) = (Wave(turnsPerCell: vAlongU), Wave(turnsPerCell: vAlongV))
    var (ur, ui, vr, vi): (Float, Float, Float, Float) = (0, 0, 0, 0)
    field.values.withUnsafeBufferPointer { values in
      var (ua, va, ub, vb) = (u1.first, v1.first, u2.first, v2.first)
      for b in 0..<7 {
        let t = Float(b - 3) * Float(Wave.spacing)
        var (rowU, rowV): (Wave.Value, Wave.Value) = ((0, 0), (0, 0))
        (ua, va) = (u1.first, v1.first)
        for a in 0..<7 {
          let s = Float(a - 3) * Float(Wave.spacing)
          let z = PhaseField.sample(
            values, width: field.width, height: field.height, x: px + s * ux + t * vx,
            y: py + s * uy + t * vy)
          rowU.0 += z.0 * ua.0 - z.1 * ua.1
          rowU.1 += z.0 * ua.1 + z.1 * ua.0
          rowV.0 += z.2 * va.0 - z.3 * va.1
          rowV.1 += z.2 * va.1 + z.3 * va.0
          ua = u1.next(ua)
          va = v1.next(va)
        }
        ur += rowU.0 * ub.0 - rowU.1 * ub.1
        ui += rowU.0 * ub.1 + rowU.1 * ub.0
        vr += rowV.0 * vb.0 - rowV.1 * vb.1
        vi += rowV.0 * vb.1 + rowV.1 * vb.0
        ub = u2.next(ub)
        vb = v2.next(vb)
      }
    }
    func cells(_ imaginary: Float, _ real: Float, _ start: Double) -> Double {
      let turns = Double(atan2(imaginary, real)) / (2 * Double.pi) + start
      return (turns - turns.rounded()) / harmonic
    }
    return Measure(
      du: cells(ui, ur, uStart), dv: cells(vi, vr, vStart),
      quality: Double(min(ur * ur + ui * ui, vr * vr + vi * vi).squareRoot()) / 49)
  }

  /// exp(2πi · turns · s) at the seven places s = −0.4 … 0.4 cell, one after the other.
  private struct Wave {
    typealias Value = (Float, Float)
    static let spacing = 0.4 / 3
    let first: Value
    private let step: Value

    init(turnsPerCell: Double) {
      let angle = 2 * Double.pi * turnsPerCell * Wave.spacing
      step = (Float(cos(angle)), Float(sin(angle)))
      first = (Float(cos(3 * angle)), Float(-sin(3 * angle)))
    }

    @inline(__always)
    func next(_ value: Value) -> Value {
      (value.0 * step.0 - value.1 * step.1, value.0 * step.1 + value.1 * step.0)
    }
  }

  /// The local cell from the crossings within two steps, by least squares, held to `prior`.
  private func basis(
    at index: Int, places: [Point<PhotoSpace>], quality: [Double], prior: Basis
  ) -> Basis {
    let ridge = parameters.priorWeight
    var (aa, ab, bb) = (ridge, 0.0, ridge)
    var (ax, ay, bx, by) = (ridge * prior.xu, ridge * prior.yu, ridge * prior.xv, ridge * prior.yv)
    let here = places[index]
    for b in -2...2 {
      for a in -2...2 where a != 0 || b != 0 {
        let other = index + b * LatticeGrowing.side + a
        let q = quality[other]
        guard q > 0 else { continue }
        let (da, db) = (Double(a), Double(b))
        let w = q / (da * da + db * db)
        let (dx, dy) = (places[other].x - here.x, places[other].y - here.y)
        aa += w * da * da
        ab += w * da * db
        bb += w * db * db
        ax += w * da * dx
        ay += w * da * dy
        bx += w * db * dx
        by += w * db * dy
      }
    }
    let r = 1 / (aa * bb - ab * ab)
    return Basis(
      xu: (bb * ax - ab * bx) * r, yu: (bb * ay - ab * by) * r, xv: (aa * bx - ab * ax) * r,
      yv: (aa * by - ab * ay) * r)
  }

  /// The smallest rectangle of crossings that holds all found.
  private static func cropped(_ places: [Point<PhotoSpace>], _ quality: [Double]) -> GrownLattice {
    var (left, right, top, bottom) = (side, -1, side, -1)
    for index in quality.indices where quality[index] > 0 {
      left = min(left, index % side)
      right = max(right, index % side)
      top = min(top, index / side)
      bottom = max(bottom, index / side)
    }
    guard right >= left else { return GrownLattice(columns: 0, rows: 0, places: [], quality: []) }
    var out = GrownLattice(
      columns: right - left + 1, rows: bottom - top + 1, places: [], quality: [])
    for j in top...bottom {
      out.places += places[(j * side + left)...(j * side + right)]
      out.quality += quality[(j * side + left)...(j * side + right)]
    }
    return out
  }
}
