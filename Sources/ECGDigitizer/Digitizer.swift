public import ECGCore
public import ECGImaging

/// Reads one photo of a paper ECG: ink on paper in, calibrated signals out.
///
/// Each stage is a small struct with one folder; only this file knows their order.
public struct Digitizer: Sendable {
  /// What a person declared about the page.
  public var options: Options
  /// How paper is made flat.
  package var rectifier: any Rectifying
  /// Which way up the page lies, where that is known already.
  var heldPosition: PagePosition?

  /// What reads names; without networks pages are read by geometry alone, with a finding.
  public var networks: Networks

  /// How curves are read; for ablations.
  package var tracing = TracingMethod.networkAndFit
  /// Whether limb leads of one moment are made to agree; for ablations.
  package var reconcilesLimbLeads = true

  /// Threads that share the work on one page.
  let workers: Workers

  /// Creates a digitizer.
  ///
  /// - Parameter threads: how many threads one page may use; the result does not depend on it.
  ///   Who reads several pages at the same time gives each its share.
  public init(_ options: Options = Options(), networks: Networks = .none, threads: Int = 1) {
    self.options = options
    self.networks = networks
    workers = Workers(threads)
    rectifier = GridRectifier(network: networks.lattice, workers: workers)
  }

  /// Digitizes one photo.
  ///
  /// - Throws: ``ECGCore/PageError`` where nothing usable can be returned; everything
  ///   else that a person should know is a finding in the result.
  public func digitize(_ photo: Raster<PhotoSpace>) throws(PageError) -> Digitization {
    var clock = StageClock()
    return try digitize(photo, &clock)
  }

  /// Digitizes one photo, and says what each stage cost.
  package func digitize(
    _ photo: Raster<PhotoSpace>, _ clock: inout StageClock
  ) throws(PageError) -> Digitization {
    var findings: [Finding] = []
    let flat = try clock.time(.rectify) { () throws(PageError) in
      try rectifier.rectify(photo, options: options, findings: &findings)
    }
    let names = readNames(flat, &clock, &findings)
    let reading =
      names.flatMap { named(flat, $0, &clock) } ?? withoutLayout(flat, names, &clock)
    guard !reading.leads.placements.isEmpty else { throw .noRows }
    findings += reading.findings
    let (page, ink, leads) = (reading.page, reading.ink, reading.leads)
    let traces = clock.time(.trace) {
      RowTracer(network: try? networks.curve?.get(), method: tracing, workers: workers)
        .traces(of: leads, in: ink, geometryError: page.geometryErrorPixels)
    }
    let pulses = leads.rows.map(\.pulse)
    let calibration = clock.time(.calibrate) {
      Calibrator().calibration(
        of: page, pulses: pulses, stated: StatedSettings(reading.statements), options: options,
        findings: &findings)
    }
    let assembled = clock.time(.assemble) {
      Assembler(reconcilesLimbLeads: reconcilesLimbLeads).recording(
        traces, geometry: page.geometry, calibration: calibration,
        samplingFrequency: options.samplingFrequency, pulses: pulses, findings: &findings)
    }
    return Digitization(
      photoSize: photo.size, geometry: page.geometry, layout: leads.layout, traces: traces,
      calibration: calibration, recording: assembled.recording, findings: findings,
      confidence: assembled.confidence, printed: reading.names + reading.statements,
      secondsPerStage: clock.seconds)
  }

  /// A page in one of its positions, and the leads found in it.
  private struct Reading {
    var page: RectifiedPage
    var ink: InkMap
    var leads: LocatedLeads
    /// Lead names that were read and taken.
    var names: [PrintedText] = []
    /// Printed paper speed and gain.
    var statements: [PrintedText]
    var findings: [Finding]

    /// Whether a layout was found that lies upright.
    var isUpright: Bool { leads.layout != nil && leads.positionNeeded == .upright }

    /// The same, with the reason why names were not believed in the finding about it.
    func explained(by names: NameReading?) -> Reading {
      guard let reason = names?.refusals.first?.reason else { return self }
      var out = self
      let codes: [FindingCode] = [.leadNamesAssumed, .layoutUnknown]
      for k in findings.indices where codes.contains(findings[k].code) && findings[k].lead == nil {
        out.findings[k].message += " Why names did not tell: \(reason)."
      }
      return out
    }

    /// Adds findings about how the page was put right.
    mutating func reportPosition() {
      let geometry = page.geometry
      if geometry.isMirrored {
        findings.insert(
          Finding(.pageMirrored, "The picture shows the page mirrored; it was put right."), at: 0)
      }
      if geometry.quarterTurns != 0 {
        findings.insert(
          Finding(.pageTurned, "The page was turned by \(geometry.quarterTurns * 90)° to read it."),
          at: 0)
      }
    }
  }

  /// Reads lead names, or adds a finding that says why they cannot be read.
  private func readNames(
    _ flat: RectifiedPage, _ clock: inout StageClock, _ findings: inout [Finding]
  ) -> NameReading? {
    clock.time(.locate) {
      do {
        return try networks.names.get().read(
          flat.page, pixelsPerMillimeter: flat.geometry.pixelsPerMillimeterX, workers: workers)
      } catch {
        findings.append(Finding(.noNetwork, "Lead names were not read. \(error)"))
        return nil
      }
    }
  }

  /// Reads the page in the position and with the layout that its names say.
  ///
  /// - Returns: `nil` if the names say none, or not the one that was declared.
  private func named(
    _ flat: RectifiedPage, _ names: NameReading, _ clock: inout StageClock
  ) -> Reading? {
    guard let layout = names.layout else { return nil }
    if let heldPosition, names.position != heldPosition { return nil }
    if let declared = options.layout, !declared.hasPrefix(layout.name.prefix { $0 != "+" }) {
      return nil
    }
    var reading = read(flat.put(names.position), names: names, &clock)
    guard reading.isUpright else { return nil }
    reading.names = names.printed(pixelsPerMillimeter: reading.page.geometry.pixelsPerMillimeterX)
    reading.reportPosition()
    return reading
  }

  /// Reads a page whose names say no layout: by its traces where clear names do not contradict
  /// them, else with names as they stand there.
  private func withoutLayout(
    _ flat: RectifiedPage, _ names: NameReading?, _ clock: inout StageClock
  ) -> Reading {
    let reading = upright(flat, &clock)
    guard options.layout == nil, let free = names?.free else { return reading.explained(by: names) }
    let page = flat.put(free.position)
    if reading.isUpright, page.geometry.isMirrored == reading.page.geometry.isMirrored,
      page.geometry.quarterTurns == reading.page.geometry.quarterTurns,
      !free.contradicts(
        reading.leads, pixelsPerMillimeter: reading.page.geometry.pixelsPerMillimeterX)
    {
      return reading.explained(by: names)
    }
    var named = read(page, free: free, &clock)
    guard named.leads.placements.contains(where: { $0.lead != nil }) else {
      return reading.explained(by: names)
    }
    named.names = free.printed(pixelsPerMillimeter: named.page.geometry.pixelsPerMillimeterX)
    named.reportPosition()
    return named
  }

  /// Reads the page as it lies, and turned where that gives no layout.
  private func upright(_ flat: RectifiedPage, _ clock: inout StageClock) -> Reading {
    if let heldPosition {
      var held = read(flat.put(heldPosition), &clock)
      held.reportPosition()
      return held
    }
    let first = read(flat, &clock)
    if first.isUpright { return first }
    let needed = first.leads.positionNeeded
    let quarter = [1, 3].map { PagePosition(quarterTurns: $0, isMirrored: false) }
    for position in needed == .upright ? quarter : [needed] {
      var put = read(flat.put(position), &clock)
      // Traces on end may also be upside down or mirrored.
      if put.leads.positionNeeded != .upright {
        put = read(put.page.put(put.leads.positionNeeded), &clock)
      }
      guard put.isUpright else { continue }
      put.reportPosition()
      return put
    }
    return first
  }

  /// Finds ink, rows and leads in one position of the page.
  private func read(
    _ page: RectifiedPage, names: NameReading? = nil, free: FreeNames? = nil,
    _ clock: inout StageClock
  ) -> Reading {
    var findings: [Finding] = []
    var ink = clock.time(.classify) {
      InkClassifier(workers: workers).classify(page, findings: &findings)
    }
    let locator = LeadLocator(workers: workers)
    let follower = RowFollower(workers: workers)
    var followed = clock.time(.trace) { follower.rows(in: ink, names: names?.rowNames) }
    if followed.isEmpty {
      // Names and bars may be much darker than the traces.
      ink = ink.amplified(by: 1.8)
      followed = clock.time(.trace) { follower.rows(in: ink, names: names?.rowNames) }
    }
    let statements = clock.time(.calibrate) { readSettings(page, ink) }
    var options = options
    if options.paperSpeed == nil {
      options.paperSpeed =
        StatedSettings(statements).paperSpeed
        ?? Calibrator().unusualSpeed(of: followed, in: ink)
    }
    let leads = clock.time(.locate) {
      free.flatMap {
        locator.leads(
          followed, in: ink, free: $0,
          millimetersPerSecond: options.paperSpeed?.millimetersPerSecond ?? 25,
          findings: &findings)
      } ?? locator.leads(followed, in: ink, names: names, options: options, findings: &findings)
    }
    return Reading(
      page: page, ink: ink, leads: leads, statements: statements, findings: findings)
  }

  /// Reads printed paper speed and gain; nothing where there is no network, which is reported
  /// already.
  private func readSettings(_ page: RectifiedPage, _ ink: InkMap) -> [PrintedText] {
    guard let reader = try? networks.settings?.get() else { return [] }
    return (try? reader.read(page.page, ink: ink)) ?? []
  }
}

extension PageError {
  /// The page holds no line of ink that could be a trace.
  static var noRows: PageError {
    PageError(
      .noTrace, "No ECG trace was found on the page.",
      remedy: "Crop the picture to the paper, or take it closer and in better light.")
  }
}
