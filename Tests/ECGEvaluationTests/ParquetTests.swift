import ECGEvaluation
import ECGTestSupport
import Foundation
import Testing

@Suite(
  "Parquet and the readers of others",
  .enabled(
    if: OtherReaders.areInstalled, "pyarrow and DuckDB are missing: Scripts/setup-readers.sh"))
struct ParquetTests {
  private let scratch = ScratchFolder()
  private let table = ParquetTable(columns: [
    .init("id", .texts(["7_0_I", "ü|\"x\"", nil, ""])),
    .init("value", .numbers([0.1, nil, -1e-300, 123_456.789_012_345])),
  ])

  /// As Python's `repr` has the rows of `table`.
  private let rows = """
    ('7_0_I', 0.1)
    ('ü|"x"', None)
    (None, -1e-300)
    ('', 123456.789012345)

    """

  @Test("pyarrow and DuckDB read what is written")
  func writing() throws {
    let file = try scratch.write(table.parquetData(), "table.parquet")
    let pyarrow = try OtherReaders.python(
      """
      import sys, pyarrow.parquet
      for row in pyarrow.parquet.read_table(sys.argv[1]).to_pylist(): print((row["id"], row["value"]))
      """, file.path)
    #expect(pyarrow == rows)
    let duckdb = try OtherReaders.python(
      """
      import sys, duckdb
      for row in duckdb.sql(f"select id, value from '{sys.argv[1]}'").fetchall(): print(row)
      """, file.path)
    #expect(duckdb == rows)
  }

  @Test(
    "what pyarrow writes is read, packed or not, with dictionaries and without",
    arguments: ["snappy", "gzip", "none"], [true, false])
  func reading(packing: String, hasDictionary: Bool) throws {
    let file = scratch.url.appendingPathComponent("other.parquet")
    _ = try OtherReaders.python(
      """
      import sys, pyarrow, pyarrow.parquet
      table = pyarrow.table({
        "id": ["7_0_I", 'ü|"x"', None, ""], "value": [0.1, None, -1e-300, 123456.789012345]})
      pyarrow.parquet.write_table(
        table, sys.argv[1], compression=sys.argv[2], use_dictionary=sys.argv[3] == "true")
      """, file.path, packing, "\(hasDictionary)")
    #expect(try ParquetTable(parsing: Data(contentsOf: file)) == table)
  }
}
