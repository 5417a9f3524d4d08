import ECGNetworks
import Testing

@Suite(
  "Large pictures, batches and threads", .enabled(if: runtime != nil, "OpenVINO is not installed"))
struct TilingTests {
  private func session() throws -> InferenceSession {
    var graph = NetworkGraph()
    let x = graph.input(channels: 2)
    let half = graph.block("a", of: x, outputs: 4, size: 5, stride: 2)
    let quarter = graph.block("b", of: half, outputs: 4, stride: 2)
    let up = graph.doubling(of: quarter)
    _ = graph.convolution("m", of: graph.concatenation(of: [up, half]), outputs: 3, size: 3)
    var generator = SystemRandomNumberGenerator()
    return try InferenceSession(
      graph, weights: graph.startingWeights(using: &generator), precision: .single,
      runtime: #require(runtime))
  }

  private func picture(width: Int, height: Int) -> [Float] {
    (0..<(2 * width * height)).map { _ in Float.random(in: -1...1) }
  }

  @Test("tiles give what the whole gives", arguments: [(192, 128), (64, 64), (96, 320), (32, 224)])
  func tiles(width: Int, height: Int) throws {
    let session = try session()
    let input = picture(width: width, height: height)
    let whole = try session.run(input, width: width, height: height)
    let tiled = try session.run(
      input, width: width, height: height, tiling: .init(side: 96, margin: 16, multiple: 16))
    #expect(tiled.width == whole.width && tiled.height == whole.height)
    #expect(zip(whole.values, tiled.values).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("a batch gives what its pictures give, also when many threads ask at once")
  func batch() async throws {
    let session = try session()
    let pictures = (0..<4).map { _ in picture(width: 32, height: 32) }
    let alone = try pictures.map { try session.run($0, width: 32, height: 32).values }
    let batch = try session.run(batch: pictures.flatMap(\.self), count: 4, width: 32, height: 32)
    #expect(zip(batch.values, alone.flatMap(\.self)).allSatisfy { abs($0 - $1) < 1e-5 })
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for k in 0..<40 {
        group.addTask {
          let own = try session.run(pictures[k % 4], width: 32, height: 32).values
          return zip(own, alone[k % 4]).allSatisfy { abs($0 - $1) < 1e-5 }
        }
      }
      for try await same in group { #expect(same) }
    }
  }
}
