package import ECGCore
package import Foundation

extension HTMLReport.Drawing {
  /// Draws truth and prediction of a placed page, lead by lead, 25 mm/s and 10 mm/mV apart from size.
  package init(id: String, _ placed: PlacedPage) {
    self.id = id
    let (width, height, perSecond, perMillivolt) = (960.0, 78.0, 92.0, 24.0)
    var out = Plot.frame(width, height * Double(placed.leads.count))
    for (row, lead) in placed.leads.enumerated() {
      let middle = height * (Double(row) + 0.5)
      let center = median(lead.truth.filter(\.isFinite))
      out += Plot.label(4, middle, lead.lead.rawValue, anchor: "start")
      for (signal, color) in [(lead.truth, "#15803d"), (lead.prediction, "#c00")] {
        for run in runs(signal.count, where: { signal[$0].isFinite }) {
          // Two points per pixel are enough to see.
          let step = max(1, Int(lead.samplingFrequency / (2 * perSecond)))
          let points = stride(from: run.lowerBound, to: run.upperBound, by: step).map { k in
            let y = min(max((signal[k] - center) * perMillivolt, -height / 2), height / 2)
            return (40 + Double(k) / lead.samplingFrequency * perSecond, middle - y)
          }
          out += Plot.polyline(points, color)
        }
      }
    }
    curves = out + "</svg>"
  }
}

extension Evaluator {
  /// The `count` worst pages of `evaluation`, drawn.
  ///
  /// - Parameter overlay: gives a redacted picture of a page with what was found on it, if there is one.
  package func drawings(
    ofWorst count: Int, in evaluation: Evaluation, predictions folder: URL, truth: TruthSet,
    overlay: (TruthPage, PlacedPage) -> Data? = { _, _ in nil }
  ) throws(PageError) -> [HTMLReport.Drawing] {
    let index = try FileIndex(of: folder, endings: SignalTable.endings)
    var drawings: [HTMLReport.Drawing] = []
    for score in evaluation.worst(count) {
      guard let page = truth.pages.first(where: { $0.key == score.key }) else { continue }
      let signals = try page.signals()
      let table = index.file(page.id, set: page.set).flatMap {
        try? SignalTable(file: $0, samplingFrequency: page.samplingFrequency)
      }
      let placed = table.map { PlacedPage($0, on: signals) }
      var drawing = HTMLReport.Drawing(
        id: page.key, placed ?? PlacedPage(withoutPrediction: signals))
      if let placed { drawing.overlayPNG = overlay(page, placed) }
      drawings.append(drawing)
    }
    return drawings
  }
}
