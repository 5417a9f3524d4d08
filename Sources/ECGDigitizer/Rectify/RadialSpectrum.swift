import ECGNumerics
import Foundation

/// The amplitude spectrum of one tile along straight lines through frequency zero.
///
/// Ruled lines of one family show as peaks at multiples of one frequency along one
/// direction; everything else (trace, text, noise) is spread over all directions. Each
/// amplitude is divided by the median over all directions at the same radius.
///
/// Conventions: direction k is `(k · 180° / directions)` from the x axis towards y; radii
/// in bins of 1 / `side` cycles per pixel.
struct RadialSpectrum: Sendable {
  static let directions = 120
  static let samplesPerBin = 2
  let side: Int
  /// Frequencies that are read, in cycles per pixel.
  let highest: Double
  let radii: Int
  /// √(amplitude / median) − 1, at most 3, by direction and radius.
  private var excess: [Float]
  /// The amplitudes themselves.
  private let amplitudes: [Float]
  /// The centre of the tile, in pixels.
  let x: Double
  let y: Double

  /// Samples the amplitudes of a tile of `side × side`, as ``TileSpectrum`` orders them.
  init(
    amplitudes: [Float], side: Int, x: Double, y: Double, _ parameters: RectifyParameters.Spectra
  ) {
    highest = parameters.highest
    self.side = side
    self.x = x
    self.y = y
    let radii = (side / 2 - 2) * RadialSpectrum.samplesPerBin
    self.radii = radii
    let directions = RadialSpectrum.directions
    var values = [Float](repeating: 0, count: directions * radii)
    let centre = Double(side / 2)
    for k in 0..<directions {
      let angle = Double.pi * Double(k) / Double(directions)
      let (dx, dy) = (cos(angle), sin(angle))
      for r in 0..<radii {
        let radius = Double(r) / Double(RadialSpectrum.samplesPerBin)
        let (px, py) = (centre + radius * dx, centre + radius * dy)
        let (i, j) = (Int(px), Int(py))
        let (fx, fy) = (Float(px - Double(i)), Float(py - Double(j)))
        let base = j * side + i
        let top = amplitudes[base] * (1 - fx) + amplitudes[base + 1] * fx
        let bottom = amplitudes[base + side] * (1 - fx) + amplitudes[base + side + 1] * fx
        values[k * radii + r] = top * (1 - fy) + bottom * fy
      }
    }
    self.amplitudes = values
    // On clean exports everything but the grid is 0: what is faint beside the strongest
    // peak (sums and differences of the two families) shall not count as a peak.
    var strongest: Float = 0
    for k in values.indices where k % radii > 4 { strongest = max(strongest, values[k]) }
    let floor = max(parameters.floor * strongest, 1e-6)
    var column = [Float](repeating: 0, count: directions)
    for r in 0..<radii {
      for k in 0..<directions { column[k] = values[k * radii + r] }
      let scale = 1 / max(column.selectMedian(), floor)
      for k in 0..<directions {
        let ratio = min(values[k * radii + r] * scale, 16)
        values[k * radii + r] = ratio.squareRoot() - 1
      }
    }
    self.excess = values
  }

  /// The excess at a direction and a radius in bins; 0 beyond the last radius.
  func value(direction: Int, bins: Double) -> Float {
    let place = bins * Double(RadialSpectrum.samplesPerBin)
    let r = Int(place)
    guard r + 1 < radii else { return 0 }
    let f = Float(place - Double(r))
    let base = direction * radii + r
    return excess[base] * (1 - f) + excess[base + 1] * f
  }

  /// The largest amplitude within a bin and a direction of a place in the spectrum.
  func amplitude(direction: Int, bins: Double) -> Float {
    let middle = Int((bins * Double(RadialSpectrum.samplesPerBin)).rounded())
    var most: Float = 0
    for turn in -1...1 {
      let k = (direction + turn + RadialSpectrum.directions) % RadialSpectrum.directions
      for r in max(0, middle - 2)...max(0, middle + 2) where r < radii {
        most = max(most, amplitudes[k * radii + r])
      }
    }
    return most
  }

  /// How much the multiples of a frequency stand out over the places between them.
  func comb(direction: Int, bins: Double) -> Float {
    let limit = highest * Double(side)
    var (sum, count): (Float, Float) = (0, 0)
    for k in 1...6 where Double(k) * bins < limit {
      let harmonic = Double(k)
      let between =
        value(direction: direction, bins: (harmonic - 0.5) * bins)
        + value(direction: direction, bins: (harmonic - 0.3333) * bins)
        + value(direction: direction, bins: (harmonic - 0.6667) * bins)
      sum += value(direction: direction, bins: harmonic * bins) - between / 3
      count += 1
    }
    return sum / max(count + 1, 3)
  }
}
