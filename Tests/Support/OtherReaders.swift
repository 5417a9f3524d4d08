import Foundation

/// Programs of others that read the same formats: pyarrow and DuckDB in `.deps/python`, where
/// `Scripts/setup-readers.sh` installs them.
package enum OtherReaders {
  /// Whether Python runs with them; suites that need them are skipped elsewhere, and say so.
  package static let areInstalled = (try? python("import pyarrow.parquet, duckdb")) != nil

  /// A Python program that failed, with what it said.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Runs a Python program.
  ///
  /// - Returns: what it printed.
  package static func python(_ program: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", program] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["PYTHONPATH": Repository.folder.appendingPathComponent(".deps/python").path]) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: String(decoding: complaint, as: UTF8.self))
    }
    return text
  }
}
