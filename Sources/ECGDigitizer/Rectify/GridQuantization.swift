import ECGNumerics
import Foundation

/// How a grid was quantized when it was drawn: its lines lie on whole pixels of a raster that is
/// read off them.
///
/// Programs that draw a page put each line of the grid on a whole pixel of theirs. With P
/// pixels a cell, line k then lies `round(P k + b) − (P k + b)` pixels off its even place: a
/// sawtooth over the lines, of height 1 / P cells. Its quick part is measured; fitted, it also
/// tells its slow part, which cannot be told from bent paper and would bend the lattice.
package struct GridQuantization {
  /// Turns of the sawtooth from one line to the next, 0…1: P less its whole part.
  package let frequency: Double
  /// Where in its turn line 0 is, 0…1.
  package let phase: Double
  /// The size of a pixel, in cells.
  package let pixel: Double
  /// The part of the quick variation of the measured offsets that it explains.
  package let explained: Double
  private let ownPixel: Double

  /// Reads the raster off the offsets of the lines of one direction.
  ///
  /// - Parameters:
  ///   - offsets: how far each line is off its even place, in cells.
  ///   - weights: how much is known of each; 0 for nothing.
  /// - Returns: `nil` where lines are even, or off in no such pattern.
  package init?(
    offsets: [Double], weights: [Double], parameters: RectifyParameters.Quantization = .init()
  ) {
    ownPixel = parameters.ownPixel
    guard weights.count(where: { $0 > 0 }) >= parameters.fewestLines else { return nil }
    let weights = GridQuantization.trimmed(weights, offsets)
    let measured = GridQuantization.quick(offsets, weights)
    var total = 0.0
    for k in measured.indices { total += weights[k] * measured[k] * measured[k] }
    guard total > 0 else { return nil }
    var best: (error: Double, frequency: Double, phase: Double, pixel: Double) =
      (total, 0, 0, 0)
    func look(_ frequency: Double, _ phase: Double) {
      let saw = GridQuantization.quick(
        offsets.indices.map { GridQuantization.sawtooth(frequency * Double($0) + phase) }, weights)
      var (product, square) = (0.0, 0.0)
      for k in saw.indices {
        product += weights[k] * saw[k] * measured[k]
        square += weights[k] * saw[k] * saw[k]
      }
      guard square > 1e-9, product > 0 else { return }
      let error = total - product * product / square
      if error < best.error { best = (error, frequency, phase, product / square) }
    }
    let step = parameters.frequencyStep / Double(offsets.count)
    for i in 0..<Int(1 / step) {
      for j in 0..<parameters.phases {
        look(Double(i) * step, Double(j) / Double(parameters.phases))
      }
    }
    // Finer about the best, three times.
    var (fine, finePhase) = (step, 1 / Double(parameters.phases))
    for _ in 0..<3 {
      let middle = best
      for i in -4...4 {
        for j in -4...4 {
          look(
            middle.frequency + Double(i) * fine / 4, middle.phase + Double(j) * finePhase / 4)
        }
      }
      (fine, finePhase) = (fine / 4, finePhase / 4)
    }
    (frequency, phase, pixel) = (best.frequency, best.phase, best.pixel)
    explained = 1 - best.error / total
    guard explained >= parameters.leastExplained, parameters.pixels.contains(pixel) else {
      return nil
    }
  }

  /// `weights`, 0 for lines that are off much more than others: torn, hidden, or not of the grid.
  private static func trimmed(_ weights: [Double], _ offsets: [Double]) -> [Double] {
    var weights = weights
    for _ in 0..<3 {
      let sizes = GridQuantization.quick(offsets, weights).map { abs($0) }
      let known = sizes.indices.filter { weights[$0] > 0 }.map { sizes[$0] }
      guard let middle = known.median() else { break }
      // Even sawteeth go to twice their median.
      let most = 3 * middle
      for k in sizes.indices where sizes[k] > most { weights[k] = 0 }
    }
    return weights
  }

  /// The size of a pixel in cells by the turns of the sawtooth, a hundred times as precise as its
  /// height.
  ///
  /// - Parameter photoPixels: pixels of the picture to a cell; where they are about as large, they
  ///   are the ones.
  package func precisePixel(photoPixels: Double) -> Double {
    let isOwn = abs(photoPixels * pixel - 1) < ownPixel
    let about = isOwn ? photoPixels : 1 / pixel
    return 1 / ((about - frequency).rounded() + frequency)
  }

  /// How far line `k` is off its even place, in cells.
  package func offset(ofLine k: Int) -> Double {
    pixel * GridQuantization.sawtooth(frequency * Double(k) + phase)
  }

  /// From a place in pixels to the whole pixel next to it, −0.5…0.5.
  private static func sawtooth(_ place: Double) -> Double { place.rounded() - place }

  /// `values` less their weighted average over some lines: what no bent paper does.
  private static func quick(_ values: [Double], _ weights: [Double]) -> [Double] {
    let radius = near.count / 2
    return values.indices.map { k in
      var (sum, mass) = (0.0, 0.0)
      for other in max(0, k - radius)...min(values.count - 1, k + radius) {
        let weight = weights[other] * near[other - k + radius]
        sum += weight * values[other]
        mass += weight
      }
      return mass > 0 ? values[k] - sum / mass : 0
    }
  }

  /// What lines count in an average, by how far they are: a Gaussian of two lines' deviation.
  private static let near = (-6...6).map { exp(-Double($0 * $0) / 8) }
}
