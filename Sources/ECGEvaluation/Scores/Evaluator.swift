public import ECGCore
import ECGFormats
public import Foundation

/// Scores a folder of predictions against known signals under one protocol.
public struct Evaluator: Sendable {
  /// The protocol.
  public var scoring: any ScoringProtocol
  /// How much is measured beside the protocol's own figure.
  public var figures: FigureDetail
  /// Pages scored at the same time.
  public var jobs: Int

  /// Creates an evaluator.
  public init(
    _ scoring: any ScoringProtocol, figures: FigureDetail = .all,
    jobs: Int = ProcessInfo.processInfo.activeProcessorCount
  ) {
    (self.scoring, self.figures) = (scoring, figures)
    self.jobs = max(1, jobs)
  }

  /// Scores the files of `predictions` that are named like the pages of `truth`.
  ///
  /// A page without a readable prediction counts as one that returned nothing; it is never dropped.
  ///
  /// - Parameter progress: is told how many pages are done.
  /// - Throws: `PageError`: if the folder does not exist or holds none of the pages, or a truth cannot
  ///   be read.
  public func evaluate(
    predictions folder: URL, truth: TruthSet, progress: @Sendable (Int) -> Void = { _ in }
  ) async throws(PageError) -> Evaluation {
    let tables = try FileIndex(of: folder, endings: SignalTable.endings)
    let documents = try FileIndex(of: folder, endings: ["json"])
    guard
      truth.pages.contains(where: {
        tables.file($0.id, set: $0.set) != nil || tables.ambiguous.contains($0.id)
      })
    else {
      throw PageError(
        .notFound,
        "None of the truth's \(truth.pages.count) pages has a file among the predictions.",
        remedy:
          "Predictions are NAME.csv, .csv.gz, .parquet or .hea, named like the truth's pages, "
          + "such as \(truth.pages.first?.id ?? "page-1").csv.")
    }
    let results = await withTaskGroup(
      of: (Int, Result<PageScore, PageError>).self,
      returning: [(Int, Result<PageScore, PageError>)].self
    ) { group in
      var waiting = truth.pages.indices.makeIterator()
      func startNext() {
        guard let k = waiting.next() else { return }
        group.addTask {
          let page = truth.pages[k]
          let result = Result { () throws(PageError) in
            try score(page, tables: tables, document: documents.file(page.id, set: page.set))
          }
          return (k, result)
        }
      }
      for _ in 0..<jobs { startNext() }
      var done: [(Int, Result<PageScore, PageError>)] = []
      for await result in group {
        done.append(result)
        progress(done.count)
        startNext()
      }
      return done
    }
    var pages: [PageScore] = []
    for (_, result) in results.sorted(by: { $0.0 < $1.0 }) { pages.append(try result.get()) }
    return Evaluation(scoring: scoring, pages: pages)
  }

  private func score(
    _ page: TruthPage, tables: FileIndex, document: URL?
  ) throws(PageError) -> PageScore {
    let truth: TruthSignals
    do {
      truth = try page.signals()
    } catch {
      // The error names the record: a truth is no page of a patient's.
      throw PageError(error.code, "Truth of \(page.id): \(error.message)", remedy: error.remedy)
    }
    let prediction = Self.prediction(of: page, in: tables)
    var result: PageScore
    var placed = PlacedPage(withoutPrediction: truth)
    var factor: Double?
    var (failure, remark): (String?, String?) = (nil, nil)
    switch prediction {
    case .success(var table):
      remark = table.doubtfulUnits
      if !page.isAmplitudeMeant {
        let fit = UnitFit.factor(of: table, on: truth)
        table.leads = table.leads.mapValues { $0.map { $0 * fit } }
        factor = fit
      }
      placed = PlacedPage(table, on: truth)
    case .failure(let error): failure = error.message
    }
    result = PageScore(id: page.id, placed, by: scoring, figures: figures)
    result.set = page.set
    result.group = page.group
    result.failure = failure
    result.remark = remark
    result.unitFactor = factor
    let sidecar = document.flatMap { try? Data(contentsOf: $0) }.flatMap(PageSidecar.init)
    if let sidecar {
      result.trust = PageTrust(sidecar, placed, result, unitFactor: factor ?? 1)
      result.isLayoutRight = page.isLayout(sidecar.layout)
    }
    if figures == .all, let columns = page.columnsPerSecond ?? sidecar?.columnsPerSecond {
      result.ceilingDecibels = PageCeiling.decibels(
        of: truth, columnsPerSecond: columns, by: scoring)
    }
    return result
  }

  private static func prediction(
    of page: TruthPage, in tables: FileIndex
  ) -> Result<SignalTable, PageError> {
    Result { () throws(PageError) in
      guard let file = tables.file(page.id, set: page.set) else {
        guard !tables.ambiguous.contains(page.id) else {
          throw PageError(
            .invalidRecord, "files of this name in several folders, none called like the set",
            remedy: "")
        }
        throw PageError(.notFound, "no file", remedy: "")
      }
      let table = try SignalTable(file: file, samplingFrequency: page.samplingFrequency)
      guard table.hasSamples else {
        throw PageError(.invalidRecord, "no finite sample", remedy: "")
      }
      return table
    }
  }
}
