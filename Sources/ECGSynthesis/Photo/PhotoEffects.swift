/// What lies between a printed page and the photo of it.
public struct PhotoEffects: Hashable, Sendable {
  /// How far the page lies askew, in degrees clockwise.
  public var skewDegrees = 0.0
  /// How strongly the page narrows towards one side, as a part of its size; 0 is straight from
  /// above, 0.1 a hasty phone.
  public var perspective = 0.0
  /// What is seen around the page, as a part of its size.
  public var surroundings = 0.0
  /// The colour around the page, 0xRRGGBB.
  public var backgroundColor: UInt32 = 0xFFFFFF
  /// Whether that is a table with a grain rather than a scanner's lid.
  public var hasTable = false
  /// Quarter turns clockwise that the photo was turned by.
  public var quarterTurns = 0
  /// Whether the photo is mirrored.
  public var isMirrored = false
  /// How dark the darkest shadow is, 0…1.
  public var shadow = 0.0
  /// The camera's noise in grey levels rms.
  public var noise = 0.0
  /// The quality of the JPEG that the photo went through, or `nil`.
  public var jpegQuality: Int?

  /// Creates no effects: the photo is the page.
  public init() {}

  /// A page on a flat-bed scanner, a little askew.
  public static func scan(skewDegrees: Double) -> PhotoEffects {
    var effects = PhotoEffects()
    effects.skewDegrees = skewDegrees
    effects.surroundings = 0.01
    effects.backgroundColor = 0xF4F4F2
    effects.noise = 2
    return effects
  }

  /// A page on a table, by a phone.
  public static func phone(skewDegrees: Double, perspective: Double = 0.08) -> PhotoEffects {
    var effects = PhotoEffects()
    effects.skewDegrees = skewDegrees
    effects.perspective = perspective
    effects.surroundings = 0.06
    effects.backgroundColor = 0x6E5440
    effects.hasTable = true
    effects.shadow = 0.35
    effects.noise = 3
    return effects
  }

  /// Whether the page's pixels are moved other than by turns and mirroring.
  var warps: Bool { skewDegrees != 0 || perspective != 0 || surroundings != 0 }
}
