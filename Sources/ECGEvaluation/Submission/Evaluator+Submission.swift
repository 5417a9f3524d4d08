public import ECGCore
public import Foundation

extension Evaluator {
  /// Scores a submission of the competition against its solution.
  ///
  /// As the competition does: values of both are joined on their ids, a value that is not finite or
  /// an image whose rate disagrees with its lead II is an error, not a low score.
  /// - Throws: `PageError`: `notFound`, `invalidRecord`.
  public func evaluate(submission: URL, solution: URL) throws(PageError) -> Evaluation {
    let truth = try SubmissionTable(file: solution, needsFrequency: true)
    let answers = try SubmissionTable(file: submission, needsFrequency: false)
    var images: [String: [SubmissionTable.Entry]] = [:]
    for (id, entry) in truth.entries where answers.entries[id] != nil {
      images[entry.image, default: []].append(entry)
    }
    guard !images.isEmpty else {
      throw SubmissionTable.error("Submission and solution share no id.")
    }
    var pages: [PageScore] = []
    for image in Set(truth.entries.values.map(\.image)).sorted() {
      guard let entries = images[image] else {
        throw SubmissionTable.error("The submission has no value for image \(image).")
      }
      pages.append(try score(image, entries, answers))
    }
    return Evaluation(scoring: scoring, pages: pages)
  }

  private func score(
    _ image: String, _ entries: [SubmissionTable.Entry], _ answers: SubmissionTable
  ) throws(PageError) -> PageScore {
    let rates = Set(entries.map(\.samplingFrequency))
    let count = entries.count { $0.lead == .II }
    guard rates.count == 1, let rate = rates.first, rate == Double(count / 10), rate > 0 else {
      throw SubmissionTable.error(
        "Image \(image): the rate is not the number of samples of lead II over 10 s.")
    }
    var (labels, values): ([Lead: [Double]], [Lead: [Double]]) = ([:], [:])
    for lead in Lead.standard12 {
      let sorted = entries.filter { $0.lead == lead }.sorted { $0.row < $1.row }
      guard !sorted.isEmpty else { continue }
      labels[lead] = sorted.map(\.value)
      values[lead] = sorted.map { entry in
        answers.entries["\(image)_\(entry.row)_\(lead)"]?.value ?? .nan
      }
    }
    let length = labels.values.map(\.count).max() ?? 0
    func padded(_ leads: [Lead: [Double]]) -> [Lead: [Double]] {
      leads.mapValues { $0 + .init(repeating: .nan, count: length - $0.count) }
    }
    let times = (0..<length).map { Double($0) / rate }
    let truth = try TruthSignals(
      SignalTable(times: times, leads: padded(labels)), samplingFrequency: rate)
    let placed = PlacedPage(
      try SignalTable(times: times, leads: padded(values)), on: truth)
    return PageScore(id: image, placed, by: scoring, figures: figures)
  }
}
