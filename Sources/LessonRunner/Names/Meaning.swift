import JSONText

/// What somebody meant by a word, among names.
///
/// The name itself wins over names that begin with the word, and these over names that have it
/// somewhere. Words with strokes, as in bound/below, are compared part by part.
enum Meaning: Equatable {
  case one(String)
  case several([String])
  case nobody

  init(of typed: String, among names: some Sequence<String>) {
    var found: [(fit: Fit, name: String)] = []
    for name in names where !found.contains(where: { $0.name == name }) {
      if let fit = Fit(typed, name) { found.append((fit, name)) }
    }
    let best = found.map(\.fit).min()
    let names = found.filter { $0.fit == best }.map(\.name)
    self = names.count > 1 ? .several(names) : names.first.map { .one($0) } ?? .nobody
  }

  /// Kinds of names, the likeliest first: a name itself of any kind, else the first that fits.
  init(of typed: String, amongKinds kinds: [[String]]) {
    let meanings = kinds.map { Meaning(of: typed, among: $0) }
    let exact = meanings.first { meaning in
      if case .one(let name) = meaning { name.lowercased() == typed.lowercased() } else { false }
    }
    self = exact ?? meanings.first { $0 != .nobody } ?? .nobody
  }
}

/// How well a word fits a name; less is better.
private enum Fit: Int, Comparable {
  case whole, beginning, somewhere

  static func < (one: Fit, other: Fit) -> Bool { one.rawValue < other.rawValue }

  init?(_ typed: String, _ name: String) {
    let parts = typed.lowercased().split(separator: "/", omittingEmptySubsequences: false)
    let names = name.lowercased().split(separator: "/")
    guard parts.count == names.count else { return nil }
    var worst = Fit.whole
    for (part, name) in zip(parts, names) where part != name {
      guard !part.isEmpty, name.contains(part) else { return nil }
      worst = max(worst, name.hasPrefix(part) ? .beginning : .somewhere)
    }
    self = worst
  }
}

extension CommandError {
  /// "which mistake? a, b fit 'leaks'": a line that lists who may be meant.
  static func ambiguous(
    _ typed: String, _ kind: String, _ names: [String], place: String? = nil
  ) -> CommandError {
    let most = 8
    let more = names.count > most ? ", … and \(names.count - most) more" : ""
    let list = names.prefix(most).joined(separator: ", ") + more
    let word = place == nil ? "" : " \(quoted(typed))"
    return CommandError(place ?? quoted(typed), "which \(kind)\(word)? \(list) all fit")
  }
}
