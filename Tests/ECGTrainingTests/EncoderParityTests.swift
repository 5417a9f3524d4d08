import ECGNetworks
import ECGTraining
import Testing

@Suite(
  "Encoders and the decoder", .enabled(if: library != nil, "libtorch is not installed"),
  .serialized)
struct EncoderParityTests {
  @Test("training and inference agree to 1e-4, with a decoder on top", arguments: Encoder.allCases)
  func agree(encoder: Encoder) throws {
    var graph = NetworkGraph()
    let levels = graph.encoder(encoder, of: graph.input(channels: 3))
    let x = graph.decoder(
      of: levels, channels: [8, 16, 16, 24], enlargement: .bilinear, hasCoordinates: true)
    _ = graph.convolution("maps", of: x, outputs: 2, size: 1)
    try LayerParityTests.expectAgreement(graph, width: 64, height: 32, atLeast: 50)
  }

  @Test("features come at a half to a 32nd of the resolution", arguments: Encoder.allCases)
  func scales(encoder: Encoder) throws {
    var graph = NetworkGraph()
    let levels = graph.encoder(encoder, of: graph.input(channels: 3))
    #expect(levels.count == 5)
    let shapes = try graph.shapes(width: 256, height: 128)
    let last = try #require(shapes.last)
    #expect(last.width == 8 && last.height == 4)
    #expect(last.channels == levels[4].channels)
  }

  @Test(
    "as many numbers as the published weights have, without their classifiers",
    arguments: [
      (Encoder.residual18, 11_186_112), (.residual34, 21_301_696), (.efficientLite0, 2_998_304),
      (.efficientLite1, 3_774_624), (.efficientLite2, 4_413_488),
    ])
  func counts(encoder: Encoder, numbers: Int) {
    var graph = NetworkGraph()
    _ = graph.encoder(encoder, of: graph.input(channels: 3))
    #expect(graph.parameters.reduce(0) { $0 + $1.shape.reduce(1, *) } == numbers)
  }

  @Test("a size that does not fit is named before anything runs")
  func sizes() throws {
    var graph = NetworkGraph()
    let levels = graph.encoder(.mobileSmall, of: graph.input(channels: 1))
    _ = graph.decoder(of: levels, channels: [4, 4, 4, 4])
    let error = #expect(throws: NetworkError.self) { try graph.shapes(width: 100, height: 64) }
    #expect(error?.message.contains("Use multiples of 32") == true)
  }
}
