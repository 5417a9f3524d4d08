extension Digitizer {
  /// Every constant of the digitizer that was chosen, by stage: what an ablation may change.
  ///
  /// `einthoven-lab parameters` prints them. Places and lengths are millimetres of paper where
  /// nothing else is said. Locate and Orient have theirs in their types still.
  package struct Parameters: Hashable, Codable, Sendable {
    package var rectify = RectifyParameters()
    package var classify = ClassifyParameters()
    package var follow = FollowParameters()
    package var trace = TraceParameters()
    package var calibrate = CalibrateParameters()
    package var assemble = AssembleParameters()

    package init() {}
  }
}
