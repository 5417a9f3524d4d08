import Foundation
import Yams

/// A value of a recipe and where it stands: errors name the file and the line.
indirect enum RecipeValue: Sendable {
  /// Where something stands.
  struct Place: Hashable, Sendable, CustomStringConvertible {
    var file: String
    var line: Int
    var description: String { "\(file):\(line)" }
  }

  /// A key of a map.
  struct Entry: Sendable {
    var key: String
    var place: Place
    var value: RecipeValue
  }

  case scalar(String, Place)
  case list([RecipeValue], Place)
  case map([Entry], Place)

  var place: Place {
    switch self {
    case .scalar(_, let place), .list(_, let place), .map(_, let place): return place
    }
  }

  /// Reads a file, and under it the ones that it extends.
  static func file(_ url: URL, below: [String] = []) throws(RecipeError) -> RecipeValue {
    let name = url.lastPathComponent
    guard !below.contains(url.standardizedFileURL.path) else {
      throw RecipeError(Place(file: name, line: 1), "The recipe extends itself.")
    }
    let text: String
    do { text = try String(contentsOf: url, encoding: .utf8) } catch {
      let files = FileManager.default
      var isFolder: ObjCBool = false
      let why =
        !files.fileExists(atPath: url.path, isDirectory: &isFolder)
        ? "there is no such file"
        : isFolder.boolValue
          ? "it is a folder"
          : files.isReadableFile(atPath: url.path) ? "it is not text" : "it may not be read"
      throw RecipeError(
        Place(file: name, line: 1), "The recipe cannot be read: \(url.path): \(why).")
    }
    let own = try parsed(text, file: name)
    guard case .map(let entries, let place) = own else {
      throw RecipeError(Place(file: name, line: 1), "A recipe is a map of keys to values.")
    }
    guard let parent = entries.first(where: { $0.key == "extends" }) else { return own }
    guard case .scalar(let path, _) = parent.value else {
      throw RecipeError(parent.place, "extends names one other recipe.")
    }
    let other = URL(fileURLWithPath: path, relativeTo: url).absoluteURL
    guard FileManager.default.fileExists(atPath: other.path) else {
      throw RecipeError(parent.place, "There is no recipe \(path) (\(other.path)).")
    }
    let base = try file(other, below: below + [url.standardizedFileURL.path])
    return base.changed(by: .map(entries.filter { $0.key != "extends" }, place))
  }

  /// Maps are joined key by key; everything else is replaced.
  func changed(by other: RecipeValue) -> RecipeValue {
    guard case .map(var entries, _) = self, case .map(let changes, let place) = other else {
      return other
    }
    for change in changes {
      if let k = entries.firstIndex(where: { $0.key == change.key }) {
        entries[k].value = entries[k].value.changed(by: change.value)
        entries[k].place = change.place
      } else {
        entries.append(change)
      }
    }
    return .map(entries, place)
  }

  static func parsed(_ text: String, file: String) throws(RecipeError) -> RecipeValue {
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw RecipeError(Place(file: file, line: 1), "The recipe is empty.")
      }
      return try value(node, file: file)
    } catch let error as RecipeError {
      throw error
    } catch let error as YamlError {
      switch error {
      case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
        .composer(_, let problem, let mark, _):
        throw RecipeError(Place(file: file, line: mark.line), "This is not YAML: \(problem).")
      default: throw RecipeError(Place(file: file, line: 1), "This is not YAML: \(error).")
      }
    } catch {
      throw RecipeError(Place(file: file, line: 1), "This is not YAML: \(error).")
    }
  }

  private static func value(_ node: Node, file: String) throws(RecipeError) -> RecipeValue {
    let place = Place(file: file, line: node.mark?.line ?? 1)
    switch node {
    case .scalar(let scalar): return .scalar(scalar.string, place)
    case .sequence(let sequence):
      var values: [RecipeValue] = []
      for item in sequence { values.append(try value(item, file: file)) }
      return .list(values, place)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, item) in mapping {
        let at = Place(file: file, line: key.mark?.line ?? place.line)
        guard let name = key.string else { throw RecipeError(at, "A key must be a word.") }
        guard !entries.contains(where: { $0.key == name }) else {
          throw RecipeError(at, "\(name) is given twice.")
        }
        entries.append(Entry(key: name, place: at, value: try value(item, file: file)))
      }
      return .map(entries, place)
    case .alias: throw RecipeError(place, "Aliases are not understood.")
    }
  }
}
