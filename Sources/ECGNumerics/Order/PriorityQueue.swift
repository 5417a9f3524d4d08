/// A binary heap: the element that comes before all others is removed first.
@usableFromInline
package struct PriorityQueue<Element> {
  @usableFromInline
  var elements: [Element] = []
  @usableFromInline
  let comesBefore: (Element, Element) -> Bool

  @inlinable
  package init(by comesBefore: @escaping (Element, Element) -> Bool) {
    self.comesBefore = comesBefore
  }

  @inlinable
  package mutating func insert(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard comesBefore(elements[child], elements[parent]) else { break }
      elements.swapAt(child, parent)
      child = parent
    }
  }

  @inlinable
  package mutating func removeFirst() -> Element? {
    guard let first = elements.first else { return nil }
    let last = elements.removeLast()
    guard !elements.isEmpty else { return first }
    elements[0] = last
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < elements.count && comesBefore(elements[child], elements[best]) {
        best = child
      }
      if best == parent { return first }
      elements.swapAt(parent, best)
      parent = best
    }
  }
}
