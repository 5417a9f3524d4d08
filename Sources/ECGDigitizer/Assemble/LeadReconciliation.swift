import ECGCore
import ECGNumerics

/// Brings the limb leads that were printed at the same time into agreement.
///
/// Six limb leads and their rhythm strips are linear in two voltages (``LeadRelation``).
/// Four traces of one moment (three of a column and a strip) overdetermine them. The two voltages
/// are fitted at every sample, each trace weighing as its standard deviation says and less where
/// it contradicts all others; what a crossing or a name has spoilt in one trace is told by the
/// rest. Baselines are left as they were: only what differs from a constant is corrected.
///
/// > Source: weights after Huber, doi:10.1214/aoms/1177703732.
package struct LeadReconciliation {
  let parameters: AssembleParameters.Relations

  package init(_ parameters: AssembleParameters.Relations = AssembleParameters().relations) {
    self.parameters = parameters
  }

  /// One trace of a limb lead.
  private struct Member {
    var index: Int
    var i: Float
    var ii: Float
    var offset: Float = 0
  }

  /// Corrects `leads` column by column.
  package func reconcile(_ leads: inout [SampledLead]) {
    let members = leads.indices.compactMap { k -> Member? in
      guard case .lead(let lead) = leads[k].channel, let part = LeadRelation.parts(of: lead) else {
        return nil
      }
      return Member(index: k, i: part.i, ii: part.ii)
    }
    let strips = members.filter { leads[$0.index].placement.isRhythm }
    let columns = Set(
      members.filter { !leads[$0.index].placement.isRhythm }
        .map { leads[$0.index].placement.column })
    for column in columns.sorted() {
      let body = members.filter {
        let placement = leads[$0.index].placement
        return !placement.isRhythm && placement.column == column
      }
      reconcile(body, strips, &leads)
    }
  }

  private func reconcile(_ body: [Member], _ strips: [Member], _ leads: inout [SampledLead]) {
    var members = body + strips
    guard members.count >= 3,
      let first = body.map({ leads[$0.index].firstSample }).max(),
      let last = body.map({ leads[$0.index].firstSample + leads[$0.index].millivolts.count }).min(),
      first < last
    else { return }
    levelBaselines(of: &members, leads, over: first..<last)
    var fixed: [(sample: Int, x: Solution, miss: Float)] = []
    for n in first..<last {
      guard let x = solved(members, leads, at: n), x.count >= 3 else { continue }
      var miss: Float = 0
      for member in members {
        guard let value = leads[member.index].value(n) else { continue }
        miss = max(miss, abs(value - member.i * x.i - member.ii * x.ii - member.offset))
      }
      fixed.append((n, x, miss))
    }
    guard contradiction(fixed.map { ($0.x, $0.miss) }) < parameters.largestContradiction,
      members.allSatisfy({
        abs(excess(of: $0, fixed.map { ($0.sample, $0.x) }, leads))
          < parameters.largestContradiction
      })
    else { return }
    for (n, x, _) in fixed {
      for member in members {
        let at = n - leads[member.index].firstSample
        guard leads[member.index].millivolts.indices.contains(at),
          leads[member.index].millivolts[at] != nil
        else { continue }
        leads[member.index].millivolts[at] = member.i * x.i + member.ii * x.ii + member.offset
        let variance =
          member.i * member.i * x.varianceI + member.ii * member.ii * x.varianceII
          + 2 * member.i * member.ii * x.covariance
        leads[member.index].deviations[at] = max(variance, 0).squareRoot() * x.strain
      }
    }
  }

  /// Baselines differ by constants: each trace's is what the others do not explain of it.
  private func levelBaselines(
    of members: inout [Member], _ leads: [SampledLead], over samples: Range<Int>
  ) {
    for _ in 0..<3 {
      var rests = [[Float]](repeating: [], count: members.count)
      for n in stride(from: samples.lowerBound, to: samples.upperBound, by: 3) {
        guard let x = solved(members, leads, at: n) else { continue }
        for (k, member) in members.enumerated() {
          guard let value = leads[member.index].value(n) else { continue }
          rests[k].append(value - member.i * x.i - member.ii * x.ii - member.offset)
        }
      }
      for k in members.indices { members[k].offset += rests[k].median() ?? 0 }
    }
  }

  /// The typical contradiction where voltages are largest, as a part of them.
  private func contradiction(_ moments: [(x: Solution, miss: Float)]) -> Float {
    guard moments.count > 20 else { return .infinity }
    let (zeroI, zeroII) = (
      moments.map(\.x.i).median() ?? 0, moments.map(\.x.ii).median() ?? 0
    )
    let sized = moments.map { moment -> (size: Float, miss: Float) in
      let (i, ii) = (moment.x.i - zeroI, moment.x.ii - zeroII)
      return ((i * i + ii * ii).squareRoot(), moment.miss)
    }
    let tallest = sized.sorted { $0.size > $1.size }.prefix(max(sized.count / 12, 10))
    return tallest.map { $0.miss / max($0.size, parameters.leastHeight) }.median() ?? 0
  }

  /// How much taller a trace is than the two voltages make it, as a part: −1 absent, 0 equal.
  private func excess(
    of member: Member, _ moments: [(sample: Int, x: Solution)], _ leads: [SampledLead]
  ) -> Float {
    var pairs: [(wanted: Float, seen: Float)] = []
    for (n, x) in moments {
      guard let value = leads[member.index].value(n) else { continue }
      pairs.append((member.i * x.i + member.ii * x.ii, value - member.offset))
    }
    let zero = (
      wanted: pairs.map(\.wanted).median() ?? 0, seen: pairs.map(\.seen).median() ?? 0
    )
    var (product, square) = (Float(0), parameters.leastSquare)
    for pair in pairs {
      let wanted = pair.wanted - zero.wanted
      product += wanted * (pair.seen - zero.seen)
      square += wanted * wanted
    }
    return product / square - 1
  }

  /// The two voltages at one moment.
  private struct Solution {
    var i: Float
    var ii: Float
    var varianceI: Float
    var varianceII: Float
    var covariance: Float
    /// How many traces were seen.
    var count: Int
    /// How far the traces contradict each other beyond their deviations, at least 1.
    var strain: Float
  }

  private func solved(_ members: [Member], _ leads: [SampledLead], at n: Int) -> Solution? {
    var seen: [(member: Member, value: Float, weight: Float)] = []
    for member in members {
      let lead = leads[member.index]
      guard let value = lead.value(n) else { continue }
      let deviation = max(lead.deviations[n - lead.firstSample], parameters.leastDeviation)
      seen.append((member, value - member.offset, 1 / (deviation * deviation)))
    }
    guard seen.count >= 2 else { return nil }
    var weights = seen.map(\.weight)
    var solution: Solution?
    for round in 0..<6 {
      var (a, b, c, p, q) = (Float(0), Float(0), Float(0), Float(0), Float(0))
      for (entry, w) in zip(seen, weights) {
        let (i, ii) = (entry.member.i, entry.member.ii)
        a += w * i * i
        b += w * i * ii
        c += w * ii * ii
        p += w * i * entry.value
        q += w * ii * entry.value
      }
      let determinant = a * c - b * b
      guard determinant > parameters.leastDeterminant * a * c else { return nil }
      let (i, ii) = ((c * p - b * q) / determinant, (a * q - b * p) / determinant)
      var strain: Float = 0
      for (k, entry) in seen.enumerated() {
        let miss = abs(entry.value - entry.member.i * i - entry.member.ii * ii)
        let size = miss * entry.weight.squareRoot()
        // The first round finds who contradicts; later ones leave them out.
        let excess = min(1, parameters.huber / max(size, 1e-6))
        weights[k] = entry.weight * (round == 0 ? excess : excess * excess)
        strain += weights[k] * miss * miss
      }
      let freedom = Float(max(seen.count - 2, 1))
      solution = Solution(
        i: i, ii: ii, varianceI: c / determinant, varianceII: a / determinant,
        covariance: -b / determinant, count: seen.count,
        strain: max(1, (strain / freedom).squareRoot()))
    }
    return solution
  }
}
