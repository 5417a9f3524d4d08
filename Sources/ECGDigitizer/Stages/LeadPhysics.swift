import ECGCore

/// How well simultaneous pieces obey what the limb leads must obey, and the rhythm strip its lead.
///
/// `II = I + III`, `aVR = −(I + II)/2`, `aVL = (I − III)/2`, `aVF = (II + III)/2` hold for
/// every heartbeat at every moment. Where a layout puts such leads side by side in time, the
/// traces themselves tell whether the names are right, without reading any text.
///
/// > Source: Einthoven 1908; Goldberger, doi:10.1016/S0002-8703(42)90821-4.
struct LeadPhysics {
  /// One relation that was tested.
  struct Check {
    /// 1 = the relation explains everything, 0 = nothing.
    var agreement: Double
    /// What was compared, such as `I + III = II`.
    var name: String
  }

  /// Each relation as lead coefficients whose sum is zero.
  static let relations: [(String, [Lead: Float])] = [
    ("I + III = II", [.I: 1, .III: 1, .II: -1]),
    ("aVR + aVL + aVF = 0", [.aVR: 1, .aVL: 1, .aVF: 1]),
    ("aVF = (II + III) / 2", [.II: 0.5, .III: 0.5, .aVF: -1]),
    ("aVR = −(I + II) / 2", [.I: 0.5, .II: 0.5, .aVR: 1]),
    ("aVL = (I − III) / 2", [.I: 0.5, .III: -0.5, .aVL: -1]),
  ]

  /// Tests all relations among `pieces`: simultaneous samples of equal count, `nil` = absent.
  static func checks(_ pieces: [Lead: [Float?]]) -> [Check] {
    relations.compactMap { name, coefficients in
      guard coefficients.keys.allSatisfy({ pieces[$0] != nil }) else { return nil }
      let terms = coefficients.compactMap { lead, k in
        pieces[lead].map { $0.map { value in value.map { $0 * k } } }
      }
      return agreement(terms).map { Check(agreement: $0, name: name) }
    }
  }

  /// How alike two pieces are in shape, whatever their gains: the square of their correlation,
  /// 0 where they run against each other.
  static func likeness(_ a: [Float?], _ b: [Float?]) -> Double? {
    let pairs = zip(a, b).compactMap { x, y in x.flatMap { x in y.map { (Double(x), Double($0)) } }
    }
    guard pairs.count > 20, 10 * pairs.count >= 6 * a.count else { return nil }
    let n = Double(pairs.count)
    let mx = pairs.reduce(0) { $0 + $1.0 } / n
    let my = pairs.reduce(0) { $0 + $1.1 } / n
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (x, y) in pairs {
      xx += (x - mx) * (x - mx)
      yy += (y - my) * (y - my)
      xy += (x - mx) * (y - my)
    }
    guard xx > 0, yy > 0, xy > 0 else { return 0 }
    return xy * xy / (xx * yy)
  }

  /// How much the same two pieces are, in size as well as in shape: 1 where one repeats the other.
  static func sameness(_ a: [Float?], _ b: [Float?]) -> Double? {
    agreement([a, b.map { value in value.map { -$0 } }])
  }

  /// 1 − power of the sum / sum of the powers, each with its median taken out.
  ///
  /// - Returns: `nil` if fewer than 60 % of the samples are present in all terms.
  static func agreement(_ terms: [[Float?]]) -> Double? {
    guard let count = terms.first?.count, count > 20 else { return nil }
    let present = (0..<count).filter { i in terms.allSatisfy { $0[i] != nil } }
    guard 10 * present.count >= 6 * count else { return nil }
    let centred = terms.map { term -> [Float] in
      let values = present.compactMap { term[$0] }
      let median = values.sorted()[values.count / 2]
      return values.map { $0 - median }
    }
    var (residual, power) = (0.0, 0.0)
    for i in present.indices {
      var sum: Float = 0
      for term in centred {
        sum += term[i]
        power += Double(term[i] * term[i])
      }
      residual += Double(sum * sum)
    }
    guard power > 0 else { return nil }
    return 1 - residual / power
  }
}
