import Foundation

/// What each pixel column says about the curve: its share of cost, gradient and curvature.
///
/// A column sees the knots within the reach of pen and blur, always the same number of them:
/// its share is a small block. Blocks of columns whose knots have not moved are kept from one
/// step of the fit to the next, which is what makes the last steps cheap.
///
///     pixel(r, c) = a Σ_j w_j(c) [F(r − t_j) − F(r − b_j)]
///
/// over sub-columns j with stroke edges t, b (``StrokeEdges``) and edge profile F.
struct StrokeColumns {
  /// What a column's share is computed with.
  struct Settings {
    var shape: StrokeShape
    /// Knots of a pixel.
    var perPixel: Int
    /// Blur along the columns beyond the picture's own, in pixels.
    var verticalBlur = 0.0
    /// Noise level of the pixels, s.
    var noise: Double
    /// Residuals beyond this pull with constant force.
    var limit: Double
    /// Sub-columns per pixel column.
    var subcolumns: Int
  }

  /// How far blur carries ink into a column, in standard deviations.
  private static let blurReach = 2.6
  /// Pixels covered by more than this and less than the rest lie on the stroke's edge.
  private static let edgeCover: Float = 0.02

  let pixels: StrokePixels
  let settings: Settings
  /// The number of knots that one column sees.
  let span: Int
  /// Knot `perPixel · c + firstKnot` is the first that column c sees.
  let firstKnot: Int
  /// Per column: cost, gradient (``span`` values), upper triangle of the curvature by rows of
  /// ``lanes`` vectors; what lies below the triangle means nothing.
  private(set) var costs: [Float]
  private(set) var gradients: [Float]
  private(set) var curvatures: [SIMD4<Float>]
  /// Vectors of four that hold ``span`` values.
  let lanes: Int
  /// Per column: squared residuals over pixels on the stroke's edge, and their number.
  private(set) var edgeSquares: [Float]
  private(set) var edgeCounts: [Float]

  private let profile: EdgeProfile
  private let weights: [Float]
  private let margin: Int

  /// Prepares the shares; `isEmpty` where only covers are wanted.
  init(_ pixels: StrokePixels, _ settings: Settings, isEmpty: Bool = false) {
    self.pixels = pixels
    self.settings = settings
    let sigma = settings.shape.blur
    let k = Double(settings.subcolumns)
    profile = EdgeProfile(
      blur: (sigma * sigma + settings.verticalBlur * settings.verticalBlur).squareRoot())
    let margin = Int((StrokeColumns.blurReach * sigma * k).rounded(.up))
    self.margin = margin
    let width = max(sigma, EdgeProfile.leastBlur)
    let raw = (0..<(settings.subcolumns + 2 * margin)).map { m -> Double in
      let offset = (Double(m - margin) + 0.5) / k - 0.5
      return EdgeProfile.phi((offset + 0.5) / width) - EdgeProfile.phi((offset - 0.5) / width)
    }
    let sum = raw.reduce(0, +)
    weights = raw.map { Float($0 / sum) }
    // Sub-columns lie within ½ + margin / K of the column, segments within h of those.
    let reach = (0.5 + Double(margin) / k + settings.shape.halfWidth) * Double(settings.perPixel)
    firstKnot = Int((-reach).rounded(.down))
    span = Int(reach.rounded(.down)) + 2 - firstKnot
    let count = isEmpty ? 0 : pixels.columnCount
    costs = [Float](repeating: 0, count: count)
    gradients = [Float](repeating: 0, count: count * span)
    lanes = StrokeScratch.lanes(span: span)
    curvatures = [SIMD4<Float>](repeating: .zero, count: count * span * lanes)
    edgeSquares = costs
    edgeCounts = costs
  }

  /// The edges of the curve `y` on the sub-columns that `columns` see.
  private func zones(_ y: [Double], for columns: [Int]) -> StrokeZones {
    let k = settings.subcolumns
    let count = pixels.columnCount * k
    var ranges: [Range<Int>] = []
    for c in columns {
      let range = max(c * k - margin, 0)..<min((c + 1) * k + margin, count)
      if let last = ranges.last, range.lowerBound <= last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        ranges.append(range)
      }
    }
    var edges = StrokeEdges(
      count: count, spacing: 1 / Double(settings.perPixel), subspacing: 1 / Double(k))
    edges.update(
      y, first: 0.5 / Double(k) - 0.5, halfWidth: settings.shape.halfWidth, ranges: ranges)
    return StrokeZones(edges, ranges: ranges, profile: profile, rowStep: pixels.rowStep)
  }

  /// Takes over the blocks of `columns` from `other`.
  mutating func adopt(_ columns: [Int], from other: StrokeColumns) {
    for c in columns {
      costs[c] = other.costs[c]
      edgeSquares[c] = other.edgeSquares[c]
      edgeCounts[c] = other.edgeCounts[c]
      for i in (c * span)..<(c * span + span) { gradients[i] = other.gradients[i] }
      for i in (c * span * lanes)..<((c + 1) * span * lanes) { curvatures[i] = other.curvatures[i] }
    }
  }

  /// How far the stroke of curve `y` covers the pixels of `columns` (ascending), one column
  /// after the other.
  func covers(_ columns: [Int], _ y: [Double]) -> [Float] {
    let zones = zones(y, for: columns)
    defer { zones.deallocate() }
    let scratch = StrokeScratch(rows: tallest(columns), span: span)
    defer { scratch.deallocate() }
    var out: [Float] = []
    for c in columns where pixels.counts[c] > 0 {
      cover(c, zones, scratch)
      for r in 0..<pixels.counts[c] { out.append(scratch.cover[r]) }
    }
    return out
  }

  private func tallest(_ columns: [Int]) -> Int {
    columns.reduce(1) { max($0, self.pixels.counts[$1]) }
  }

  /// Fills `scratch` with the cover of column `c` and its slopes.
  @inline(__always)
  private func cover(_ c: Int, _ zones: StrokeZones, _ scratch: StrokeScratch) {
    let (top, rows) = (pixels.rows[c], pixels.counts[c])
    let base = settings.perPixel * c + firstKnot
    let (k, margin) = (settings.subcolumns, margin)
    scratch.clear(rows: rows)
    weights.withUnsafeBufferPointer { weights in
      for j in max(c * k - margin, 0)..<min((c + 1) * k + margin, zones.count) {
        let weight = weights[j &- c &* k &+ margin]
        scratch.add(2 &* j, of: zones, weight: weight, top: top, rows: rows, base: base)
        scratch.add(2 &* j &+ 1, of: zones, weight: -weight, top: top, rows: rows, base: base)
      }
    }
    scratch.settle(rows: rows)
  }

  /// Computes the blocks of `columns` (ascending) for the curve `y`.
  mutating func update(_ columns: [Int], _ y: [Double]) {
    let zones = zones(y, for: columns)
    defer { zones.deallocate() }
    let scratch = StrokeScratch(rows: tallest(columns), span: span)
    defer { scratch.deallocate() }
    let (pixels, settings, span) = (self.pixels, self.settings, self.span)
    let limit = Float(settings.limit)
    // Rows that were left out would have said the same.
    let edge = StrokeColumns.edgeCover
    let scale = Float(Double(pixels.rowStep) / (settings.noise * settings.noise))
    let (a, lanes) = (Float(settings.shape.darkness), lanes)
    for c in columns {
      let rows = pixels.counts[c]
      guard rows > 0 else { continue }
      cover(c, zones, scratch)
      var (cost, squares, count) = (Float(0), Float(0), Float(0))
      let (h, g, start) = (c * span * lanes, c * span, pixels.starts[c])
      curvatures.withUnsafeMutableBufferPointer { curvatures in
        gradients.withUnsafeMutableBufferPointer { gradients in
          guard let block = curvatures.baseAddress.map({ $0 + h }),
            let force = gradients.baseAddress.map({ $0 + g })
          else { return }
          for i in 0..<(span &* lanes) { block[i] = .zero }
          for i in 0..<span { force[i] = 0 }
          pixels.ink.withUnsafeBufferPointer { ink in
            pixels.counted.withUnsafeBufferPointer { counted in
              for r in 0..<rows where counted[start &+ r] {
                let cover = scratch.cover[r]
                let miss = a * cover - ink[start &+ r]
                let size = abs(miss)
                let isFar = size > limit
                cost += isFar ? limit * (size - 0.5 * limit) : 0.5 * miss * miss
                if cover > edge && cover < 1 - edge {
                  let bounded = min(size, 3 * limit)
                  squares += bounded * bounded
                  count += 1
                }
                let (low, high) = (Int(scratch.lows[r]), Int(scratch.highs[r]))
                guard low <= high else { continue }
                let pull = a * a * scale * (isFar ? limit / size : 1)
                let slopes = scratch.slopes + r &* (4 &* lanes)
                let vectors = UnsafeRawPointer(slopes).assumingMemoryBound(to: SIMD4<Float>.self)
                let end = high / 4
                for i in low...high {
                  let d = pull * slopes[i]
                  if d == 0 { continue }
                  force[i] += miss / a * d
                  let target = block + i &* lanes
                  for n in (i / 4)...end { target[n] += d * vectors[n] }
                }
              }
            }
          }
        }
      }
      costs[c] = cost * scale
      edgeSquares[c] = squares
      edgeCounts[c] = count
    }
  }

  /// Root mean square of the residuals on the stroke's edge.
  var edgeResidual: Double {
    let (squares, count) = (edgeSquares.reduce(0, +), edgeCounts.reduce(0, +))
    return count > 0 ? Double(squares / count).squareRoot() : settings.noise
  }
}
