extension Array where Element: Comparable {
  /// The middle value, the upper of two; reorders the array. Faster than sorting.
  ///
  /// - Precondition: the array is not empty.
  /// - Complexity: O(*n*) on average.
  ///
  /// > Source: Hoare, "Algorithm 65: find" (1961), doi:10.1145/366622.366647.
  @inlinable
  package mutating func selectMedian() -> Element {
    let middle = count / 2
    return withUnsafeMutableBufferPointer { values in
      var (low, high) = (0, values.count &- 1)
      while low < high {
        let pivot = values[(low &+ high) / 2]
        var (i, j) = (low, high)
        while i <= j {
          while values[i] < pivot { i &+= 1 }
          while pivot < values[j] { j &-= 1 }
          if i <= j {
            values.swapAt(i, j)
            i &+= 1
            j &-= 1
          }
        }
        if middle <= j {
          high = j
        } else if middle >= i {
          low = i
        } else {
          break
        }
      }
      return values[middle]
    }
  }
}

extension Collection where Element: Comparable {
  /// The middle value, the upper of two; `nil` if there is none.
  ///
  /// Always one of the values, as robust statistics of measurements want it; for the mean of the
  /// two middle ones see ``quantile(_:)``.
  @inlinable
  package func median() -> Element? {
    guard !isEmpty else { return nil }
    var values = Array(self)
    return values.selectMedian()
  }
}

extension Array {
  /// The element at half the count: the median of a sorted array, the upper of two.
  @inlinable
  package var middle: Element? { isEmpty ? nil : self[count / 2] }
}

extension Collection<Double> {
  /// The value below which this share (0…1) of the values lies, between neighbours by a straight
  /// line; `nil` if there are none. Values must not be NaN.
  ///
  /// > Source: Hyndman, Fan, "Sample quantiles in statistical packages" (1996), definition 7,
  /// > doi:10.1080/00031305.1996.10473566.
  package func quantile(_ share: Double) -> Double? {
    let sorted = self.sorted()
    guard let last = sorted.indices.last else { return nil }
    let place = Double(last) * share
    let low = Int(place)
    let high = Swift.min(low + 1, last)
    return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
  }
}
