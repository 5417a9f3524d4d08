import Foundation

/// The learning rate over a run.
public struct RateSchedule: Hashable, Codable, Sendable {
  /// How the rate goes once it has risen.
  public enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
    /// Stays.
    case constant
    /// Falls along half a cosine to `lowest` of itself.
    case cosine
    /// Rises along half a cosine from a 25th over the first `rising` of the run, then falls to
    /// `lowest`.
    ///
    /// > Source: Smith, Topin, "Super-convergence" (2018), doi:10.48550/arXiv.1708.07120.
    case oneCycle
  }

  /// How the rate goes.
  public var kind: Kind
  /// The highest rate.
  public var rate: Double
  /// Steps over which the rate rises from near 0.
  public var warmUpSteps: Int
  /// The last rate, as a part of the highest.
  public var lowest: Double
  /// The part of the run in which a one-cycle rate rises.
  public var rising: Double

  /// Creates a schedule.
  public init(
    _ kind: Kind = .cosine, rate: Double = 2.5e-3, warmUpSteps: Int = 60, lowest: Double = 0.01,
    rising: Double = 0.3
  ) {
    (self.kind, self.rate, self.warmUpSteps, self.lowest) = (kind, rate, warmUpSteps, lowest)
    self.rising = rising
  }

  /// The rate of a step (from 0), `fraction` of the run being over.
  public func rate(step: Int, fraction: Double) -> Double {
    let f = min(max(fraction, 0), 1)
    let warm = warmUpSteps > 0 ? min(1, Double(step + 1) / Double(warmUpSteps)) : 1
    func between(_ a: Double, _ b: Double, _ t: Double) -> Double {
      b + (a - b) * 0.5 * (1 + cos(.pi * t))
    }
    switch kind {
    case .constant: return rate * warm
    case .cosine: return rate * warm * between(1, lowest, f)
    case .oneCycle:
      if f < rising { return rate * warm * between(1.0 / 25, 1, f / rising) }
      return rate * warm * between(1, lowest, (f - rising) / max(1 - rising, 1e-9))
    }
  }
}
