import ECGCore
import ECGImaging
import Foundation

/// Where each place of the picture lies within its grid cell: two complex fields whose angles
/// are 2π times the grid coordinates u and v, and whose lengths (0…1) say how sure that is.
///
/// Conventions: sample (i, j) of the field belongs to picture place
/// (`offset` + i · `step`, `offset` + j · `step`); u counts to the right, v down.
/// `harmonic` is 1 if the angles turn once per 5 mm, 5 if they turn once per millimetre.
/// Where there are carriers, the angles stored are what is left after subtracting theirs, so
/// that a coarse field can hold fine lines.
struct PhaseField: Sendable {
  let width: Int
  let height: Int
  let step: Double
  let offset: Double
  let harmonic: Int
  /// Real and imaginary part of u, then of v: four numbers per sample, row by row.
  var values: [Float]
  /// The expected frequencies of u and v that were taken out of the angles.
  var carriers: (u: LocalFrequency, v: LocalFrequency)?

  /// The four numbers at a place of the picture, bilinear; 0 outside.
  @inline(__always)
  static func sample(
    _ values: UnsafeBufferPointer<Float>, width: Int, height: Int, x: Float, y: Float
  ) -> (Float, Float, Float, Float) {
    guard x >= 0, y >= 0, x <= Float(width - 1), y <= Float(height - 1) else { return (0, 0, 0, 0) }
    let (i, j) = (min(Int(x), width - 2), min(Int(y), height - 2))
    let (fx, fy) = (x - Float(i), y - Float(j))
    let (a, b) = (4 * (j * width + i), 4 * ((j + 1) * width + i))
    let (w00, w10) = ((1 - fx) * (1 - fy), fx * (1 - fy))
    let (w01, w11) = ((1 - fx) * fy, fx * fy)
    return (
      w00 * values[a] + w10 * values[a + 4] + w01 * values[b] + w11 * values[b + 4],
      w00 * values[a + 1] + w10 * values[a + 5] + w01 * values[b + 1] + w11 * values[b + 5],
      w00 * values[a + 2] + w10 * values[a + 6] + w01 * values[b + 2] + w11 * values[b + 6],
      w00 * values[a + 3] + w10 * values[a + 7] + w01 * values[b + 3] + w11 * values[b + 7]
    )
  }
}

extension PhaseField {
  /// The phases read off a grid signal by demodulation with known local frequencies.
  ///
  /// The signal is multiplied with a wave of the expected local frequency and blurred over
  /// about a cell; the angle that remains is how far the lines are ahead of the wave.
  /// Needs the expected frequency to about 15 %.
  init(
    signal: Plane<PhotoSpace>, u: LocalFrequency, v: LocalFrequency, harmonic: Int,
    _ parameters: RectifyParameters.Phases
  ) {
    let period = 2 / (u.length + v.length)
    let block = max(1, Int(period / (harmonic == 1 ? 4 : parameters.fineSamples)))
    let (w, h) = (max(2, signal.width / block), max(2, signal.height / block))
    self.width = w
    self.height = h
    self.step = Double(block)
    self.offset = Double(block - 1) / 2
    self.harmonic = harmonic
    self.values = [Float](repeating: 0, count: 4 * w * h)
    let blur = harmonic == 1 ? parameters.coarseBlur : parameters.fineBlur
    let sigma = blur * period / Double(block)
    let side = PixelSize(width: w, height: h)
    // The length of a field is measured against the signal's own strength nearby.
    var power = signal
    for k in power.values.indices { power.values[k] *= signal.values[k] }
    let energy = power.blockMean(side: block).boxMean(radius: max(1, Int(2 * sigma)))
    self.carriers = (u, v)
    for (family, frequency) in [u, v].enumerated() {
      let (re, im) = PhaseField.demodulated(signal, frequency, block: block, size: side)
      let (a, b) = (re.blurred(sigma: sigma), im.blurred(sigma: sigma))
      for k in 0..<(w * h) {
        let (p, q) = (a.values[k], b.values[k])
        let size = (p * p + q * q).squareRoot()
        let power = max(energy.values[k], 0) + parameters.leastPower
        let level = parameters.sureAmplitude * power.squareRoot()
        let gain = 1 / max(level, size)
        values[4 * k + 2 * family] = gain * p
        values[4 * k + 2 * family + 1] = gain * q
      }
    }
  }

  /// Block means of the signal times exp(−2πi · phase).
  private static func demodulated(
    _ signal: Plane<PhotoSpace>, _ frequency: LocalFrequency, block: Int, size: PixelSize
  ) -> (Plane<PhotoSpace>, Plane<PhotoSpace>) {
    var re = Plane<PhotoSpace>(width: size.width, height: size.height)
    var im = re
    let columns = size.width * block
    // Along a row the phase is quadratic: its step turns by a constant from pixel to pixel.
    let bend = -2 * Double.pi * frequency.sxx
    let (bendCos, bendSin) = (cos(bend), sin(bend))
    let scale = 1 / Float(block * block)
    for y in 0..<min(size.height * block, signal.height) {
      let start = -2 * Double.pi * frequency.cycles(0, Double(y))
      let first =
        -2 * Double.pi * (frequency.cycles(1, Double(y)) - frequency.cycles(0, Double(y)))
      var (zr, zi) = (cos(start), sin(start))
      var (dr, di) = (cos(first), sin(first))
      let (row, target) = (y * signal.width, y / block * size.width)
      var x = 0
      while x < columns {
        var (sumR, sumI) = (0.0, 0.0)
        for _ in 0..<block where x < signal.width {
          let value = Double(signal.values[row + x])
          sumR += value * zr
          sumI += value * zi
          (zr, zi) = (zr * dr - zi * di, zr * di + zi * dr)
          (dr, di) = (dr * bendCos - di * bendSin, dr * bendSin + di * bendCos)
          x += 1
        }
        if x >= signal.width && sumR == 0 && sumI == 0 { break }
        re.values[target + (x - 1) / block] += Float(sumR) * scale
        im.values[target + (x - 1) / block] += Float(sumI) * scale
      }
    }
    return (re, im)
  }
}
