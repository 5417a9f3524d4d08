import ECGCore

/// What became of one damaged input.
enum FuzzResult {
  case accepted
  case refused
  case wrong(String)

  /// A refusal counts only if it says something.
  init(_ error: PageError) {
    if error.code == .internalError {
      self = .wrong("internal error: \(error.message)")
    } else if error.message.isEmpty || error.remedy.isEmpty {
      self = .wrong("\(error.code.rawValue) without a message or a remedy")
    } else {
      self = .refused
    }
  }
}

/// Counts results per kind of input.
struct FuzzTally {
  enum Kind: String, CaseIterable {
    case picture, record, page
  }

  private var accepted: [Kind: Int] = [:]
  private var refused: [Kind: Int] = [:]
  private var complaints: [String] = []
  /// Everything that was wrong.
  private(set) var problems = 0

  mutating func add(_ result: FuzzResult, to kind: Kind) {
    switch result {
    case .accepted: accepted[kind, default: 0] += 1
    case .refused: refused[kind, default: 0] += 1
    case .wrong(let what): complain("\(kind.rawValue): \(what)")
    }
  }

  mutating func complain(_ what: String) {
    problems += 1
    complaints.append(what)
  }

  mutating func takeComplaints() -> [String] {
    defer { complaints = [] }
    return complaints
  }

  var summary: String {
    let parts = Kind.allCases.map { kind in
      "\(kind.rawValue)s \(accepted[kind, default: 0]) read, \(refused[kind, default: 0]) refused"
    }
    return parts.joined(separator: "; ") + "; \(problems) problems"
  }
}
