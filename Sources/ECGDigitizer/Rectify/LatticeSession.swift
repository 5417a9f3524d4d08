import ECGCore
import ECGImaging
package import ECGNetworks
package import Foundation

/// The network that finds the lattice, ready to run.
package struct LatticeSession: Sendable {
  private let session: InferenceSession

  /// Prepares the network of a safetensors file, as ``InferenceSession`` does.
  package init(weights: Data, threads: Int = 2) throws(NetworkError) {
    session = try InferenceSession(LatticeNetwork.graph(), weights: weights, threads: threads)
  }

  /// The phases of a picture; their lengths hold how sure the network is of a grid, too.
  func field(
    of picture: Raster<PhotoSpace>, workers: Workers = .one
  ) throws(NetworkError) -> PhaseField {
    let input = LocalContrast(
      picture.padded(toMultipleOf: LatticeNetwork.multiple), radius: LatticeNetwork.contrastRadius,
      workers: workers)
    let maps = try session.run(input.values, width: input.width, height: input.height)
    let stride = LatticeNetwork.stride
    let (width, height) = (picture.width / stride, picture.height / stride)
    let map = maps.width * maps.height
    let values = [Float](unsafeUninitializedCapacity: 4 * width * height) { out, count in
      maps.values.withUnsafeBufferPointer { maps in
        for j in 0..<height {
          for i in 0..<width {
            let from = j * (input.width / stride) + i
            let isGrid = 1 / (1 + exp(-maps[4 * map + from]))
            let to = 4 * (j * width + i)
            for k in 0..<4 { out[to + k] = maps[k * map + from] * isGrid }
          }
        }
      }
      count = 4 * width * height
    }
    return PhaseField(
      width: width, height: height, step: Double(stride), offset: Double(stride - 1) / 2,
      harmonic: 1, values: values, carriers: nil)
  }
}

extension Raster {
  /// The picture with its last column and row repeated until both sides are multiples.
  fileprivate func padded(toMultipleOf m: Int) -> Raster {
    let (w, h) = ((width + m - 1) / m * m, (height + m - 1) / m * m)
    guard w != width || h != height else { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(3 * w * h)
    for y in 0..<h {
      let end = 3 * width * (min(y, height - 1) + 1)
      bytes += self.bytes[(end - 3 * width)..<end]
      for _ in 0..<(w - width) { bytes += self.bytes[(end - 3)..<end] }
    }
    return Raster(width: w, height: h, bytes: bytes)
  }
}
