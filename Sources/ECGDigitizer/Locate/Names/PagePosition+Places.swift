extension PagePosition {
  /// All eight ways a page can lie, the more likely ones first.
  package static let all: [PagePosition] = [false, true].flatMap { mirrored in
    [0, 2, 1, 3].map { PagePosition(quarterTurns: $0, isMirrored: mirrored) }
  }

  /// Where a place of a page of the given size goes when the page is put so.
  package func moved(
    x: Double, y: Double, width: Double, height: Double
  ) -> (x: Double, y: Double) {
    let x = isMirrored ? width - x : x
    return switch quarterTurns {
    case 1: (height - y, x)
    case 2: (width - x, height - y)
    case 3: (y, width - x)
    default: (x, y)
    }
  }
}
