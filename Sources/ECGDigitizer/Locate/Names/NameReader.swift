package import ECGCore
package import ECGImaging

/// Reads lead names on the flat page: which way is up, which layout, which lead where.
///
/// The page is looked at as it lies; if what is read there is not convincing, in the seven
/// other positions too. The position whose names fit a layout best is up.
package struct NameReader: Sendable {
  /// The resolution the network was trained for.
  package static let pixelsPerMillimeter = 5.0

  package var network: any NameMapping
  package var fitter: LayoutFitter
  package var rules: LayoutRules

  package init(
    network: any NameMapping, fitter: LayoutFitter = LayoutFitter(),
    rules: LayoutRules = LayoutRules()
  ) {
    self.network = network
    self.fitter = fitter
    self.rules = rules
  }

  /// Reads `page`.
  ///
  /// - Parameters:
  ///   - positions: the ways to lay the page that are tried, in order.
  ///   - workers: threads that share the work.
  package func read(
    _ page: Raster<PageSpace>, pixelsPerMillimeter: Double,
    positions: [PagePosition] = PagePosition.all, workers: Workers = .one
  ) throws -> NameReading {
    let small = page.resized(
      by: pixelsPerMillimeter / NameReader.pixelsPerMillimeter, workers: workers)
    var readings: [PositionReading] = []
    for position in positions {
      let marks = try self.marks(on: small.lying(in: position), workers: workers)
      let reading = PositionReading(
        position: position, marks: marks, fits: fitter.fits(to: marks))
      readings.append(reading)
      if rules.endsTheSearch(reading, fitter: fitter) {
        return rules.decide([reading], fitter: fitter)
      }
      // Mirrored pages are rare: they are looked at where no other position convinces.
      if readings.count == 4, positions.count > 4, positions[4].isMirrored {
        let decision = rules.decide(readings, fitter: fitter)
        if decision.refusals.isEmpty { return decision }
      }
    }
    return rules.decide(readings, fitter: fitter)
  }

  /// The marks on a page of ``pixelsPerMillimeter``.
  func marks(on page: Raster<PageSpace>, workers: Workers = .one) throws -> [PrintedMark] {
    let input = LocalContrast(page, workers: workers)
    let values = try network.maps(input.values, width: input.width, height: input.height)
    let maps = NameMaps(
      columns: input.width / network.stride, rows: input.height / network.stride,
      cellMillimeters: Double(network.stride) / NameReader.pixelsPerMillimeter, values: values)
    return maps.marks()
  }
}

extension Raster {
  /// The picture mirrored first, if at all, then turned: brought into `position`.
  func lying(in position: PagePosition) -> Raster {
    let mirrored = position.isMirrored ? mirrored : self
    return position.quarterTurns == 0
      ? mirrored : mirrored.turned(quarterTurns: position.quarterTurns)
  }
}
