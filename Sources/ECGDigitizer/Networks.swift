package import ECGNetworks
public import Foundation

/// The networks the digitizer uses, prepared once and shared by all pages.
///
/// A network that cannot be used leaves a reason, which becomes a finding on every page; the
/// page is then read by geometry alone.
public struct Networks: Sendable {
  /// Reads lead names, or says why it cannot.
  package var names: Result<NameReader, NetworkError>
  /// Helps to find the grid, or says why it cannot; `nil` if it was not wanted.
  package var lattice: Result<LatticeSession, NetworkError>?
  /// Follows the curves, or says why it cannot; `nil` if it was not wanted.
  package var curve: Result<CurveSession, NetworkError>?

  /// Reads printed paper speed and gain, or says why it cannot; `nil` if it was not wanted.
  package var settings: Result<SettingsReader, NetworkError>?

  /// Prepares networks from weights: safetensors files.
  public init(names: Data, lattice: Data? = nil, curve: Data? = nil, letters: Data? = nil) {
    self.curve = curve.map { weights in
      Result { () throws(NetworkError) in try CurveSession(weights: weights) }
    }
    settings = letters.map { weights in
      Result { () throws(NetworkError) in
        SettingsReader(network: try LetterSession(weights: weights))
      }
    }
    self.names = Result { () throws(NetworkError) in
      NameReader(network: try NamesSession(weights: names))
    }
    self.lattice = lattice.map { weights in
      Result { () throws(NetworkError) in try LatticeSession(weights: weights) }
    }
  }

  private init() {
    names = .failure(NetworkError(.badWeights, "No weights were given."))
  }

  /// No network at all.
  public static let none = Networks()
}
