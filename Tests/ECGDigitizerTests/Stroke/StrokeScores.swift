import ECGCore
import ECGDigitizer
import ECGFormats
import Foundation

/// What an estimator scores where geometry and ink are given.
struct StrokeScores {
  /// Signal-to-noise ratios, one per page.
  var fit: [Double] = []
  var centroid: [Double] = []
  /// CPU seconds of the fit, and seconds of trace.
  var cpuSeconds = 0.0
  var traceSeconds = 0.0
  /// Samples inside the interval of ± 1.96 standard deviations: all, and steep ones.
  var inside = (hits: 0, count: 0)
  var insideSteep = (hits: 0, count: 0)
  /// Summed widths of the intervals on flat parts, in pixels.
  var flatDeviations: [Float] = []

  var line: String {
    let (f, c) = (CompetitionRatio.summary(fit), CompetitionRatio.summary(centroid))
    let worst = 10 * log10(fit.min() ?? 1)
    let covered = 100 * Double(inside.hits) / Double(max(inside.count, 1))
    let steep = 100 * Double(insideSteep.hits) / Double(max(insideSteep.count, 1))
    let flat = flatDeviations.sorted()
    return String(
      format: "fit %.1f / %.1f (worst %.1f)  centroid %.1f / %.1f  inside %.1f / steep %.1f %%"
        + "  flat sd %.3f px  %.0f ms per 10 s",
      f.pooled, f.median, worst, c.pooled, c.median, covered, steep,
      Double(flat.isEmpty ? 0 : flat[flat.count / 2]), 1000 * cpuSeconds / traceSeconds * 10)
  }

  /// Draws `records` under `condition` (2.5 s of each of 12 leads) and scores them.
  static func drawn(_ condition: DrawnPage.Condition, records: [String]) throws -> StrokeScores {
    var scores = StrokeScores()
    for (index, name) in records.enumerated() {
      var generator = FixedGenerator(state: UInt64(index + 1))
      let record = try KnownPages.record(name)
      let curves = Lead.standard12.enumerated().map { k, lead in
        Array(KnownPages.samples(lead, of: record)[(1250 * (k / 3))..<(1250 * (k / 3) + 1250)])
      }
      let page = DrawnPage(curves, condition, using: &generator)
      let tracer = RowTracer()
      let centroids = tracer.signals(page.paths, in: page.map)
      let begin = clock()
      let fits = tracer.refined(
        centroids, paths: page.paths,
        leads: LocatedLeads(rows: [], layout: nil, placements: []), in: page.map,
        geometryError: 0)
      scores.cpuSeconds += Double(clock() - begin) / Double(CLOCKS_PER_SEC)
      scores.traceSeconds += 2.5 * Double(curves.count)
      var (fitted, plain) = (CompetitionRatio(), CompetitionRatio())
      let scale = 10 * condition.pixelsPerMillimeter
      for k in curves.indices {
        let truth = curves[k].map(Double.init)
        let zero = page.truths[k][0] + scale * truth[0]
        let x = { (n: Int) in page.firstX + Double(n) * page.stepX }
        scores.count(fits[k], truthY: page.truths[k], x: x)
        fitted.add(
          truth: truth,
          estimate: sampled(fits[k], count: truth.count, x: x).map { (zero - $0) / scale })
        plain.add(
          truth: truth,
          estimate: sampled(centroids[k], count: truth.count, x: x).map { (zero - $0) / scale })
      }
      scores.fit.append(fitted.ratio)
      scores.centroid.append(plain.ratio)
    }
    return scores
  }

  /// Scores the rendered pages; samples beneath separators count as known.
  static func rendered(_ names: [String], csvFolder: String? = nil) throws -> StrokeScores {
    var scores = StrokeScores()
    for name in names {
      let page = try KnownPages.page(name)
      let tracer = RowTracer()
      let centroids = tracer.signals(page.paths, in: page.map)
      let begin = clock()
      let fits = tracer.refined(
        centroids, paths: page.paths,
        leads: LocatedLeads(rows: [], layout: nil, placements: []),
        in: page.map, geometryError: 0)
      scores.cpuSeconds += Double(clock() - begin) / Double(CLOCKS_PER_SEC)
      scores.traceSeconds += 40
      var (fitted, plain) = (CompetitionRatio(), CompetitionRatio())
      let scale = 10 * KnownPages.pixelsPerMillimeter
      var pieces: [LeadSegment] = []
      for (k, stretch) in page.stretches.enumerated() {
        let truth = stretch.truth.map(Double.init)
        let x = { (n: Int) in stretch.firstX + Double(n) * KnownPages.stepX }
        scores.count(fits[k], truthY: truth.map { stretch.zeroY - scale * $0 }, x: x)
        if stretch.lead == .II && !stretch.isRhythm { continue }
        let seen = truth.indices.map { fits[k].y(at: x($0)) != nil }
        func estimate(_ signal: RowSignal) -> [Double] {
          let y = sampled(signal, count: truth.count, x: x).map { (stretch.zeroY - $0) / scale }
          let misses = truth.indices.filter { seen[$0] }.map { y[$0] - truth[$0] }
          let mean = misses.reduce(0, +) / Double(max(misses.count, 1))
          return truth.indices.map { seen[$0] ? y[$0] : truth[$0] + mean }
        }
        fitted.add(truth: truth, estimate: estimate(fits[k]))
        plain.add(truth: truth, estimate: estimate(centroids[k]))
        let plainY = sampled(fits[k], count: truth.count, x: x)
        pieces.append(
          LeadSegment(
            channel: .lead(stretch.lead), startSample: stretch.firstSample,
            millivolts: plainY.map { Float((stretch.zeroY - $0) / scale) }))
      }
      scores.fit.append(fitted.ratio)
      scores.centroid.append(plain.ratio)
      if let csvFolder {
        let recording = Recording(
          samplingFrequency: 500, sampleCount: 5000,
          segments: pieces.sorted { $0.channel.description < $1.channel.description })
        try write(recording, to: "\(csvFolder)/\(name).csv")
      }
    }
    return scores
  }

  private static func write(_ recording: Recording, to path: String) throws {
    let columns = Lead.standard12.map { lead in recording.samples(of: .lead(lead)) }
    var text = "time_s," + Lead.standard12.map(\.rawValue).joined(separator: ",") + "\n"
    for n in 0..<recording.sampleCount {
      text += "\(Double(n) / 500)"
      for column in columns { text += "," + (column[n].map { "\($0)" } ?? "") }
      text += "\n"
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// The curve at `count` places; where it is absent, the nearest value.
  private static func sampled(
    _ signal: RowSignal, count: Int, x: (Int) -> Double
  ) -> [Double] {
    let trace = Trace(
      placement: LeadPlacement(
        lead: nil, row: 0, column: 0, startX: 0, endX: 0, baselineY: 0, startSeconds: 0),
      firstX: signal.firstX, stepX: signal.stepX, points: signal.points)
    let sampler = TraceSampler(trace, bridge: 1000, hold: 1000)
    var values = (0..<count).map { sampler.point(at: x($0)).map { Double($0.y) } }
    let first = values.compactMap { $0 }.first ?? 0
    var last = first
    for n in values.indices {
      last = values[n] ?? last
      values[n] = last
    }
    return values.map { $0 ?? first }
  }

  /// Counts the samples inside the stated interval.
  private mutating func count(_ signal: RowSignal, truthY: [Double], x: (Int) -> Double) {
    for n in truthY.indices {
      let at = (x(n) - signal.firstX) / signal.stepX
      let k = Int(at.rounded())
      guard signal.points.indices.contains(k), let point = signal.points[k],
        let y = signal.y(at: x(n))
      else { continue }
      let near = max(1, n - 3)...min(truthY.count - 1, n + 3)
      let slope = near.map { abs(truthY[$0] - truthY[$0 - 1]) / (x(1) - x(0)) }.max() ?? 0
      let isInside = abs(Double(y) - truthY[n]) <= 1.96 * Double(point.standardDeviation)
      inside.count += 1
      if isInside { inside.hits += 1 }
      if slope >= 3 {
        insideSteep.count += 1
        if isInside { insideSteep.hits += 1 }
      } else if slope < 0.3 {
        flatDeviations.append(point.standardDeviation)
      }
    }
  }
}
