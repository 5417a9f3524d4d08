import ECGCore
import ECGNumerics

/// How alike simultaneous pieces of leads are: samples of equal count, `nil` = absent.
///
/// Pieces of up to 20 samples, or with fewer than 60 % of them present, say nothing.
enum LeadAgreement {
  /// One relation that was tested.
  struct Check {
    /// 1 = the relation explains everything, 0 = nothing.
    var agreement: Double
    /// What was compared, such as `I + III = II`.
    var name: String
  }

  /// Tests all relations among `pieces`.
  static func checks(_ pieces: [Lead: [Float?]]) -> [Check] {
    LeadRelation.ofLayouts.compactMap { relation in
      relation.agreement(of: pieces).map { Check(agreement: $0, name: relation.name) }
    }
  }

  /// How alike two pieces are in shape, whatever their gains: the square of their correlation,
  /// 0 where they run against each other.
  static func likeness(_ a: [Float?], _ b: [Float?]) -> Double? {
    let pairs = zip(a, b).compactMap { x, y in x.flatMap { x in y.map { (Double(x), Double($0)) } }
    }
    guard isEnough(pairs.count, of: a.count) else { return nil }
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

  /// How far pieces add up to nothing: 1 − power of the sum / sum of the powers, each piece with
  /// its median taken out.
  static func agreement(_ terms: [[Float?]]) -> Double? {
    guard let count = terms.first?.count else { return nil }
    let present = (0..<count).filter { i in terms.allSatisfy { $0[i] != nil } }
    guard isEnough(present.count, of: count) else { return nil }
    let centred = terms.map { term -> [Float] in
      let values = present.compactMap { term[$0] }
      let median = values.median() ?? 0
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

  private static func isEnough(_ present: Int, of count: Int) -> Bool {
    present > 20 && 10 * present >= 6 * count
  }
}
