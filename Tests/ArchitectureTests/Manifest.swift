/// As much of the manifest as says who sees whom, read from its text.
///
/// The package manager would print the same table, but not to a test that it is running.
struct Manifest {
  private(set) var rooms: [String: Set<String>] = [:]
  private(set) var tests: [String: Set<String>] = [:]
  private var lists: [String: Set<String>] = [:]

  init(_ text: String) {
    for statement in Manifest.statements(of: text) {
      if statement.hasPrefix("let "), let equals = statement.firstIndex(of: "=") {
        let name = statement.dropFirst(4).prefix { $0.isLetter }
        lists[String(name)] = value(of: statement[statement.index(after: equals)...])
      } else if let list = statement.firstRange(of: "sees:")
        ?? statement.firstRange(of: "dependencies:")
      {
        let names = Manifest.quoted(statement[..<list.lowerBound])
        if let name = names.first { rooms[name] = value(of: statement[list.upperBound...]) }
      } else if let list = statement.firstRange(of: " of:") {
        let names = Manifest.quoted(statement[..<list.lowerBound])
        if let name = names.first { tests[name] = value(of: statement[list.upperBound...]) }
      }
    }
  }

  /// A sum of literal lists and of lists defined before, up to a label that ends it.
  private func value(of expression: Substring) -> Set<String> {
    let end = expression.firstRange(of: "swiftSettings:")?.lowerBound ?? expression.endIndex
    let sum = expression[..<end]
    let bare = sum.split(separator: "\"", omittingEmptySubsequences: false)
      .enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined(separator: " ")
    let names = bare.split { !$0.isLetter }.map(String.init)
    let found = names.reduce(into: Set(Manifest.quoted(sum))) { $0.formUnion(lists[$1] ?? []) }
    // Folders of lessons have numbers for names, modules have not.
    return found.filter { $0.first?.isNumber == false }
  }

  private static func quoted(_ text: Substring) -> [String] {
    text.split(separator: "\"", omittingEmptySubsequences: false)
      .enumerated().filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
  }

  /// The definitions of lists, and the calls that make a room, each on one line.
  private static func statements(of text: String) -> [String] {
    let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
    var statements: [String] = []
    var open: String?
    for line in lines where !line.hasPrefix("//") {
      let begins =
        line.hasPrefix("let ") || line.hasPrefix("room(") || line.hasPrefix("tests(")
        || line.hasPrefix(".executableTarget(")
      if begins { open = "" }
      guard let before = open else { continue }
      let joined = before + line
      let isBalanced = balance(of: joined) == 0
      open = isBalanced ? nil : joined
      if isBalanced { statements.append(joined) }
    }
    return statements
  }

  private static func balance(of text: String) -> Int {
    text.reduce(0) { sum, character in
      switch character {
      case "(", "[", "{": sum + 1
      case ")", "]", "}": sum - 1
      default: sum
      }
    }
  }
}
