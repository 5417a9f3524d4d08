extension Array where Element: Comparable {
  /// The middle value, the upper of two; reorders the array.
  ///
  /// - Precondition: the array is not empty.
  ///
  /// > Source: Hoare, "Algorithm 65: find" (1961), doi:10.1145/366622.366647.
  mutating func median() -> Element {
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
