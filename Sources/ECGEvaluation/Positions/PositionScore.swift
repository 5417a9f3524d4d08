package import ECGCore

/// Whether one page was brought the right way up and its leads found under their names, beside
/// what is known about it.
package struct PositionScore: Sendable {
  package var id: String
  /// What the page is counted under.
  package var groups: [String]
  /// Whether time runs to the right and voltage up; `nil` where the page has no layout to tell by.
  package var isWayUpRight: Bool?
  package var isLayoutRight: Bool
  /// Whether every printed stretch, and nothing else, was found under its name.
  package var areNamesRight: Bool
  /// Whether paper speed and gain are right, or a finding says that they were assumed.
  package var isScaleRightOrDoubted: Bool
  /// The median distance of the start of a stretch, in mm.
  package var startMillimeters: Double?
  /// Findings that warn of wrong names or places.
  package var warnings: [FindingCode]
  /// Seconds spent on Locate.
  package var locateSeconds: Double
  /// What was found instead, in one line.
  package var remark: String
  /// The error that stopped the page.
  package var failure: String?

  /// A stretch that begins this far from where it is printed is wrong, in mm.
  package static let largestStart = 2.0

  /// Findings that say nothing about which lead is where.
  private static let silent: Set<FindingCode> = [
    .pageTurned, .pageMirrored, .gainAssumed, .paperSpeedAssumed, .lowResolution, .noNetwork,
    .calibrationContradiction, .weakGrid, .uncertainGridScale, .poorTrace, .traceGap,
  ]

  /// Whether the result is what is known.
  package var isRight: Bool {
    failure == nil && isWayUpRight != false && isLayoutRight && areNamesRight
      && (startMillimeters ?? 0) <= PositionScore.largestStart
  }

  /// Whether the result is wrong and says nothing of it.
  package var isSilentlyWrong: Bool {
    failure == nil && ((!isRight && warnings.isEmpty) || !isScaleRightOrDoubted)
  }

  /// Compares `result` with `truth`, which shows the same photo.
  package init(id: String, groups: [String], _ result: Digitization, truth: Digitization) {
    (self.id, self.groups) = (id, groups)
    let score = PlacementScore(result, truth: truth)
    isLayoutRight = score.isLayoutRight
    areNamesRight = score.named == score.printed && score.extra == 0
    startMillimeters = score.startMillimeters
    if truth.layout != nil { isWayUpRight = PositionScore.isWayUp(result, truth) }
    isScaleRightOrDoubted = PositionScore.isScaleRightOrDoubted(result, truth)
    warnings = result.findings.map(\.code).filter { !PositionScore.silent.contains($0) }
    locateSeconds = result.secondsPerStage[.locate] ?? 0
    let start = score.startShiftMillimeters.map { Evaluation.text($0, 1) } ?? "-"
    let codes = Set(result.findings.map(\.code.rawValue)).sorted().joined(separator: " ")
    remark =
      "\(result.layout?.name ?? "no layout") for \(truth.layout?.name ?? "no layout"), "
      + (isScaleRightOrDoubted ? "" : "wrong speed or gain, ")
      + "\(score.named) of \(score.printed) leads named, \(score.extra) extra, start \(start) mm"
      + (codes.isEmpty ? "" : "; \(codes)") + PositionScore.stated(result)
  }

  /// What of speed and gain was read on the page, in a few words.
  private static func stated(_ result: Digitization) -> String {
    let values = Set(
      result.printed.compactMap { text -> String? in
        switch text.meaning {
        case .lead, .invertedLead: nil
        case .paperSpeed(let speed): "\(speed.millimetersPerSecond) mm/s"
        case .gain(let gain): "\(gain.millimetersPerMillivolt) mm/mV"
        }
      })
    return values.isEmpty ? "" : "; read " + values.sorted().joined(separator: ", ")
  }

  /// A page that could not be read.
  package init(id: String, groups: [String], failure: String) {
    (self.id, self.groups, self.failure) = (id, groups, failure)
    remark = failure
    (isLayoutRight, areNamesRight, isScaleRightOrDoubted) = (false, false, false)
    (warnings, locateSeconds) = ([], 0)
  }

  private static func isScaleRightOrDoubted(_ result: Digitization, _ truth: Digitization) -> Bool {
    guard let found = result.calibration, let known = truth.calibration else { return true }
    let codes = result.findings.map(\.code)
    let speed = found.paperSpeed.millimetersPerSecond / known.paperSpeed.millimetersPerSecond
    let gain = found.limbGain.millimetersPerMillivolt / known.limbGain.millimetersPerMillivolt
    return (abs(speed - 1) < 0.02 || codes.contains(.paperSpeedAssumed))
      && (abs(gain - 1) < 0.02 || codes.contains(.gainAssumed))
  }

  /// Whether right and up on one page are right and up on the other.
  private static func isWayUp(_ result: Digitization, _ truth: Digitization) -> Bool {
    let map = PageCorrespondence(truth: truth.geometry, found: result.geometry)
    let size = truth.geometry.pageSize
    let (x, y) = (Double(size.width) / 2, Double(size.height) / 2)
    let step = 20 * truth.geometry.pixelsPerMillimeterX
    guard let middle = map.foundPoint(Point(x: x, y: y)),
      let right = map.foundPoint(Point(x: x + step, y: y)),
      let down = map.foundPoint(Point(x: x, y: y + step))
    else { return false }
    let (dx, dy) = (right.x - middle.x, right.y - middle.y)
    let (ux, uy) = (down.x - middle.x, down.y - middle.y)
    return dx > 2 * abs(dy) && uy > 2 * abs(ux)
  }
}
