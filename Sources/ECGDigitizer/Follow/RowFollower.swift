package import ECGImaging

/// The stage Follow: where rows are printed, which ink is theirs, and their calibration pulses.
///
/// Runs once for each position of the page. What it follows is the first reading of a row, by
/// which leads are located; the stage Trace reads them precisely.
package struct RowFollower: Sendable {
  let parameters: FollowParameters
  /// Threads that share the rows.
  let workers: Workers

  package init(parameters: FollowParameters = FollowParameters(), workers: Workers = .one) {
    self.parameters = parameters
    self.workers = workers
  }

  /// The printed rows of `map` from top to bottom, followed along their ink.
  ///
  /// - Parameter names: where names say that there are rows: broken ones are believed there.
  package func rows(in map: InkMap, names: RowNames? = nil) -> [FollowedRow] {
    let found = RowFinder(parameters.rows, workers: workers).rows(in: map)
    let rows =
      names.map { ExpectedRows(parameters.expectedRows).adding(to: found, names: $0, in: map) }
      ?? found
    let follower = InkFollower(parameters.ink, workers: workers)
    let paths = follower.paths(of: rows, in: map)
    let signals = follower.centroids(paths, in: map)
    let pulses = PulseFinder(parameters.pulses).pulses(of: rows, on: paths, in: map)
    return rows.indices.map {
      FollowedRow(row: rows[$0], path: paths[$0], signal: signals[$0], pulse: pulses[$0])
    }
  }
}
