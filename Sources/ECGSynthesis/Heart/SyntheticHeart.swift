import ECGNumerics

/// A heart whose vector is a sum of Gaussian waves per beat, seen by the electrodes of an ECG.
///
/// > Source: the waves after McSharry et al., "A dynamical model for generating synthetic
/// > electrocardiogram signals" (2003), doi:10.1109/TBME.2003.808805; the vector in place of one
/// > lead after Sameni et al. (2007), doi:10.1155/2007/43407. Ours differs: beats are laid down
/// > in time, not by an oscillator, so nothing is integrated.
///
/// For drawing pages, not for physiology: it knows no diseases.
public struct SyntheticHeart: Hashable, Sendable {
  /// One wave of a beat.
  public struct Wave: Hashable, Sendable {
    /// When it peaks, in seconds from the R wave at 60 beats a minute.
    public var seconds: Double
    /// Its standard deviation in seconds.
    public var width: Double
    /// Its vector at the peak, in mV.
    public var peak: Dipole
    /// Whether its time shrinks with the square root of the beat interval, as the T wave's does.
    public var followsRate: Bool
  }

  /// The waves of one beat.
  public var waves: [Wave]
  /// The mean heart rate in beats per minute.
  public var beatsPerMinute: Double
  /// The standard deviation of the beat interval, as a part of it.
  public var intervalVariation: Double
  /// Baseline wander of each electrode in mV.
  public var wanderMillivolts: Double
  /// The muscles' noise of each electrode in mV rms.
  public var noiseMillivolts: Double

  /// A healthy adult's waves.
  public static let usualWaves: [Wave] = [
    wave(-0.165, 0.022, Dipole(0.09, 0.10, 0.03)),
    wave(-0.022, 0.0075, Dipole(-0.11, -0.05, 0.20)),
    wave(0, 0.0105, Dipole(0.78, 0.72, -0.36)),
    wave(0.024, 0.0095, Dipole(-0.22, -0.14, -0.30)),
    wave(0.25, 0.055, Dipole(0.12, 0.11, 0.07), followsRate: true),
    wave(0.305, 0.034, Dipole(0.14, 0.12, 0.08), followsRate: true),
  ]

  private static func wave(
    _ seconds: Double, _ width: Double, _ peak: Dipole, followsRate: Bool = false
  ) -> Wave {
    Wave(seconds: seconds, width: width, peak: peak, followsRate: followsRate)
  }

  /// The usual heart at `beatsPerMinute`.
  public init(beatsPerMinute: Double = 68) {
    waves = SyntheticHeart.usualWaves
    self.beatsPerMinute = beatsPerMinute
    intervalVariation = 0.03
    wanderMillivolts = 0.03
    noiseMillivolts = 0.005
  }

  /// A heart drawn at random: rate, electric axis, amplitudes and widths vary between people.
  public static func random(using generator: inout some RandomNumberGenerator) -> SyntheticHeart {
    var heart = SyntheticHeart(beatsPerMinute: generator.uniform(52...105))
    let size = generator.uniform(0.7...1.4)
    let turn = generator.normal() * 0.35
    for index in heart.waves.indices {
      let own = size * (1 + 0.15 * generator.normal())
      let (c, s) = (1 - turn * turn / 2, turn)
      let p = heart.waves[index].peak
      // A turn of the electric axis in the frontal plane.
      heart.waves[index].peak = Dipole(c * p.x - s * p.y, s * p.x + c * p.y, p.z) * own
      heart.waves[index].width *= 1 + 0.08 * generator.normal()
    }
    heart.intervalVariation = generator.uniform(0.01...0.06)
    heart.wanderMillivolts = generator.uniform(0.005...0.06)
    heart.noiseMillivolts = generator.uniform(0.001...0.012)
    return heart
  }
}
