public import ECGCore
public import ECGImaging

/// Reads one photo of a paper ECG: ink on paper in, calibrated signals out.
///
/// Each stage is a small struct with one folder; only this file knows their order.
public struct Digitizer: Sendable {
  /// What a person declared about the page.
  public var options: Options
  /// What reads names, settings and curves and finds the grid; one that is missing is a finding.
  public var networks: Networks
  /// Told of each stage when it begins, on the thread that reads the page.
  public var progress: (@Sendable (Stage) -> Void)?
  /// What was chosen in every stage; for ablations.
  package var parameters = Parameters()
  /// Makes paper flat in another way than by its grid.
  package var rectifier: (any Rectifying)?
  /// Which way up the page lies, where that is known already.
  var heldPosition: PagePosition?
  /// How curves are read; for ablations.
  package var tracing = TracingMethod.networkAndFit
  /// Whether limb leads of one moment are made to agree; for ablations.
  package var reconcilesLimbLeads = true
  /// Threads that share the work on one page.
  var workers: Workers

  /// Creates a digitizer. The module `ECGBundledNetworks` adds an initializer that has networks.
  ///
  /// - Parameter threads: how many threads one page may use; the result does not depend on it.
  ///   Who reads several pages at the same time gives each its share.
  public init(_ options: Options = Options(), networks: Networks, threads: Int = 1) {
    self.options = options
    self.networks = networks
    workers = Workers(threads)
  }

  /// Digitizes one photo. Where the task that calls is cancelled, `PageError.cancelled` is thrown.
  ///
  /// - Throws: ``ECGCore/PageError`` where nothing usable can be returned; everything
  ///   else that a person should know is a finding in the result.
  public func digitize(_ photo: Raster<PhotoSpace>) throws(PageError) -> Digitization {
    var run = PageRun(workers: workers, progress: progress)
    return try digitize(photo, &run)
  }

  /// Digitizes one photo on `run`.
  package func digitize(
    _ photo: Raster<PhotoSpace>, _ run: inout PageRun
  ) throws(PageError) -> Digitization {
    let flat = try run.stage(.rectify) { findings throws(PageError) in
      try
        (rectifier
        ?? GridRectifier(
          network: networks.lattice, parameters: parameters.rectify, workers: workers))
        .rectify(photo, options: options, findings: &findings)
    }
    let text = try run.stage(.text) { readNames(flat, &$0) }
    let reading = try PageOrienter(held: heldPosition).reading(
      of: flat, names: text.evidence(declared: options.layout),
      contradicts: { text.standingNames(contradict: $0) },
      read: { page, use throws(PageError) in try read(page, text, use, &run) })
    guard !reading.leads.placements.isEmpty else { throw .noRows }
    run.findings += reading.findings
    let (page, leads) = (reading.page, reading.leads)
    let traces = try run.stage(.trace) {
      RowTracer(
        network: curveNetwork(&$0), method: tracing, parameters: parameters.trace, workers: workers
      )
      .traces(of: leads, in: reading.ink, geometryError: page.geometryErrorPixels)
    }
    let pulses = leads.rows.map(\.pulse)
    let calibration = try run.stage(.calibrate) {
      Calibrator(parameters: parameters.calibrate).calibration(
        of: page, pulses: pulses, stated: StatedSettings(reading.statements), options: options,
        findings: &$0)
    }
    let assembled = try run.stage(.assemble) {
      Assembler(parameters: parameters.assemble, reconcilesLimbLeads: reconcilesLimbLeads)
        .recording(
          traces, geometry: page.geometry, calibration: calibration,
          samplingFrequency: options.samplingFrequency, pulses: pulses, findings: &$0)
    }
    return Digitization(
      photoSize: photo.size, geometry: page.geometry, layout: leads.layout, traces: traces,
      calibration: calibration, recording: assembled.recording, findings: run.findings,
      confidence: assembled.confidence, printed: reading.names + reading.statements,
      secondsPerStage: run.clock.seconds)
  }
}
