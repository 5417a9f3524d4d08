/// One training example of a network that tells where a curve runs.
public struct CurveExample: Sendable {
  /// Columns and rows of the input.
  public var width: Int
  public var height: Int
  /// `channels · height · width` values.
  public var input: [Float]
  /// The wanted distribution of each column, `cellRows · cellColumns` values row by row; a column
  /// without a curve is 0 throughout.
  public var wanted: [Float]
  public var cellColumns: Int
  public var cellRows: Int

  /// Creates an example.
  public init(
    width: Int, height: Int, input: [Float], wanted: [Float], cellColumns: Int, cellRows: Int
  ) {
    self.width = width
    self.height = height
    self.input = input
    self.wanted = wanted
    self.cellColumns = cellColumns
    self.cellRows = cellRows
  }
}
