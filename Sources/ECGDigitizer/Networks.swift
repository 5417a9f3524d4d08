import ECGNetworks
public import Foundation

/// The networks the digitizer uses, prepared once and shared by all pages.
///
/// They are prepared on a thread of their own, in the order in which a page needs them: what comes
/// before the first, such as decoding a photo, does not wait. A network that cannot be used leaves
/// a reason, which becomes a finding on every page; the page is then read by geometry alone.
public struct Networks: Sendable {
  /// Reads lead names, or says why it cannot.
  package var names: Preparing<NameReader>
  /// Helps to find the grid, or says why it cannot; `nil` if it was not wanted.
  package var lattice: Preparing<LatticeSession>?
  /// Follows the curves, or says why it cannot; `nil` if it was not wanted.
  package var curve: Preparing<CurveSession>?
  /// Reads printed paper speed and gain, or says why it cannot; `nil` if it was not wanted.
  package var settings: Preparing<SettingsReader>?

  /// Begins to prepare networks from weights: safetensors files.
  ///
  /// - Parameter threads: how many threads a network may use, for whichever page it works.
  public init(
    names: Data, lattice: Data? = nil, curve: Data? = nil, letters: Data? = nil,
    threads: Int = 2
  ) {
    let (reader, finder) = (
      Preparing<NameReader>(), lattice.map { _ in Preparing<LatticeSession>() }
    )
    let follower = curve.map { _ in Preparing<CurveSession>() }
    let settings = letters.map { _ in Preparing<SettingsReader>() }
    (self.names, self.lattice, self.curve, self.settings) = (reader, finder, follower, settings)
    NetworkPreparation.onThread {
      if let lattice {
        finder?.make { () throws(NetworkError) in
          try LatticeSession(weights: lattice, threads: threads)
        }
      }
      reader.make { () throws(NetworkError) in
        NameReader(network: try NamesSession(weights: names, threads: threads))
      }
      if let letters {
        settings?.make { () throws(NetworkError) in
          SettingsReader(network: try LetterSession(weights: letters))
        }
      }
      if let curve {
        follower?.make { () throws(NetworkError) in
          try CurveSession(weights: curve, threads: threads)
        }
      }
    }
  }

  /// Lets no network be begun any more, and waits until the one that is being prepared is ready.
  ///
  /// To be called before a process ends that may not have used its networks: what the library takes
  /// down at the end must not be in use by then.
  public static func endPreparing() { NetworkPreparation.end() }

  private init() {
    names = Preparing(.failure(NetworkError(.badWeights, "No weights were given.")))
  }

  /// No network at all.
  public static let none = Networks()
}
