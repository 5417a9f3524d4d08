import ECGCore
import ECGDigitizer
import ECGImaging
import Testing

@Suite("The better of a network's curve and the ink that was followed")
struct CurveSelectionTests {
  private let scale = 8.0
  private let columns = 0..<400

  /// A page with a line of ink three pixels thick along each of `lines`, row by column.
  private func map(_ lines: [(Int) -> Int]) -> InkMap {
    var map = InkMap(
      ink: Plane(width: columns.count, height: 240), pixelsPerMillimeter: scale, noise: 0.02)
    for line in lines {
      for x in columns {
        for y in (line(x) - 1)...(line(x) + 1) { map.ink[x, y] = 1 }
      }
    }
    return map
  }

  /// A reading whose curve and ink run along `line`.
  private func reading(_ line: (Int) -> Int) -> CurveSelection.Reading {
    let rows = columns.map { Float(line($0)) }
    return CurveSelection.Reading(
      curve: ReadCurve(
        firstColumn: 0, rows: rows, deviations: rows.map { _ in 0.5 }, masses: rows.map { _ in 0.9 }
      ),
      path: InkPath(
        firstColumn: 0, rows: rows, spans: columns.map { (line($0) - 1)...(line($0) + 1) },
        spreads: rows.map { _ in 0.3 }))
  }

  private func level(_ x: Int) -> Int { 100 }

  /// Level but for a step of 3 mm over some columns.
  private func stepped(_ steps: Range<Int>) -> (Int) -> Int {
    { steps.contains($0) ? 124 : 100 }
  }

  @Test("readings that agree stay the network's")
  func alike() {
    let network = reading(level)
    let chosen = CurveSelection().chosen([network], [reading(level)], in: map([level]), hidden: [:])
    #expect(chosen[0].curve.rows == network.curve.rows)
    #expect(chosen[0].curve.masses == network.curve.masses)
  }

  @Test("a network's curve over bare paper gives way to ink that was followed, there alone")
  func bare() {
    let network = reading(stepped(150..<200))
    let chosen = CurveSelection().chosen([network], [reading(level)], in: map([level]), hidden: [:])
    #expect(chosen[0].curve.rows.allSatisfy { $0 == 100 })
  }

  @Test("ink that was followed into bare paper is not taken")
  func wrongPath() {
    let followed = reading(stepped(150..<200))
    let chosen = CurveSelection().chosen(
      [reading(level)], [followed], in: map([level]), hidden: [:])
    #expect(chosen[0].curve.rows.allSatisfy { $0 == 100 })
  }

  @Test("of two rows that claim one line's ink, the one with a line of its own goes back to it")
  func contested() {
    let lower = { (_: Int) in 160 }
    // The network lets the lower row jump to the upper one's line.
    let network = [reading(level), reading { (150..<200).contains($0) ? 100 : 160 }]
    let chosen = CurveSelection().chosen(
      network, [reading(level), reading(lower)], in: map([level, lower]), hidden: [:])
    #expect(chosen[0].curve.rows.allSatisfy { $0 == 100 })
    #expect(chosen[1].curve.rows.allSatisfy { $0 == 160 })
  }

  @Test("what is hidden decides nothing; near a border of leads the followed ink then counts")
  func hidden() {
    let page = map([level])
    var masks: [Int: [ClosedRange<Int>]] = [:]
    for x in 140..<210 { masks[x] = [0...239] }
    let network = reading(stepped(150..<200))
    let away = CurveSelection().chosen([network], [reading(level)], in: page, hidden: masks)
    #expect(away[0].curve.rows == network.curve.rows)
    let near = CurveSelection().chosen(
      [network], [reading(level)], in: page, hidden: masks, borders: [[175]])
    #expect(near[0].curve.rows.allSatisfy { $0 == 100 })
  }
}
