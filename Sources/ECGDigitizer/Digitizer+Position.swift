import ECGCore
import ECGImaging

extension Digitizer {
  /// Reads the page in one position: ink, printed settings, rows, leads.
  func read(
    _ page: RectifiedPage, _ text: PageText, _ use: NameUse, _ run: inout PageRun
  ) throws(PageError) -> PageReading {
    let names = use == .layout ? text.names : nil
    let follower = RowFollower(parameters: parameters.follow, workers: workers)
    var findings: [Finding] = []
    var ink = try run.stage(.classify, &findings) {
      InkClassifier(parameters: parameters.classify, workers: workers).classify(page, findings: &$0)
    }
    var rows = try run.stage(.follow, &findings) { _ in
      follower.rows(in: ink, names: names?.rowNames)
    }
    if rows.isEmpty {
      // Names and bars may be much darker than the traces.
      ink = ink.amplified(by: InkMap.palestInk)
      rows = try run.stage(.follow, &findings) { _ in
        follower.rows(in: ink, names: names?.rowNames)
      }
    }
    let statements = try run.stage(.text, &findings) { readSettings(page, ink, &$0) }
    var options = options
    options.paperSpeed =
      options.paperSpeed ?? StatedSettings(statements).paperSpeed
      ?? Calibrator(parameters: parameters.calibrate).unusualSpeed(of: rows, in: ink)
    let leads = try run.stage(.locate, &findings) {
      LeadLocator(workers: workers).leads(
        rows, in: ink, names: names, standing: use == .standing ? text.names?.free : nil,
        options: options, findings: &$0)
    }
    return PageReading(
      page: page, ink: ink, leads: leads,
      names: text.printed(use, pixelsPerMillimeter: page.geometry.pixelsPerMillimeterX),
      statements: statements, findings: findings)
  }
}

// What a network reads, or the finding that says which one is missing and what that costs.
extension Digitizer {
  func readNames(_ flat: RectifiedPage, _ findings: inout [Finding]) -> PageText {
    do {
      return PageText(
        names: try networks.names.get().read(
          flat.page, pixelsPerMillimeter: flat.geometry.pixelsPerMillimeterX, workers: workers))
    } catch {
      findings.append(Finding(.noNetwork, "Lead names were not read. \(error)"))
      return PageText(names: nil)
    }
  }

  func readSettings(
    _ page: RectifiedPage, _ ink: InkMap, _ findings: inout [Finding]
  ) -> [PrintedText] {
    do {
      return try networks.settings.get().read(page.page, ink: ink)
    } catch {
      findings.append(
        Finding(
          .noNetwork,
          "Printed paper speed and gain were not read; pulses and usual values tell alone. "
            + "\(error)"))
      return []
    }
  }

  func curveNetwork(_ findings: inout [Finding]) -> CurveSession? {
    do {
      return try networks.curve.get()
    } catch {
      findings.append(
        Finding(
          .noNetwork,
          "Curves were followed without a network: on photos a typical page loses 3 dB, more where "
            + "rows touch. \(error)"))
      return nil
    }
  }
}

extension Digitizer {
  /// The same, ended by `cancellation`.
  func cancelled(by cancellation: Cancellation) -> Digitizer {
    var out = self
    out.workers.cancellation = cancellation
    return out
  }
}

extension InkMap {
  /// How much darker ink is made where names and bars are so dark that no row was found.
  static let palestInk: Float = 1.8
}

extension PageError {
  /// The page holds no line of ink that could be a trace.
  static var noRows: PageError {
    PageError(
      .noTrace, "No ECG trace was found on the page.",
      remedy: "Crop the picture to the paper, or take it closer and in better light.")
  }
}
