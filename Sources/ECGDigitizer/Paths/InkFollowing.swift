/// How a row's ink is followed, by the stages Follow and Trace alike. Lengths are millimetres.
package struct InkFollowing: Codable, Hashable, Sendable {
  /// Darkness from which a pixel counts as ink when it is grown; a darker one loses steep strokes.
  package var ink = InkLevel.pale
  /// How far ink is grown sideways from the path; more enters neighbours.
  package var reach = 0.9
  /// How far before and behind a row's ink its path begins and ends.
  package var margin = 4.0
  /// How far across a neighbour's zero line a path may go: a tall QRS may cross it.
  package var acrossNeighbour = 3.0
  /// How far a path may leave its zero line: at least, at most, and where no neighbour stands.
  package var leastReach = 12.0
  package var mostReach = 45.0
  package var freeReach = 40.0
  /// What the way through ink costs.
  package var costs = InkPathCosts.Weights()
  package var centroid = Centroid()

  /// The ink's centre, column by column, and how exactly it tells the curve.
  package struct Centroid: Codable, Hashable, Sendable {
    /// Pixels above and below the ink's span whose half-dark pixels still belong to the stroke.
    package var edge = 2
    /// Ink in units of the map's noise that is taken off.
    package var noises: Float = 2
    /// Columns of less ink in all, in full pixels, tell nothing.
    package var leastMass: Float = 0.2
    /// The variance of a centre in square pixels: at least, per variance of the ink's own extent
    /// (squared), and per variance of the path.
    package var leastVariance: Float = 0.09
    package var extentShare: Float = 0.02
    package var spreadShare: Float = 0.25
  }
}
