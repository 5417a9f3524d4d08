import ECGNetworks
public import Foundation

/// The networks the digitizer uses, prepared once and shared by all pages.
///
/// They are prepared on a thread of their own, in the order in which a page needs them: what comes
/// before the first, such as decoding a photo, does not wait. A network that cannot be used leaves
/// a reason, which becomes a finding on every page; what it tells is then told by geometry alone.
public struct Networks: Sendable {
  /// Reads lead names, or says why it cannot.
  package var names: Preparing<NameReader>
  /// Helps to find the grid, or says why it cannot.
  package var lattice: Preparing<LatticeSession>
  /// Follows the curves, or says why it cannot.
  package var curve: Preparing<CurveSession>
  /// Reads printed paper speed and gain, or says why it cannot.
  package var settings: Preparing<SettingsReader>

  /// Begins to prepare networks from weights: safetensors files. One that is `nil` is missing.
  ///
  /// - Parameter threads: how many threads a network may use, for whichever page it works.
  public init(
    names: Data?, lattice: Data? = nil, curve: Data? = nil, letters: Data? = nil,
    threads: Int = 2
  ) {
    let (reader, finder) = (Preparing<NameReader>(), Preparing<LatticeSession>())
    let (follower, settings) = (Preparing<CurveSession>(), Preparing<SettingsReader>())
    (self.names, self.lattice, self.curve, self.settings) = (reader, finder, follower, settings)
    NetworkPreparation.onThread {
      finder.make { () throws(NetworkError) in
        try LatticeSession(weights: Networks.given(lattice), threads: threads)
      }
      reader.make { () throws(NetworkError) in
        NameReader(network: try NamesSession(weights: Networks.given(names), threads: threads))
      }
      settings.make { () throws(NetworkError) in
        SettingsReader(network: try LetterSession(weights: Networks.given(letters)))
      }
      follower.make { () throws(NetworkError) in
        try CurveSession(weights: Networks.given(curve), threads: threads)
      }
    }
  }

  private init(_ error: NetworkError) {
    (names, lattice) = (Preparing(.failure(error)), Preparing(.failure(error)))
    (curve, settings) = (Preparing(.failure(error)), Preparing(.failure(error)))
  }

  private static let notGiven = NetworkError(.badWeights, "No weights were given.")

  private static func given(_ weights: Data?) throws(NetworkError) -> Data {
    guard let weights else { throw notGiven }
    return weights
  }

  /// No network at all.
  public static let none = Networks(notGiven)
}
