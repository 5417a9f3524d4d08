import ECGCore
import ECGImaging
import ECGNumerics

/// Which pixels are ink and not grid, to keep the line measurement off the trace.
///
/// Ink is darker than the lines of the grid, or, where the grid has a colour, as dark in the
/// channel in which the grid is pale. How dark the lines are is read on the lattice itself.
struct InkMask {
  let parameters: RectifyParameters.Ink
  var workers = Workers.one

  /// 1 where there is no ink, 0 on ink and close to it.
  func clear(_ raster: Raster<PhotoSpace>, fit: LatticeFit) -> Plane<PhotoSpace> {
    let (darkest, palest) = darkness(of: raster, reach: Int(fit.cell))
    let highLevel = level(of: darkest, on: fit)
    let lowLevel = level(of: palest, on: fit)
    var isInk = darkest.values.indices.map {
      darkest.values[$0] > highLevel || palest.values[$0] > lowLevel
    }
    let fewest = parameters.fewestPixels
    let specks = InkComponents(
      isInk, size: raster.size, largest: PixelSize(width: fewest, height: fewest))
    for speck in specks.components where speck.pixels.count < fewest {
      for k in speck.pixels { isInk[Int(k)] = false }
    }
    let radius = max(1, Int((parameters.margin * fit.cell).rounded()))
    return clear(of: isInk, raster.size, radius: radius)
  }

  /// Darkness over the local white, in the darkest and in the palest channel.
  private func darkness(
    of raster: Raster<PhotoSpace>, reach: Int
  ) -> (Plane<PhotoSpace>, Plane<PhotoSpace>) {
    let block = 4
    let (w, h) = (raster.width, raster.height)
    let white = PaperWhite(
      raster, block: block, radius: max(1, reach / (2 * block)), workers: workers)
    let papers = workers.map(3) { white.plane(channel: $0, size: raster.size) }
    var darkest = Plane<PhotoSpace>(width: w, height: h)
    var palest = darkest
    raster.bytes.withUnsafeBufferPointer { bytes in
      darkest.values.withUnsafeMutableBufferPointer { darkest in
        palest.values.withUnsafeMutableBufferPointer { palest in
          papers[0].values.withUnsafeBufferPointer { red in
            papers[1].values.withUnsafeBufferPointer { green in
              papers[2].values.withUnsafeBufferPointer { blue in
                workers.bands(darkest.count) { band in
                  for k in band {
                    let r = Float(bytes[3 &* k]) / max(red[k], 8)
                    let g = Float(bytes[3 &* k &+ 1]) / max(green[k], 8)
                    let b = Float(bytes[3 &* k &+ 2]) / max(blue[k], 8)
                    darkest[k] = max(0, 1 - min(r, min(g, b)))
                    palest[k] = min(1, 1 - max(r, max(g, b)))
                  }
                }
              }
            }
          }
        }
      }
    }
    return (darkest, palest)
  }

  /// What is too dark to be a line: the lines' own median, and more than half again their spread.
  private func level(of plane: Plane<PhotoSpace>, on fit: LatticeFit) -> Float {
    var values: [Float] = []
    // Lines may be rows of dots, and lie a pixel beside the lattice.
    func note(_ p: Point<PhotoSpace>, _ q: Point<PhotoSpace>) {
      let isAcross = abs(q.x - p.x) > abs(q.y - p.y)
      for middle in parameters.places {
        var best: Float = 0
        for t in parameters.about {
          let (x, y) = (
            p.x + (middle + t) * (q.x - p.x), p.y + (middle + t) * (q.y - p.y)
          )
          guard x >= 1, y >= 1, x < Double(plane.width - 2), y < Double(plane.height - 2) else {
            continue
          }
          let (i, j) = (Int(x + 0.5), Int(y + 0.5))
          for d in -1...1 {
            best = max(best, isAcross ? plane[i, j + d] : plane[i + d, j])
          }
        }
        if best > 0 { values.append(best) }
      }
    }
    for j in 0..<(fit.rows - 1) {
      for i in 0..<(fit.columns - 1) {
        let k = j * fit.columns + i
        note(fit.places[k], fit.places[k + 1])
        note(fit.places[k], fit.places[k + fit.columns])
      }
    }
    values.sort()
    guard let middle = values.middle else { return parameters.surely }
    let low = values[Int(parameters.lowShare * Double(values.count))]
    return min(
      middle + parameters.spreads * (middle - low) + parameters.extra,
      max(parameters.surely, middle + parameters.surelyExtra))
  }

  /// 0 within `radius` of ink, 1 elsewhere.
  private func clear(
    of isInk: [Bool], _ size: PixelSize, radius: Int
  ) -> Plane<PhotoSpace> {
    let (width, height) = (size.width, size.height)
    var clear = Plane<PhotoSpace>(width: width, height: height, repeating: 1)
    for y in 0..<height {
      for x in 0..<width where isInk[y * width + x] {
        for j in max(0, y - radius)...min(height - 1, y + radius) {
          for i in max(0, x - radius)...min(width - 1, x + radius) {
            clear.values[j * width + i] = 0
          }
        }
      }
    }
    return clear
  }
}
