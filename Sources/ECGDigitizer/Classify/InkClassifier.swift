package import ECGCore
package import ECGImaging

/// Ink by darkness alone: neutral dark strokes over a coloured or grey grid, no network.
///
/// Per channel, darkness is 1 − brightness / paper. Coloured grids vanish in the smallest
/// of the three darknesses; what a grey grid leaves is measured line by line
/// (``GridResidue``) and taken out as a layer beneath the ink:
/// `ink = (darkness − grid) / (1 − grid)`.
package struct InkClassifier: Classifying {
  private let parameters: ClassifyParameters
  /// Threads that share the work.
  private let workers: Workers

  package init(parameters: ClassifyParameters = .init(), workers: Workers = .one) {
    self.parameters = parameters
    self.workers = workers
  }

  package func classify(_ page: RectifiedPage, findings: inout [Finding]) -> InkMap {
    let s = page.geometry.pixelsPerMillimeterX
    var darkness = darkness(page.page, pixelsPerMillimeter: s)
    let residue = GridResidue(darkness, pixelsPerMillimeter: s, parameters, workers: workers)
    let count = darkness.values.count
    let (opaque, least) = (parameters.opaqueGrid, parameters.leastTransmission)
    darkness.values.withUnsafeMutableBufferPointer { d in
      residue.levels.withUnsafeBufferPointer { g in
        workers.bands(count) { band in
          for i in band {
            // Beneath a nearly black line nothing can be seen.
            d[i] = g[i] > opaque ? 0 : (d[i] - g[i]) / max(1 - g[i], least)
          }
        }
      }
    }
    let (noise, full) = levels(darkness)
    // Ink that is everywhere grey becomes 1 where it is full.
    let gain = 1 / max(full, parameters.leastFullInk)
    let (palest, darkest) = (parameters.inkRange.lowerBound, parameters.inkRange.upperBound)
    darkness.values.withUnsafeMutableBufferPointer { d in
      workers.bands(count) { band in
        for i in band { d[i] = min(max(d[i] * gain, palest), darkest) }
      }
    }
    return InkMap(
      ink: darkness, pixelsPerMillimeter: s, noise: noise * gain, gridColumns: GridColumns(page))
  }

  /// The smallest of the three channels' darknesses, 0…1.
  private func darkness(
    _ page: Raster<PageSpace>, pixelsPerMillimeter: Double
  ) -> Plane<PageSpace> {
    let block = (parameters.paperBlockMillimeters * pixelsPerMillimeter).rounded()
    let white = PaperWhite(
      page, block: max(parameters.fewestBlockPixels, Int(block)),
      medianRadius: parameters.paperMedianBlocks, meanRadius: parameters.paperMeanBlocks,
      workers: workers)
    var plane = Plane<PageSpace>(width: page.width, height: page.height)
    let w = page.width
    page.bytes.withUnsafeBufferPointer { bytes in
      plane.values.withUnsafeMutableBufferPointer { out in
        workers.bands(page.height) { band in
          for y in band {
            let red = white.row(y, channel: 0, width: w)
            let green = white.row(y, channel: 1, width: w)
            let blue = white.row(y, channel: 2, width: w)
            for x in 0..<w {
              let i = 3 &* (y &* w &+ x)
              let r = Float(bytes[i]) / red[x]
              let g = Float(bytes[i &+ 1]) / green[x]
              let b = Float(bytes[i &+ 2]) / blue[x]
              out[y &* w &+ x] = max(1 - max(r, max(g, b)), 0)
            }
          }
        }
      }
    }
    return plane
  }

  /// The spread on bare paper and the darkness of full ink.
  ///
  /// Ink covers a small part of a page: full ink is read at a high percentile, the noise at the
  /// median distance from zero.
  private func levels(_ plane: Plane<PageSpace>) -> (noise: Float, full: Float) {
    let bins = 1000
    let parts = plane.values.withUnsafeBufferPointer { values in
      workers.map(workers.count) { k in
        let part = (k * values.count / workers.count)..<((k + 1) * values.count / workers.count)
        var counts = [Int32](repeating: 0, count: 2 * bins)
        counts.withUnsafeMutableBufferPointer { counts in
          for i in part {
            let place = values[i] * Float(bins)
            counts[min(max(Int(place), 0), bins &- 1)] &+= 1
            counts[bins &+ min(Int(abs(place)), bins &- 1)] &+= 1
          }
        }
        return counts
      }
    }
    let histogram = (0..<bins).map { bin in parts.reduce(0) { $0 + Int($1[bin]) } }
    let absolute = (0..<bins).map { bin in parts.reduce(0) { $0 + Int($1[bins + bin]) } }
    func quantile(_ q: Double, _ counts: [Int]) -> Float {
      var left = Int(q * Double(plane.values.count))
      for (bin, n) in counts.enumerated() {
        if left < n { return (Float(bin) + 0.5) / Float(bins) }
        left -= n
      }
      return 1
    }
    return (
      max(quantile(0.5, absolute) * parameters.noisePerMedian, parameters.leastNoise),
      quantile(parameters.fullInkShare, histogram)
    )
  }
}
