package import ECGCore
package import ECGImaging

/// Turns the ink of each row into one curve, and the curves into the traces of the leads.
package struct RowTracer: Sendable {
  /// Follows curves where there is one; without it ink is followed by shortest paths.
  private let network: CurveSession?
  private let method: TracingMethod
  private let parameters: TraceParameters
  /// Threads that share the rows.
  private let workers: Workers
  private let follower: InkFollower

  package init(
    network: CurveSession? = nil, method: TracingMethod = .networkAndFit,
    parameters: TraceParameters = TraceParameters(), workers: Workers = .one
  ) {
    self.parameters = parameters
    self.network = network
    self.method = method
    self.workers = workers
    follower = InkFollower(parameters.ink, workers: workers)
  }

  /// The traces of `leads`, in the order of their placements: the whole of the stage.
  ///
  /// - Parameter geometryError: local error of the page's geometry, in page pixels rms.
  package func traces(
    of leads: LocatedLeads, in map: InkMap, geometryError: Double
  ) -> [Trace] {
    traces(of: leads, from: curves(of: leads, in: map, geometryError: geometryError))
  }

  /// One curve per row of `leads`, as far as pixels tell.
  private func curves(
    of leads: LocatedLeads, in map: InkMap, geometryError: Double
  ) -> [RowSignal] {
    let clean = cleaned(map, leads)
    let rows = leads.rows.map(\.row)
    let isLearned = method == .network || method == .networkAndFit
    if isLearned, let read = read(rows, in: map) {
      if method == .network { return read.map { RowSignal($0.curve, parameters.reading) } }
      return learned(read, leads, in: clean, geometryError: geometryError)
    }
    let paths = follower.paths(of: rows, in: clean, closed: leads.coveredNames)
    if method == .centroid { return follower.centroids(paths, in: clean) }
    return refined(paths, leads: leads, in: clean, geometryError: geometryError)
  }

  /// What the network reads of every row; `nil` without it, or if it fails.
  private func read(
    _ rows: [PrintedRow], in map: InkMap
  ) -> [(curve: ReadCurve, own: OwnInk)]? {
    guard let network else { return nil }
    let read = workers.map(rows.count) { k in
      workers.isCancelled
        ? nil : try? network.read(rows[k], in: map, parameters: parameters.reading)
    }
    let all = read.compactMap { $0 }
    return all.count == rows.count ? all : nil
  }

  /// The stroke fit started at, and held by, the curves that a network read.
  private func learned(
    _ read: [(curve: ReadCurve, own: OwnInk)], _ leads: LocatedLeads, in map: InkMap,
    geometryError: Double
  ) -> [RowSignal] {
    let rows = parameters.rows
    let near = Int(rows.near * map.pixelsPerMillimeter)
    let covers = InkMasks.rows(behind: leads.bars + leads.coveredNames)
    let chosen = chosen(read, leads, in: map, hidden: covers)
    let reaches = leads.rows.indices.map { RowReach(of: $0, in: leads) }
    let inkOf = zip(chosen, reaches).map {
      $0.path.drawnOn(to: $1, in: map, bars: leads.bars, rows)
    }
    let masks = workers.map(read.count) { k in
      InkMasks(
        leads, path: inkOf[k], own: read[k].own, in: map, reach: near,
        free: reaches[k]?.closed(
          millimeters: rows.closedEnd, pixelsPerMillimeter: map.pixelsPerMillimeter))
    }
    // Where rows begin and end, bars and pulses are printed.
    let ends = [leads.placements.map(\.startX).min(), leads.placements.map(\.endX).max()]
      .compactMap { $0 }
    return refined(
      inkOf, curves: chosen.map(\.curve), masks: masks, reaches: reaches, in: map,
      geometryError: geometryError
    ) { row, x, y in
      ends.contains { abs($0 - Double(x)) < Double(near) }
        || covers[x]?.contains { $0.contains(y) } ?? false
        || read.indices.contains { $0 != row && read[$0].own[x, y] >= 0.5 }
    }
  }

  /// The better of what the network read and what following its ink gives, stretch by stretch.
  private func chosen(
    _ read: [(curve: ReadCurve, own: OwnInk)], _ leads: LocatedLeads, in map: InkMap,
    hidden: [Int: [ClosedRange<Int>]]
  ) -> [CurveSelection.Reading] {
    let free = read.indices.map {
      end(of: $0, leads, in: map, millimeters: parameters.rows.freeEnd)
    }
    let paths = follower.paths(of: leads.rows.map(\.row), in: map) { k, columns, rows in
      read[k].own.masked(map.ink, columns: columns, rows: rows, except: free[k])
    }
    let followed = zip(paths, follower.centroids(paths, in: map)).map {
      CurveSelection.Reading(path: $0, signal: $1, parameters.selection)
    }
    let ownPaths = CurvePaths(parameters: parameters.ownInk)
    var learned = workers.map(read.count) { k in
      CurveSelection.Reading(
        curve: read[k].curve, path: ownPaths.path(read[k].curve, own: read[k].own, in: map))
    }
    // Where a row ends its ink does, or goes on as a pulse: nothing that needs to be untangled.
    for k in learned.indices {
      if let end = end(of: k, leads, in: map, millimeters: parameters.rows.followedEnd) {
        learned[k].take(followed[k], in: end)
      }
    }
    let borders = leads.rows.indices.map { row in
      leads.placements.filter { $0.row == row }.map { Int($0.startX.rounded()) }.sorted()
        .dropFirst()
    }
    return CurveSelection(parameters.selection).chosen(
      learned, followed, in: map, hidden: hidden, borders: borders.map(Array.init))
  }

  /// The page columns about the right end of a row's traces, and beyond.
  private func end(
    of row: Int, _ leads: LocatedLeads, in map: InkMap, millimeters: Double
  ) -> ClosedRange<Int>? {
    guard let last = leads.placements.filter({ $0.row == row }).map(\.endX).max() else {
      return nil
    }
    let columns = leads.rows[row].path.columns
    let from = max(Int(last - millimeters * map.pixelsPerMillimeter), columns.lowerBound)
    return from < columns.upperBound ? from...(columns.upperBound - 1) : nil
  }

  /// The ink without lead names that stand free: those are no ink at all.
  private func cleaned(_ map: InkMap, _ leads: LocatedLeads) -> InkMap {
    var clean = map
    for pixel in leads.namePixels {
      let (x, y) = (Int(pixel) % map.ink.width, Int(pixel) / map.ink.width)
      for v in map.ink.rows(y - 1, through: y + 1) {
        for u in map.ink.columns(x - 1, through: x + 1) { clean.ink[u, v] = 0 }
      }
    }
    return clean
  }

  /// Fits the stroke of every row to its pixels along `paths`, started at their centroids; what
  /// `leads` hide says nothing.
  package func refined(
    _ paths: [InkPath], leads: LocatedLeads, in map: InkMap, geometryError: Double
  ) -> [RowSignal] {
    refined(
      paths, masks: paths.map { InkMasks(leads, path: $0, corridor: parameters.rows.corridor) },
      in: map, geometryError: geometryError)
  }

  /// Fits the stroke of every row, started at the centroids of `paths` or, where there are any, at
  /// `curves`.
  ///
  /// Rows where the fit fails, or pages whose stroke cannot be read, keep their centroids.
  private func refined(
    _ paths: [InkPath], curves: [ReadCurve] = [], masks: [InkMasks], reaches: [RowReach?] = [],
    in map: InkMap, geometryError: Double,
    isTaken: (@Sendable (_ row: Int, _ x: Int, _ y: Int) -> Bool)? = nil
  ) -> [RowSignal] {
    let centroids = follower.centroids(paths, in: map)
    if workers.isCancelled { return centroids }
    let page = StrokeEstimator.Page(
      paths: paths, centroids: centroids, map: map, masks: masks, curves: curves,
      reaches: reaches, isTaken: isTaken)
    return StrokeEstimator(parameters, geometryError: geometryError, workers: workers)
      .signals(of: page) ?? centroids
  }

  /// Cuts the rows' curves into the traces of `leads`; points behind bars are absent already.
  private func traces(of leads: LocatedLeads, from signals: [RowSignal]) -> [Trace] {
    leads.placements.map { placement in
      let signal = signals[placement.row]
      let first = max(0, Int(((placement.startX - signal.firstX) / signal.stepX).rounded(.down)))
      let last = min(
        signal.points.count - 1,
        Int(((placement.endX - signal.firstX) / signal.stepX).rounded(.up)))
      guard first <= last else {
        return Trace(placement: placement, firstX: placement.startX, stepX: 1, points: [])
      }
      var trace = Trace(
        placement: placement, firstX: signal.firstX + Double(first) * signal.stepX,
        stepX: signal.stepX, points: Array(signal.points[first...last]))
      trace.keepOwn(between: leads.breaks)
      return trace
    }
  }
}
