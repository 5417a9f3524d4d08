import ECGCore
import ECGImaging
import Testing

@Suite struct KernelTests {
  /// A plane of numbers without pattern, the same in every run.
  static func plane(_ width: Int, _ height: Int) -> Plane<PhotoSpace> {
    var state: UInt64 = 5
    let values = (0..<(width * height)).map { _ -> Float in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(state >> 40) / 16_777_216
    }
    return Plane(width: width, height: height, values: values)
  }

  @Test(arguments: [1, 3, 9])
  func boxMeanAndMaximumAreThoseOfTheSquare(radius: Int) {
    let plane = Self.plane(23, 17)
    let (mean, most) = (plane.boxMean(radius: radius), plane.dilated(radius: radius))
    for y in 0..<17 {
      for x in 0..<23 {
        var (sum, count, largest): (Float, Float, Float) = (0, 0, -1)
        for j in max(0, y - radius)...min(16, y + radius) {
          for i in max(0, x - radius)...min(22, x + radius) {
            sum += plane[i, j]
            count += 1
            largest = max(largest, plane[i, j])
          }
        }
        #expect(abs(mean[x, y] - sum / count) < 1e-5)
        #expect(most[x, y] == largest)
      }
    }
  }

  @Test func aGaussianKeepsTheMeanAndSpreadsAPoint() {
    var point = Plane<PhotoSpace>(width: 41, height: 41)
    point[20, 20] = 1
    let blurred = point.blurred(sigma: 2.5)
    var (sum, square): (Double, Double) = (0, 0)
    for y in 0..<41 {
      for x in 0..<41 {
        sum += Double(blurred[x, y])
        square += Double(blurred[x, y]) * Double((x - 20) * (x - 20))
      }
    }
    #expect(abs(sum - 1) < 1e-4)
    #expect(abs((square / sum).squareRoot() - 2.5) < 0.06)
  }

  @Test(arguments: [2.0, 2.5, 3.7])
  func aReducedPictureIsTheMeanOfItsAreas(factor: Double) {
    // A ramp stays a ramp: the mean of an area is the value at its centre.
    var ramp = Raster<PhotoSpace>(width: 200, height: 100)
    for y in 0..<100 {
      for x in 0..<200 { ramp.bytes[3 * (y * 200 + x)] = UInt8(x) }
    }
    let small = ramp.resized(by: factor)
    for x in 1..<(small.width - 1) {
      let expected = (Double(x) + 0.5) * factor - 0.5
      #expect(abs(Double(small.bytes[3 * (10 * small.width + x)]) - expected) <= 0.51)
    }
  }

  @Test func aPageThroughAShiftIsThePhotoShifted() {
    var photo = Raster<PhotoSpace>(width: 60, height: 50)
    for k in photo.bytes.indices { photo.bytes[k] = UInt8((k * 37 + k / 180 * 11) % 251) }
    let geometry = PageGeometry(
      map: .homography(Homography([1, 0, 7, 0, 1, -4, 0, 0, 1])),
      pageSize: PixelSize(width: 60, height: 50), pixelsPerMillimeterX: 8, pixelsPerMillimeterY: 8)
    let page = PageResampler().page(of: photo, through: geometry)
    for y in 0..<50 {
      for x in 0..<60 {
        let (i, j) = (x + 7, y - 4)
        let isInside = i < 60 && j >= 0
        for c in 0..<3 {
          let expected = isInside ? photo.bytes[3 * (j * 60 + i) + c] : 255
          #expect(page.bytes[3 * (y * 60 + x) + c] == expected)
        }
      }
    }
  }
}
