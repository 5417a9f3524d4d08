/// How curves are read off the ink; ablations compare them, users get ``networkAndFit``.
package enum TracingMethod: String, CaseIterable, Sendable {
  /// The ink's centre in each column, along shortest paths.
  case centroid
  /// The stroke fit along shortest paths.
  case fit
  /// What the network says, as it stands.
  case network
  /// The stroke fit, started at and held by the better of network and shortest paths.
  case networkAndFit
}
