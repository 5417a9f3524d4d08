public import ECGCore
import ECGNumerics
internal import Foundation

extension SyntheticHeart {
  /// Records the twelve leads, and V7–V9 and V3R–V5R if asked for.
  ///
  /// Same heart, same generator state: same samples.
  public func recording(
    seconds: Double = 10, samplingFrequency: Double = 500, extraLeads: Bool = false,
    using generator: inout some RandomNumberGenerator
  ) -> Recording {
    let count = Int((seconds * samplingFrequency).rounded())
    let vectors = vectors(count: count, frequency: samplingFrequency, using: &generator)
    var potentials: [Electrode: [Double]] = [:]
    for electrode in Electrode.allCases where extraLeads || electrode != .v5R {
      potentials[electrode] = potential(
        of: electrode, vectors, frequency: samplingFrequency, using: &generator)
    }
    let wanted = extraLeads ? Electrode.leads : Array(Electrode.leads.prefix(12))
    let segments = wanted.map { lead, weights in
      var sum = [Double](repeating: 0, count: count)
      for (electrode, weight) in weights {
        guard let potential = potentials[electrode] else { continue }
        for k in 0..<count { sum[k] += weight * potential[k] }
      }
      return LeadSegment(channel: .lead(lead), startSample: 0, millivolts: sum.map { Float($0) })
    }
    return Recording(
      samplingFrequency: samplingFrequency, sampleCount: count, segments: segments)
  }

  /// The heart's vector at each sample.
  private func vectors(
    count: Int, frequency: Double, using generator: inout some RandomNumberGenerator
  ) -> [Dipole] {
    var vectors = [Dipole](repeating: .zero, count: count)
    let mean = 60 / beatsPerMinute
    let breath = generator.uniform(0.2...0.33)
    let breathPhase = generator.uniform(0...6.28)
    // The first beat lies before the recording, so that it starts in the middle of things.
    var time = -generator.uniform(1...2) * mean
    while time * frequency < Double(count) + frequency {
      let breathing = sin(2 * .pi * breath * time + breathPhase)
      let interval = mean * (1 + intervalVariation * (generator.normal() * 0.6 + breathing))
      let strength = 1 + 0.03 * breathing + 0.01 * generator.normal()
      for wave in waves {
        let stretch = wave.followsRate ? max(interval, 0.2).squareRoot() : 1
        let centre = (time + wave.seconds * stretch) * frequency
        let width = wave.width * stretch * frequency
        let from = max(0, Int((centre - 5 * width).rounded(.down)))
        let to = min(count - 1, Int((centre + 5 * width).rounded(.up)))
        guard from <= to else { continue }
        for k in from...to {
          let z = (Double(k) - centre) / width
          vectors[k] = vectors[k] + wave.peak * (strength * exp(-0.5 * z * z))
        }
      }
      time += max(interval, 0.2)
    }
    return vectors
  }

  /// What one electrode sees: the heart, its own wander, and muscles.
  private func potential(
    of electrode: Electrode, _ vectors: [Dipole], frequency: Double,
    using generator: inout some RandomNumberGenerator
  ) -> [Double] {
    let (slow, fast) = (generator.uniform(0.08...0.2), generator.uniform(0.2...0.45))
    let (a, b) = (generator.uniform(0...6.28), generator.uniform(0...6.28))
    let direction = electrode.direction
    var muscle = 0.0
    return vectors.enumerated().map { k, vector in
      let t = Double(k) / frequency
      let wander = 0.7 * sin(2 * .pi * slow * t + a) + 0.3 * sin(2 * .pi * fast * t + b)
      // A first-order low pass keeps the noise within what an ECG cart records.
      muscle = 0.5 * muscle + 0.87 * generator.normal() * noiseMillivolts
      return direction.dot(vector) + wanderMillivolts * wander + muscle
    }
  }
}
