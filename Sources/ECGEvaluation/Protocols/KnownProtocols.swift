/// Every protocol by name.
public enum KnownProtocols {
  /// All of them, the ones of the field first.
  public static let all: [any ScoringProtocol] = [
    Kaggle2025(), Kaggle2025(perfectRatio: .november2025), PhysioNet2024(),
    PhysioNet2024(leadingEstimates: .cutShort), StrictProtocol(),
    StrictProtocol(isOffsetFree: true), ShapeProtocol(),
  ]

  /// The protocol called `name`; `nil` if there is none.
  public static func named(_ name: String) -> (any ScoringProtocol)? {
    all.first { $0.name == name.lowercased() }
  }

  /// What is wrong with the name of a protocol.
  package static func unknown(_ name: String) -> String {
    let known = all.map(\.name).joined(separator: ", ")
    return "Unknown protocol '\(name)'. Known: \(known)."
  }
}
