/// A stage of the digitizer, in the order of the flow.
public enum Stage: String, Hashable, Codable, Sendable, CaseIterable {
  case read, rectify, text, classify, follow, locate, trace, calibrate, assemble
}

/// Something a person should know although the program went on.
public struct Finding: Hashable, Codable, Sendable {
  /// The stage that reports it.
  public var stage: Stage
  /// What kind it is.
  public var code: FindingCode
  /// One sentence: what was seen and what was done. Never holds text read from the page.
  public var message: String
  /// The lead concerned, if it is one.
  public var lead: Lead?

  /// Creates a finding.
  public init(_ code: FindingCode, _ message: String, lead: Lead? = nil) {
    self.stage = code.stage
    self.code = code
    self.message = message
    self.lead = lead
  }
}

/// Every kind of finding. `Docs/Findings.md` explains each one.
public enum FindingCode: String, Hashable, Codable, Sendable, CaseIterable {
  case partialImage
  case noNetwork
  case noGrid
  case weakGrid
  case uncertainGridScale
  case pageTurned
  case pageMirrored
  case twoPages
  case lowResolution
  case layoutUnknown
  case leadNamesAssumed
  case leadSignUncertain
  case leadMissing
  case startUncertain
  case poorTrace
  case traceGap
  case paperSpeedAssumed
  case gainAssumed
  case calibrationContradiction
  case inconsistentLeads
  case rhythmStripDisagrees

  /// The stage that reports it.
  public var stage: Stage {
    switch self {
    case .partialImage: .read
    case .noNetwork, .noGrid, .weakGrid, .uncertainGridScale, .pageTurned, .pageMirrored,
      .twoPages, .lowResolution:
      .rectify
    case .layoutUnknown, .leadNamesAssumed, .leadSignUncertain, .leadMissing,
      .startUncertain:
      .locate
    case .poorTrace, .traceGap: .trace
    case .paperSpeedAssumed, .gainAssumed, .calibrationContradiction: .calibrate
    case .inconsistentLeads, .rhythmStripDisagrees: .assemble
    }
  }
}
