package import Foundation
import Glibc

/// A path as the system knows it: bytes, which need not be text.
package struct RawPath: Hashable, Codable, Sendable {
  package var bytes: [UInt8]

  package init(_ bytes: [UInt8]) { self.bytes = bytes }
  package init(_ text: String) { bytes = Array(text.utf8) }

  /// What was typed, byte by byte: Swift's own arguments replace what is no text.
  package static func arguments(like typed: [String]) -> [RawPath] {
    var given: [String: RawPath] = [:]
    for k in 0..<Int(CommandLine.argc) {
      guard let argument = CommandLine.unsafeArgv[k] else { continue }
      given[String(cString: argument)] = RawPath(
        Array(
          UnsafeBufferPointer(start: argument, count: strlen(argument))
            .map { UInt8(bitPattern: $0) }))
    }
    return typed.map { given[$0] ?? RawPath($0) }
  }

  /// The path as text; `nil` if it is none.
  package var text: String? { String(validating: bytes, as: UTF8.self) }

  /// For a person: control characters and bytes that are no text are written as `\x1b`.
  package var shown: String { spelled { "\\x" + $0 } }

  /// A name for results: bytes that are no text are written as `%ff`.
  package var asName: String { text ?? spelled { "%" + $0 } }

  private func spelled(_ escape: (String) -> String) -> String {
    guard let text else {
      return bytes.map { byte in
        (0x20..<0x7F).contains(byte)
          ? String(UnicodeScalar(byte)) : escape(String(byte, radix: 16).leftPadded)
      }.joined()
    }
    return text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
        ? escape(String(scalar.value, radix: 16).leftPadded) : String(scalar)
    }.joined()
  }

  package func appending(_ name: RawPath) -> RawPath {
    bytes.last == UInt8(ascii: "/") || bytes.isEmpty
      ? RawPath(bytes + name.bytes) : RawPath(bytes + [UInt8(ascii: "/")] + name.bytes)
  }

  /// What the system says of it, links followed; `nil` if there is nothing.
  private var status: stat? {
    var status = stat()
    let answer = (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { path in
      path.baseAddress.map { stat($0, &status) } ?? -1
    }
    return answer == 0 ? status : nil
  }

  package var isFolder: Bool { status.map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }
  package var isRegularFile: Bool { status.map { $0.st_mode & S_IFMT == S_IFREG } ?? false }

  /// A URL by which Foundation can open it, also where its name is no text.
  package var url: URL {
    if let text { return URL(fileURLWithPath: text.isEmpty ? "/dev/null/no-name" : text) }
    let descriptor = (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { path in
      path.baseAddress.map { open($0, O_RDONLY) } ?? -1
    }
    return URL(
      fileURLWithPath: descriptor < 0 ? "/dev/null/no-name" : "/proc/self/fd/\(descriptor)")
  }

  /// The regular files below this folder, hidden ones left out; links to folders are not followed.
  package func filesBelow() -> [RawPath] {
    var found: [RawPath] = []
    var waiting = [RawPath([])]
    while let folder = waiting.popLast() {
      for entry in appending(folder).entries where entry.name.bytes.first != UInt8(ascii: ".") {
        let relative = folder.bytes.isEmpty ? entry.name : folder.appending(entry.name)
        if entry.isFolder {
          waiting.append(relative)
        } else if appending(relative).isRegularFile {
          found.append(relative)
        }
      }
    }
    return found.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  private var entries: [(name: RawPath, isFolder: Bool)] {
    let folder = (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { path in
      path.baseAddress.flatMap { opendir($0) }
    }
    guard let folder else { return [] }
    defer { closedir(folder) }
    var found: [(RawPath, Bool)] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        RawPath(Array(bytes.prefix { $0 != 0 }))
      }
      if name.bytes == Array(".".utf8) || name.bytes == Array("..".utf8) { continue }
      var isFolder = entry.pointee.d_type == UInt8(DT_DIR)
      if entry.pointee.d_type == UInt8(DT_UNKNOWN) { isFolder = appending(name).isFolder }
      found.append((name, isFolder))
    }
    return found
  }
}

extension String {
  fileprivate var leftPadded: String { count < 2 ? "0" + self : self }
}
