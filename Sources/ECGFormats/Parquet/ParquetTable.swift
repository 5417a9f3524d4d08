/// A table as Parquet files hold it: named columns of equal length.
public struct ParquetTable: Hashable, Sendable {
  /// One column; an absent value is `nil`.
  public struct Column: Hashable, Sendable {
    /// The values of a column, all of one kind.
    public enum Content: Hashable, Sendable {
      case numbers([Double?])
      case texts([String?])
    }

    /// The name of the column.
    public var name: String
    /// The values.
    public var content: Content

    /// Creates a column.
    public init(_ name: String, _ content: Content) {
      self.name = name
      self.content = content
    }

    /// The number of values.
    public var count: Int {
      switch content {
      case .numbers(let values): values.count
      case .texts(let values): values.count
      }
    }
  }

  /// The columns.
  public var columns: [Column]

  /// Creates a table; all columns are equally long.
  public init(columns: [Column]) {
    precondition(Set(columns.map(\.count)).count <= 1, "Columns are equally long")
    self.columns = columns
  }

  /// The number of rows.
  public var rowCount: Int { columns.first?.count ?? 0 }
}
