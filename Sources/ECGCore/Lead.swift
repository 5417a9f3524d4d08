/// The name of an ECG lead as printed, such as `aVR` or `V1`.
///
/// An open set: pages carry leads beyond the standard twelve (`V4R`, `V7`).
/// The twelve, in the order and spelling of this project, are ``standard12``.
public struct Lead: Hashable, Codable, Sendable, RawRepresentable, CustomStringConvertible {
  /// The name in this project's spelling, for example `aVL`.
  public let rawValue: String

  /// Creates a lead from its name in this project's spelling.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// Creates a lead from its name in this project's spelling.
  public init(_ name: String) { self.rawValue = name }

  /// The name.
  public var description: String { rawValue }

  /// The lead I.
  public static let I = Lead("I")
  /// The lead II.
  public static let II = Lead("II")
  /// The lead III.
  public static let III = Lead("III")
  /// The lead aVR.
  public static let aVR = Lead("aVR")
  /// The lead aVL.
  public static let aVL = Lead("aVL")
  /// The lead aVF.
  public static let aVF = Lead("aVF")
  /// The lead V1.
  public static let V1 = Lead("V1")
  /// The lead V2.
  public static let V2 = Lead("V2")
  /// The lead V3.
  public static let V3 = Lead("V3")
  /// The lead V4.
  public static let V4 = Lead("V4")
  /// The lead V5.
  public static let V5 = Lead("V5")
  /// The lead V6.
  public static let V6 = Lead("V6")

  /// I, II, III, aVR, aVL, aVF, V1 … V6.
  public static let standard12: [Lead] = [
    .I, .II, .III, .aVR, .aVL, .aVF, .V1, .V2, .V3, .V4, .V5, .V6,
  ]

  /// I, II, III, aVR, aVL, aVF.
  public static let limb: [Lead] = Array(standard12.prefix(6))

  /// Whether this is a limb lead; its gain may be printed apart from that of the chest leads.
  public var isLimb: Bool { Lead.limb.contains(self) }

  /// The lead that `name` means in any common spelling (`AVR`, `avf`, `v1`, `Lead II`, `C1`, `DI`).
  ///
  /// - Returns: `nil` if `name` is not one of the standard twelve or V3R–V9 in any spelling.
  public init?(anySpelling name: String) {
    let known = Lead.standard12.map(\.rawValue) + ["V3R", "V4R", "V5R", "V6R", "V7", "V8", "V9"]
    var key = name.uppercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
    if key.hasPrefix("LEAD") { key.removeFirst(4) }
    if key.hasPrefix("C"), key.dropFirst().allSatisfy(\.isNumber) { key = "V" + key.dropFirst() }
    if key.hasPrefix("D"), key.dropFirst().allSatisfy({ $0 == "I" }) { key.removeFirst() }
    guard let match = known.first(where: { $0.uppercased() == key }) else { return nil }
    self.rawValue = match
  }
}
