internal import ECGCore

/// Reads the members of a JSON object; an error names the member and what it should be.
struct JSONReader {
  let value: JSONValue
  /// Where in the file this object is, such as `geometry.page`.
  let path: String

  func string(_ name: String) throws(PageError) -> String {
    guard case .string(let text)? = value[name] else { throw error(name, "a string") }
    return text
  }

  func optionalString(_ name: String) throws(PageError) -> String? {
    if case .null? = value[name] { return nil }
    return try string(name)
  }

  func number(_ name: String) throws(PageError) -> Double {
    guard case .number(let number)? = value[name] else { throw error(name, "a number") }
    return number
  }

  func int(_ name: String) throws(PageError) -> Int {
    guard let whole = Int(exactly: try number(name)), abs(whole) < 1 << 40 else {
      throw error(name, "a whole number")
    }
    return whole
  }

  func bool(_ name: String) throws(PageError) -> Bool {
    guard case .bool(let flag)? = value[name] else { throw error(name, "true or false") }
    return flag
  }

  func array(_ name: String) throws(PageError) -> [JSONValue] {
    guard case .array(let values)? = value[name] else { throw error(name, "an array") }
    return values
  }

  func numbers(_ name: String) throws(PageError) -> [Double] {
    let values = try array(name)
    let numbers = values.compactMap { value -> Double? in
      if case .number(let number) = value { number } else { nil }
    }
    guard numbers.count == values.count else { throw error(name, "an array of numbers") }
    return numbers
  }

  /// Numbers, with `null` where one is absent.
  func optionalNumbers(_ name: String) throws(PageError) -> [Double?] {
    var numbers: [Double?] = []
    for value in try array(name) {
      switch value {
      case .number(let number): numbers.append(number)
      case .null: numbers.append(nil)
      default: throw error(name, "an array of numbers and null")
      }
    }
    return numbers
  }

  func object(_ name: String) throws(PageError) -> JSONReader {
    guard let member = value[name], case .object = member else { throw error(name, "an object") }
    return JSONReader(value: member, path: "\(path)\(name).")
  }

  func optionalObject(_ name: String) throws(PageError) -> JSONReader? {
    if case .null? = value[name] { return nil }
    return try object(name)
  }

  func objects(_ name: String) throws(PageError) -> [JSONReader] {
    let values = try array(name)
    var readers: [JSONReader] = []
    for (index, value) in values.enumerated() {
      guard case .object = value else { throw error(name, "an array of objects") }
      readers.append(JSONReader(value: value, path: "\(path)\(name)[\(index)]."))
    }
    return readers
  }

  /// One of the cases of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String
  ) throws(PageError) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: try string(name)) else {
      throw error(name, "one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return choice
  }

  func error(_ name: String, _ expected: String) -> PageError {
    PageError(
      .invalidRecord, "The JSON member \(path)\(name) is not \(expected).",
      remedy: "Write the file again with `einthoven digitize --format json`.")
  }
}
