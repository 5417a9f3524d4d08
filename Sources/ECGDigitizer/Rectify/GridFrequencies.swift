import ECGCore
import ECGImaging
import ECGNumerics
import Foundation

/// The frequencies of the two families of grid lines all over a picture, found from spectra
/// of overlapping tiles; and whether the lines are 5 mm or 1 mm apart.
///
/// A tile's spectrum shows a ruled family as a comb along one direction. All tiles vote
/// for one spacing; then each tile gives its own two frequencies, and a robust fit keeps
/// what most of them agree on. Finds no page edges and needs none.
struct GridFrequencies: Sendable {
  /// Lines that go down: `u` counts to the right.
  var u: LocalFrequency
  /// Lines that go across: `v` counts down.
  var v: LocalFrequency
  /// Mean comb height of the tiles that agree, about 1 on a clear grid.
  var strength: Double
  /// The part of the tiles that agrees with the fit, 0…1.
  var agreement: Double
  /// The longer side of the part of the picture that agrees, in lines.
  var longestSideInLines: Double
  /// Mean excess along the combs at multiples of the frequency, see ``CombProfile``.
  var profile: CombProfile
}

extension GridFrequencies {
  /// Pixels of a tile's side.
  static let side = 256

  /// Searches `signal` for a grid.
  ///
  /// - Returns: `nil` if the picture is smaller than half a tile or no spacing stands out.
  static func find(
    in signal: Plane<PhotoSpace>, _ parameters: RectifyParameters.Spectra,
    _ workers: Workers
  ) -> GridFrequencies? {
    let tiles = spectra(of: signal, parameters, workers)
    guard !tiles.isEmpty else { return nil }
    let candidates = SpacingVote.frequencies(parameters)
    var votes: [SpacingVote] = []
    for tile in tiles {
      if workers.isCancelled { return nil }
      votes.append(SpacingVote(tile: tile, frequencies: candidates))
    }
    var pooled = [Float](repeating: 0, count: candidates.count)
    for vote in votes {
      let middle = vote.scores.median() ?? 0
      for k in pooled.indices { pooled[k] += max(0, vote.scores[k] - middle) }
    }
    let smooth = SpacingVote.smoothed(pooled, parameters.voteBlur)
    guard let best = smooth.indices.max(by: { smooth[$0] < smooth[$1] }) else { return nil }
    func fit(around best: Int, _ reach: Int) -> GridFrequencies? {
      let window = max(0, best - reach)...min(candidates.count - 1, best + reach)
      let pairs = zip(votes, tiles).compactMap { vote, tile in
        vote.bestPair(within: window, frequencies: candidates, tile: tile)
      }
      return Self.fit(pairs, tiles: tiles, size: signal.size, parameters)
    }
    guard var found = fit(around: best, 11) else { return nil }
    for _ in 0..<2 {
      guard let frequency = found.printedFrequency(in: tiles, leastRatio: parameters.printedRatio),
        frequency <= candidates[0],
        let nearest = candidates.indices.min(by: {
          abs(candidates[$0] - frequency) < abs(candidates[$1] - frequency)
        }), let printed = fit(around: nearest, 6)
      else { break }
      found = printed
    }
    return found
  }

  /// Two line directions of one tile.
  struct Pair: Sendable {
    var x: Double
    var y: Double
    /// Cycles per pixel of the two families.
    var first: (x: Double, y: Double)
    var second: (x: Double, y: Double)
    var score: Double
  }

  private static func fit(
    _ pairs: [Pair], tiles: [RadialSpectrum], size: PixelSize,
    _ parameters: RectifyParameters.Spectra
  ) -> GridFrequencies? {
    guard let strongest = pairs.max(by: { $0.score < $1.score }),
      strongest.score > parameters.leastPair
    else {
      return nil
    }
    // The reference direction, modulo a quarter turn, by the strongest tiles.
    var (c, s) = (0.0, 0.0)
    for pair in pairs where pair.score > 0 {
      let angle = 4 * atan2(pair.first.y, pair.first.x)
      let weight = pair.score * pair.score
      c += weight * cos(angle)
      s += weight * sin(angle)
    }
    let reference = atan2(s, c) / 4
    var (us, vs): ([LocalFrequency.Sample], [LocalFrequency.Sample]) = ([], [])
    for pair in pairs where pair.score > 0 {
      let (u, v) = oriented(pair, reference: reference)
      let weight = pair.score * pair.score
      us.append(.init(x: pair.x, y: pair.y, fx: u.x, fy: u.y, weight: weight))
      vs.append(.init(x: pair.x, y: pair.y, fx: v.x, fy: v.y, weight: weight))
    }
    let (w, h) = (Double(size.width), Double(size.height))
    let (uFit, uAgreement) = LocalFrequency.fit(
      us, centreX: w / 2, centreY: h / 2, extent: max(w, h) / 2, start: median(us),
      parameters)
    let (vFit, vAgreement) = LocalFrequency.fit(
      vs, centreX: w / 2, centreY: h / 2, extent: max(w, h) / 2, start: median(vs),
      parameters)
    var (agreeing, strength, total) = (0.0, 0.0, 0.0)
    var (left, right, top, bottom) = (w, 0.0, h, 0.0)
    for k in us.indices where min(uAgreement[k], vAgreement[k]) > parameters.leastAgreement {
      agreeing += 1
      let score = us[k].weight.squareRoot()
      strength += score * score
      total += score
      (left, right) = (min(left, us[k].x), max(right, us[k].x))
      (top, bottom) = (min(top, us[k].y), max(bottom, us[k].y))
    }
    let extent = max(right - left, bottom - top) + parameters.tileStep * Double(side)
    guard agreeing > 0 else { return nil }
    return GridFrequencies(
      u: uFit, v: vFit, strength: strength / max(total, 1e-9),
      agreement: agreeing / Double(tiles.count),
      longestSideInLines: extent * (uFit.length + vFit.length) / 2,
      profile: CombProfile(tiles: tiles, u: uFit, v: vFit, parameters))
  }

  /// The two frequencies of a pair as (u, v): u nearest to the reference, v a quarter turn on.
  private static func oriented(
    _ pair: Pair, reference: Double
  ) -> ((x: Double, y: Double), (x: Double, y: Double)) {
    let (cx, cy) = (cos(reference), sin(reference))
    func along(_ f: (x: Double, y: Double)) -> Double {
      (f.x * cx + f.y * cy) / max((f.x * f.x + f.y * f.y).squareRoot(), 1e-12)
    }
    func across(_ f: (x: Double, y: Double)) -> Double { -f.x * cy + f.y * cx }
    var (u, v) = (pair.first, pair.second)
    if abs(along(u)) < abs(along(v)) { swap(&u, &v) }
    if along(u) < 0 { u = (-u.x, -u.y) }
    if across(v) < 0 { v = (-v.x, -v.y) }
    return (u, v)
  }

  private static func median(_ samples: [LocalFrequency.Sample]) -> (Double, Double) {
    func weighted(_ values: [(Double, Double)]) -> Double {
      let sorted = values.sorted { $0.0 < $1.0 }
      var rest = sorted.reduce(0) { $0 + $1.1 } / 2
      for (value, weight) in sorted {
        rest -= weight
        if rest <= 0 { return value }
      }
      return sorted.last?.0 ?? 0
    }
    return (
      weighted(samples.map { ($0.fx, $0.weight) }), weighted(samples.map { ($0.fy, $0.weight) })
    )
  }

  private static func spectra(
    of signal: Plane<PhotoSpace>, _ parameters: RectifyParameters.Spectra,
    _ workers: Workers
  ) -> [RadialSpectrum] {
    guard min(signal.width, signal.height) >= side / 2 else { return [] }
    let window = (0..<side).map {
      Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(side)))
    }
    func starts(_ length: Int) -> [Int] {
      guard length > side else { return [(length - side) / 2] }
      let count = max(
        2, Int((Double(length - side) / (parameters.tileStep * Double(side))).rounded(.up)) + 1)
      return (0..<count).map { $0 * (length - side) / (count - 1) }
    }
    var places: [(Int, Int)] = []
    for y in starts(signal.height) {
      for x in starts(signal.width) { places.append((x, y)) }
    }
    func tile(_ place: (Int, Int)) -> [Float] {
      var out = [Float](repeating: 0, count: side * side)
      var mean: Float = 0
      for y in 0..<side {
        for x in 0..<side {
          let (px, py) = (place.0 + x, place.1 + y)
          guard px >= 0, py >= 0, px < signal.width, py < signal.height else { continue }
          out[y * side + x] = signal.values[py * signal.width + px]
          mean += out[y * side + x]
        }
      }
      mean /= Float(side * side)
      for y in 0..<side {
        for x in 0..<side { out[y * side + x] = (out[y * side + x] - mean) * window[x] * window[y] }
      }
      return out
    }
    let transform = TileSpectrum(side: side)
    var result: [RadialSpectrum] = []
    for k in stride(from: 0, to: places.count, by: 2) {
      if workers.isCancelled { break }
      let second = min(k + 1, places.count - 1)
      let (a, b) = transform.amplitudes(of: tile(places[k]), and: tile(places[second]))
      for (place, amplitudes) in [(places[k], a), (places[second], b)].prefix(second - k + 1) {
        result.append(
          RadialSpectrum(
            amplitudes: amplitudes, side: side, x: Double(place.0 + side / 2),
            y: Double(place.1 + side / 2), parameters))
      }
    }
    return result
  }
}
