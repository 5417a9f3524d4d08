internal import ECGCore

/// The electrodes of an ECG and how each of them sees the heart's vector.
///
/// Leads are differences of electrode potentials, so I + III = II, aVR + aVL + aVF = 0 and their
/// kin hold by construction, noise and baseline wander included.
///
/// Directions are our own round numbers that give R waves growing from V1 to V5; they are no
/// model of a torso.
enum Electrode: CaseIterable {
  case rightArm, leftArm, leftLeg
  case v1, v2, v3, v4, v5, v6, v7, v8, v9, v3R, v4R, v5R

  var direction: Dipole {
    switch self {
    case .rightArm: Dipole(-0.50, -0.35, 0)
    case .leftArm: Dipole(0.50, -0.35, 0)
    case .leftLeg: Dipole(0.05, 0.75, 0)
    case .v1: Dipole(-0.45, 0, 1.6)
    case .v2: Dipole(0.20, 0, 1.75)
    case .v3: Dipole(0.80, 0.08, 1.6)
    case .v4: Dipole(1.30, 0.16, 1.1)
    case .v5: Dipole(1.60, 0.16, 0.5)
    case .v6: Dipole(1.40, 0.16, -0.15)
    case .v7: Dipole(1.10, 0.16, -0.6)
    case .v8: Dipole(0.80, 0.16, -0.9)
    case .v9: Dipole(0.40, 0.16, -1.1)
    case .v3R: Dipole(-0.85, 0.08, 1.2)
    case .v4R: Dipole(-1.10, 0.16, 0.8)
    case .v5R: Dipole(-1.20, 0.16, 0.3)
    }
  }

  /// Every lead as a weighted sum of electrode potentials.
  static let leads: [(lead: Lead, weights: [(Electrode, Double)])] = {
    let limb: [(Lead, [(Electrode, Double)])] = [
      (.I, [(.leftArm, 1), (.rightArm, -1)]),
      (.II, [(.leftLeg, 1), (.rightArm, -1)]),
      (.III, [(.leftLeg, 1), (.leftArm, -1)]),
      (.aVR, [(.rightArm, 1), (.leftArm, -0.5), (.leftLeg, -0.5)]),
      (.aVL, [(.leftArm, 1), (.rightArm, -0.5), (.leftLeg, -0.5)]),
      (.aVF, [(.leftLeg, 1), (.rightArm, -0.5), (.leftArm, -0.5)]),
    ]
    let chest: [(Lead, Electrode)] = [
      (.V1, .v1), (.V2, .v2), (.V3, .v3), (.V4, .v4), (.V5, .v5), (.V6, .v6),
      (Lead("V7"), .v7), (Lead("V8"), .v8), (Lead("V9"), .v9), (Lead("V3R"), .v3R),
      (Lead("V4R"), .v4R), (Lead("V5R"), .v5R),
    ]
    let third = 1.0 / 3
    // Chest leads are measured against Wilson's central terminal.
    let central: [(Electrode, Double)] = [
      (.rightArm, -third), (.leftArm, -third), (.leftLeg, -third),
    ]
    return limb + chest.map { ($0, [($1, 1)] + central) }
  }()
}
