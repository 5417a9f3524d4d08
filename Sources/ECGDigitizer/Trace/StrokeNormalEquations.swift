import Foundation

/// Cost, gradient and curvature of the stroke model for one curve.
struct StrokeNormalEquations {
  /// Noise level of the pixels.
  var noise: Double
  private(set) var cost = 0.0
  private(set) var gradient: [Double]
  private(set) var system: BandedSystem
  /// Root mean square residual over pixels that the stroke covers in part.
  private(set) var edgeResidual = 0.0

  private let pixels: StrokePixels
  private let darkness: Double
  private let profile: EdgeProfile
  private let isRobust: Bool
  private let prior: Double
  private let subcolumns: Int
  /// Weights of sub-columns for the pixel column they lie in and beyond: the picture's blur
  /// along time. Element m belongs to sub-column c · K − margin + m.
  private let weights: [Double]
  private let margin: Int
  private var edges: StrokeEdges
  private let halfWidth: Double

  init(
    _ pixels: StrokePixels, shape: StrokeShape, verticalBlur: Double, noise: Double,
    smoothness: Double, isRobust: Bool, knots: Int
  ) {
    self.pixels = pixels
    self.noise = noise
    self.isRobust = isRobust
    self.darkness = shape.darkness
    self.halfWidth = shape.halfWidth
    self.prior = 1 / (smoothness * smoothness)
    let sigma = shape.blur
    let total = (sigma * sigma + verticalBlur * verticalBlur).squareRoot()
    profile = EdgeProfile(blur: total)
    let subcolumns = sigma >= 0.9 ? 2 : 4
    let k = Double(subcolumns)
    let margin = Int((3 * sigma * k).rounded(.up))
    self.subcolumns = subcolumns
    self.margin = margin
    var weights = (0..<(subcolumns + 2 * margin)).map { m -> Double in
      let offset = (Double(m - margin) + 0.5) / k - 0.5
      let width = max(sigma, 0.02)
      return EdgeProfile.phi((offset + 0.5) / width) - EdgeProfile.phi((offset - 0.5) / width)
    }
    let sum = weights.reduce(0, +)
    weights = weights.map { $0 / sum }
    self.weights = weights
    edges = StrokeEdges(
      count: pixels.columnCount * subcolumns, spacing: StrokeFit.spacing, subspacing: 1 / k)
    let span = (1 + 2 * Double(margin) / k + 2 * shape.halfWidth) / StrokeFit.spacing
    let band = min(Int(span.rounded(.up)) + 3, max(knots - 1, 1))
    system = BandedSystem(count: knots, halfBandwidth: max(band, 2))
    gradient = [Double](repeating: 0, count: knots)
  }

  /// Evaluates everything at the curve `y`.
  mutating func assemble(_ y: [Double]) {
    let k = Double(subcolumns)
    edges.update(y, first: 0.5 / k - 0.5, halfWidth: halfWidth)
    cost = 0
    let w = system.halfBandwidth + 1
    for i in system.upper.indices { system.upper[i] = 0 }
    for i in gradient.indices { gradient[i] = 0 }
    addPrior(y, w)
    addPixels(w)
  }

  private mutating func addPrior(_ y: [Double], _ w: Int) {
    guard y.count > 2 else { return }
    for i in 1..<(y.count - 1) {
      let bend = y[i - 1] - 2 * y[i] + y[i + 1]
      cost += 0.5 * bend * bend * prior
      let c = (1.0, -2.0, 1.0)
      gradient[i - 1] += prior * bend * c.0
      gradient[i] += prior * bend * c.1
      gradient[i + 1] += prior * bend * c.2
      system.upper[(i - 1) * w] += prior
      system.upper[(i - 1) * w + 1] += prior * c.1
      system.upper[(i - 1) * w + 2] += prior
      system.upper[i * w] += prior * 4
      system.upper[i * w + 1] += prior * c.1
      system.upper[(i + 1) * w] += prior
    }
  }

  private mutating func addPixels(_ w: Int) {
    let (k, m) = (subcolumns, weights.count)
    let count = pixels.columnCount * k
    let scale = 1 / (noise * noise)
    let limit = 3 * noise
    let a = darkness
    let knots = gradient.count
    var total = 0.0
    var (edgeSquares, edgeCount) = (0.0, 0)
    var local = [Double](repeating: 0, count: system.halfBandwidth + 4)
    let profile = profile
    let reach = profile.reach
    let pixels = pixels
    let edges = edges
    let weights = weights
    let margin = margin
    system.upper.withUnsafeMutableBufferPointer { h in
      gradient.withUnsafeMutableBufferPointer { g in
        local.withUnsafeMutableBufferPointer { local in
          pixels.ink.withUnsafeBufferPointer { ink in
            for c in 0..<pixels.columnCount where pixels.counts[c] > 0 {
              let from = max(c * k - margin, 0)
              let to = min(c * k - margin + m, count)
              var (first, last) = (Int32.max, Int32.min)
              var (highest, lowest) = (Double.infinity, -Double.infinity)
              var (innerTop, innerBottom) = (-Double.infinity, Double.infinity)
              for j in from..<to {
                first = min(first, min(edges.topKnot[j], edges.bottomKnot[j]))
                last = max(last, max(edges.topKnot[j], edges.bottomKnot[j]))
                highest = min(highest, edges.top[j])
                lowest = max(lowest, edges.bottom[j])
                innerTop = max(innerTop, edges.top[j])
                innerBottom = min(innerBottom, edges.bottom[j])
              }
              let base = Int(first)
              let size = min(Int(last) - base + 2, w, knots - base)
              for r in 0..<pixels.counts[c] where pixels.counted[pixels.starts[c] + r] {
                let row = Double(pixels.rows[c] + r)
                let seen = Double(ink[pixels.starts[c] + r])
                // Far outside the stroke, or deep inside it, nothing moves.
                if row < highest - reach || row > lowest + reach {
                  total += StrokeNormalEquations.huber(seen, limit, isRobust) * scale
                  continue
                }
                if row > innerTop + reach && row < innerBottom - reach {
                  total += StrokeNormalEquations.huber(seen - a, limit, isRobust) * scale
                  continue
                }
                for i in 0..<size { local[i] = 0 }
                var model = 0.0
                for j in from..<to {
                  let weight = weights[j - c * k + margin]
                  let (zTop, zBottom) = (row - edges.top[j], row - edges.bottom[j])
                  model += weight * (profile.value(zTop) - profile.value(zBottom))
                  if zTop > -reach && zTop < reach {
                    let d = -a * weight * profile.derivative(zTop)
                    let at = Int(edges.topKnot[j]) - base
                    let f = Double(edges.topPlace[j])
                    if at + 1 < size {
                      local[at] += d * (1 - f)
                      local[at + 1] += d * f
                    }
                  }
                  if zBottom > -reach && zBottom < reach {
                    let d = a * weight * profile.derivative(zBottom)
                    let at = Int(edges.bottomKnot[j]) - base
                    let f = Double(edges.bottomPlace[j])
                    if at + 1 < size {
                      local[at] += d * (1 - f)
                      local[at + 1] += d * f
                    }
                  }
                }
                let miss = a * model - seen
                total += StrokeNormalEquations.huber(miss, limit, isRobust) * scale
                if model > 0.02 && model < 0.98 {
                  edgeSquares += min(miss * miss, 9 * limit * limit)
                  edgeCount += 1
                }
                let robust = isRobust && abs(miss) > limit ? limit / abs(miss) : 1
                let pull = scale * robust
                for i in 0..<size {
                  let d = local[i]
                  if d == 0 { continue }
                  g[base + i] += pull * miss * d
                  let target = (base + i) * w - i
                  let pd = pull * d
                  for n in i..<size { h[target + n] += pd * local[n] }
                }
              }
            }
          }
        }
      }
    }
    cost += total
    edgeResidual = edgeCount > 0 ? (edgeSquares / Double(edgeCount)).squareRoot() : noise
  }

  /// Half the square, or beyond `limit` its tangent.
  @inline(__always)
  private static func huber(_ miss: Double, _ limit: Double, _ isRobust: Bool) -> Double {
    let size = abs(miss)
    if isRobust && size > limit { return limit * (size - 0.5 * limit) }
    return 0.5 * miss * miss
  }
}
