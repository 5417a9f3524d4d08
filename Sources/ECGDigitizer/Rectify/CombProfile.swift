import Foundation

/// The excess of the spectra along both families of lines, by multiple of the frequency: the mean
/// over the tiles, weighted by how high the comb stands in each.
///
/// Lines 5 mm apart with fainter ones between, 1 mm apart, have a strong fifth multiple;
/// lines 1 mm apart of which every fifth is heavier have excess at every fifth part.
struct CombProfile: Sendable {
  /// Multiples are `0, 1/40, 2/40 …` of the frequency, up to 12.
  static let stepsPerMultiple = 40
  private let values: [Float]
  /// The last place that most tiles reach.
  private let reach: Int
  private let slack: Double

  /// Averages the tiles along the frequencies of both families.
  init(
    tiles: [RadialSpectrum], u: LocalFrequency, v: LocalFrequency,
    _ parameters: RectifyParameters.Spectra
  ) {
    slack = parameters.combSlack
    let count = 12 * CombProfile.stepsPerMultiple + 1
    var sums = [Float](repeating: 0, count: count)
    var weights = [Float](repeating: 0, count: count)
    for tile in tiles {
      for family in [u, v] {
        let f = family.at(tile.x, tile.y)
        let (direction, bins) = tile.bins(of: f)
        let weight = max(tile.comb(direction: direction, bins: bins), 0)
        for k in 0..<count {
          let radius = bins * Double(k) / Double(CombProfile.stepsPerMultiple)
          guard radius < tile.highest * Double(tile.side) else { break }
          sums[k] += weight * tile.value(direction: direction, bins: radius)
          weights[k] += weight
        }
      }
    }
    values = zip(sums, weights).map { $1 > 0 ? $0 / $1 : 0 }
    reach = weights.indices.last { weights[$0] > 0.5 * (weights.first ?? 0) } ?? 0
  }

  /// The highest excess near a multiple, `nil` if the spectra do not reach so far.
  func excess(at multiple: Double) -> Float? {
    let slack = slack * max(1, multiple)
    let low = Int(((multiple - slack) * Double(CombProfile.stepsPerMultiple)).rounded())
    let high = Int(((multiple + slack) * Double(CombProfile.stepsPerMultiple)).rounded())
    guard low >= 0, high <= reach else { return nil }
    return values[low...high].max()
  }
}

extension RadialSpectrum {
  /// The direction and radius at which a frequency in cycles per pixel shows.
  func bins(of f: (x: Double, y: Double)) -> (direction: Int, bins: Double) {
    let length = (f.x * f.x + f.y * f.y).squareRoot()
    let angle = atan2(f.y, f.x) / Double.pi
    let turns = angle < 0 ? angle + 1 : angle
    let direction = Int((turns * Double(RadialSpectrum.directions)).rounded())
    return (direction % RadialSpectrum.directions, length * Double(side))
  }
}
