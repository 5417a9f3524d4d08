/// Reads the values of one map of a recipe. Keys that nothing asked for are errors.
struct RecipeReader {
  private let entries: [RecipeValue.Entry]
  private let name: String
  private var known: [String] = []
  let place: RecipeValue.Place

  init(_ value: RecipeValue, name: String) throws(RecipeError) {
    guard case .map(let entries, let place) = value else {
      throw RecipeError(value.place, "\(name) must be a map of keys to values.")
    }
    (self.entries, self.place, self.name) = (entries, place, name)
  }

  /// The value of a key, and where it stands.
  private mutating func entry(_ key: String) -> RecipeValue.Entry? {
    known.append(key)
    return entries.first { $0.key == key }
  }

  /// Where a key stands, or the map if it is not there.
  func place(of key: String) -> RecipeValue.Place {
    entries.first { $0.key == key }?.place ?? place
  }

  private mutating func scalar(
    _ key: String, _ wanted: String
  ) throws(RecipeError) -> (text: String, place: RecipeValue.Place)? {
    guard let entry = entry(key) else { return nil }
    guard case .scalar(let text, let place) = entry.value else {
      throw RecipeError(entry.place, "\(key) must be \(wanted).")
    }
    return (text, place)
  }

  /// Reads a whole number, if the key is there.
  mutating func read<T: FixedWidthInteger>(
    _ key: String, _ target: inout T
  ) throws(RecipeError) {
    guard let (text, place) = try scalar(key, "a whole number") else { return }
    let value = text.hasPrefix("0x") ? T(text.dropFirst(2), radix: 16) : T(text)
    guard let value else { throw wrong(key, "a whole number", text, place) }
    target = value
  }

  mutating func read(_ key: String, _ target: inout Int?) throws(RecipeError) {
    var value = Int.min
    try read(key, &value)
    if value != .min { target = value }
  }

  /// Reads a number, if the key is there.
  mutating func read(_ key: String, _ target: inout Double) throws(RecipeError) {
    guard let (text, place) = try scalar(key, "a number") else { return }
    guard let value = Double(text), value.isFinite else {
      throw wrong(key, "a number", text, place)
    }
    target = value
  }

  mutating func read(_ key: String, _ target: inout Double?) throws(RecipeError) {
    var value = -Double.infinity
    try read(key, &value)
    if value.isFinite { target = value }
  }

  /// Reads a text, if the key is there.
  mutating func read(_ key: String, _ target: inout String?) throws(RecipeError) {
    if let (text, _) = try scalar(key, "a text") { target = text }
  }

  mutating func read(_ key: String, _ target: inout String) throws(RecipeError) {
    if let (text, _) = try scalar(key, "a text") { target = text }
  }

  /// Reads the SHA-256 of a file, if the key is there.
  mutating func readHash(_ key: String, _ target: inout String?) throws(RecipeError) {
    let wanted = "the SHA-256 of a file, 64 hexadecimal digits"
    guard let (text, place) = try scalar(key, wanted) else { return }
    guard text.count == 64, text.allSatisfy(\.isHexDigit) else {
      throw wrong(key, wanted, text, place)
    }
    target = text.lowercased()
  }

  /// Reads one of a few words, if the key is there.
  mutating func read<T: RawRepresentable & CaseIterable>(
    _ key: String, _ target: inout T
  ) throws(RecipeError) where T.RawValue == String {
    let words = "one of " + T.allCases.map(\.rawValue).joined(separator: ", ")
    guard let (text, place) = try scalar(key, words) else { return }
    guard let value = T(rawValue: text) else { throw wrong(key, words, text, place) }
    target = value
  }

  /// Reads a list of whole numbers, if the key is there.
  mutating func read(_ key: String, _ target: inout [Int]?) throws(RecipeError) {
    guard let entry = entry(key) else { return }
    let wanted = RecipeError(entry.place, "\(key) must be a list of whole numbers.")
    guard case .list(let items, _) = entry.value else { throw wanted }
    var numbers: [Int] = []
    for item in items {
      guard case .scalar(let text, _) = item, let number = Int(text) else { throw wanted }
      numbers.append(number)
    }
    target = numbers
  }

  /// Reads a map, if the key is there.
  mutating func map(
    _ key: String, _ read: (inout RecipeReader) throws(RecipeError) -> Void
  ) throws(RecipeError) {
    guard let entry = entry(key) else { return }
    var inner = try RecipeReader(entry.value, name: key)
    try read(&inner)
    try inner.finish()
  }

  /// Reads a list of maps, if the key is there.
  mutating func maps(
    _ key: String, _ read: (inout RecipeReader) throws(RecipeError) -> Void
  ) throws(RecipeError) {
    guard let entry = entry(key) else { return }
    guard case .list(let items, _) = entry.value else {
      throw RecipeError(entry.place, "\(key) must be a list.")
    }
    for item in items {
      var inner = try RecipeReader(item, name: key)
      try read(&inner)
      try inner.finish()
    }
  }

  /// Refuses keys that nothing asked for.
  func finish(besides others: [String] = []) throws(RecipeError) {
    guard let stranger = entries.first(where: { !known.contains($0.key) }) else { return }
    throw RecipeError(
      stranger.place,
      "\(name) has no key \(stranger.key). It has \((known + others).joined(separator: ", ")).")
  }

  private func wrong(
    _ key: String, _ wanted: String, _ text: String, _ place: RecipeValue.Place
  ) -> RecipeError { RecipeError(place, "\(key) must be \(wanted), not “\(text)”.") }
}
