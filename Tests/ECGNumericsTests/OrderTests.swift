import ECGNumerics
import Testing

@Suite("Order statistics")
struct OrderTests {
  @Test("the median is the upper of two, and always one of the values", arguments: 1...40)
  func median(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    var values = (0..<count).map { _ in Int.random(in: -9...9, using: &generator) }
    let expected = values.sorted()[count / 2]
    #expect(values.median() == expected)
    #expect(values.sorted().middle == expected)
    let selected = values.selectMedian()
    #expect(selected == expected)
  }

  @Test("nothing has no median")
  func empty() {
    #expect([Int]().median() == nil)
    #expect([Double]().quantile(0.5) == nil)
  }

  @Test(
    "quantiles lie on straight lines between neighbours",
    arguments: [
      (0.0, 1.0), (0.25, 1.75), (0.5, 2.5), (1.0, 4.0),
    ])
  func quantiles(share: Double, expected: Double) {
    #expect([4.0, 1, 3, 2].quantile(share) == expected)
  }

  @Test("a queue gives the first of all first")
  func queue() {
    var queue = PriorityQueue<Int> { $0 > $1 }
    for value in [3, 1, 4, 1, 5, 9, 2, 6] { queue.insert(value) }
    var removed: [Int] = []
    while let next = queue.removeFirst() { removed.append(next) }
    #expect(removed == [9, 6, 5, 4, 3, 2, 1, 1])
  }
}
