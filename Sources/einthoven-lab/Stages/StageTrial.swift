import ECGBundledNetworks
import ECGCore
import ECGDigitizer
import ECGEvaluation
import ECGImaging
import ECGNumerics
import ECGSynthesis

/// One drawn page, read with more and more of the truth handed in.
struct StageTrial {
  let id: String
  let condition: DrawnCondition
  let seed: UInt64

  /// Draws the page, reads it, and scores every stage.
  func scores(by scoring: any ScoringProtocol) throws -> StageScores {
    var generator = SeededGenerator(seed: seed)
    let recording = SyntheticHeart.random(using: &generator).recording(using: &generator)
    let renderer = try condition.renderer()
    let (photo, truth) = renderer.render(recording, using: &generator)
    let evaluator = Evaluator(scoring, figures: .essential, jobs: 1)
    func rung(_ given: String, _ recording: Recording?) throws -> StageScores.Rung {
      guard let recording else { return StageScores.Rung(given: given, decibels: nil) }
      let score = try evaluator.score(recording, against: truth.recording, id: id)
      return StageScores.Rung(given: given, decibels: score.decibels)
    }

    let digitizer = Digitizer(networks: .bundled)
    let result = try digitizer.digitize(photo)
    var scores = StageScores(id: id, condition: condition.rawValue, result, truth: truth)
    scores.classMap = classMap(of: photo, result, truth, ink(of: recording, renderer))
    scores.ladder.append(try rung("nothing", result.recording))

    var flattened = digitizer
    let scale = result.geometry
    if let sameScale = truth.geometry.with(
      pixelsPerMillimeterX: scale.pixelsPerMillimeterX,
      pixelsPerMillimeterY: scale.pixelsPerMillimeterY)
    {
      flattened.rectifier = TrueGeometry(geometry: sameScale)
      scores.ladder.append(try rung("geometry", try? flattened.digitize(photo).recording))
    }
    flattened.rectifier = TrueGeometry(geometry: truth.geometry)
    scores.ladder.append(try rung("and resolution", try? flattened.digitize(photo).recording))
    flattened.options.layout = truth.layout.flatMap { try? LeadLayout(named: $0.name) }
    flattened.options.paperSpeed = truth.calibration?.paperSpeed
    flattened.options.gain = truth.calibration?.limbGain
    scores.ladder.append(
      try rung("and layout, speed, gain", try? flattened.digitize(photo).recording))
    scores.ladder.append(try rung("and traces", assembled(truth)))
    return scores
  }

  /// The true page with nothing on it but what is ink.
  private func ink(of recording: Recording, _ renderer: PageRenderer) -> Raster<PageSpace> {
    var bare = PageRenderer(renderer.style)
    bare.style.grid = .none
    (bare.style.paperColor, bare.style.inkColor) = (0xFFFFFF, 0)
    var unused = SeededGenerator(seed: 0)
    let page = bare.render(recording, using: &unused).photo
    return Raster(width: page.width, height: page.height, bytes: page.bytes)
  }

  private func classMap(
    of photo: Raster<PhotoSpace>, _ result: Digitization, _ truth: Digitization,
    _ printed: Raster<PageSpace>
  ) -> ClassMapScore? {
    var unused: [Finding] = []
    let page = RectifiedPage(
      page: PageResampler().page(of: photo, through: result.geometry), geometry: result.geometry,
      scaleEvidence: .grid, geometryErrorPixels: 0)
    let map = InkClassifier().classify(page, findings: &unused)
    return ClassMapScore(map.ink, geometry: result.geometry, printed: printed, truth: truth)
  }

  /// What Assemble makes of the true traces.
  private func assembled(_ truth: Digitization) -> Recording? {
    guard let calibration = truth.calibration else { return nil }
    var unused: [Finding] = []
    return Assembler().recording(
      truth.traces, geometry: truth.geometry, calibration: calibration,
      samplingFrequency: truth.recording.samplingFrequency, pulses: [], findings: &unused
    ).recording
  }
}
