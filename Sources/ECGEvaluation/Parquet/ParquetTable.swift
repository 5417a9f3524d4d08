/// A table as Parquet files hold it: named columns of equal length.
package struct ParquetTable: Hashable, Sendable {
  /// One column; an absent value is `nil`.
  package struct Column: Hashable, Sendable {
    /// The values of a column, all of one kind.
    package enum Content: Hashable, Sendable {
      case numbers([Double?])
      case texts([String?])
    }

    /// The name of the column.
    package var name: String
    /// The values.
    package var content: Content

    /// Creates a column.
    package init(_ name: String, _ content: Content) {
      (self.name, self.content) = (name, content)
    }

    /// The number of values.
    package var count: Int {
      switch content {
      case .numbers(let values): values.count
      case .texts(let values): values.count
      }
    }
  }

  /// The columns.
  package var columns: [Column]

  /// Creates a table; all columns are equally long.
  package init(columns: [Column]) {
    precondition(Set(columns.map(\.count)).count <= 1, "Columns are equally long")
    self.columns = columns
  }

  /// The number of rows.
  package var rowCount: Int { columns.first?.count ?? 0 }
}
