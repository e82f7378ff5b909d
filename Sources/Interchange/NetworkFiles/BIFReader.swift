public import JSONText

/// A network in the Bayesian interchange format, as the model `bayesian-network`.
///
/// ```
/// network NAME { }
/// variable rain { type discrete [ 2 ] { yes, no }; }
/// probability ( wet | rain ) { (yes) 0.9, 0.1; (no) 0.2, 0.8; }
/// ```
/// Rows with the parents' states in parentheses, `table` for a variable without parents, `default` for
/// the rows that are not there. Properties are read over. Reference: Cozman, "The interchange format
/// for Bayesian networks", 1998.
///
/// - Parameter bytes: the text.
/// - Returns: the model, without observations.
/// - Throws: the refusal, with the line and the reason.
public func bayesianNetwork(inInterchangeFormat bytes: [UInt8]) throws(BIFError) -> JSON {
  var reader = try BIFReader(bytes)
  return try reader.network()
}

/// Whether a text begins as one in the Bayesian interchange format does: with the word `network`.
public func isInterchangeFormat(_ bytes: [UInt8]) -> Bool {
  guard let scanner = try? BIFScanner(bytes) else { return false }
  return scanner.next == .word("network")
}

private struct BIFReader {
  private struct Variable {
    let name: String
    let states: [String]
    let numbers: [String: Int]
    let line: Int
    var parents: [Int] = []
    var rows: [[Double]?] = []
    var hasTable = false
  }

  /// A table with more rows is refused before it is made.
  private static let mostRows = 1 << 24

  private var scanner: BIFScanner
  private var variables: [Variable] = []
  private var numbers: [String: Int] = [:]

  init(_ bytes: [UInt8]) throws(BIFError) { scanner = try BIFScanner(bytes) }

  mutating func network() throws(BIFError) -> JSON {
    guard scanner.next == .word("network") else {
      throw scanner.error(expected: "\"network\" as the first word")
    }
    try scanner.take()
    while scanner.next != .sign("{") {
      _ = try scanner.word("the name of the network, then \"{\"")
    }
    try body { (reader, word) throws(BIFError) in
      throw BIFError(line: reader.scanner.line, reason: "expected \"property\" or \"}\"")
    }
    while scanner.next != .end {
      let line = scanner.line
      switch try scanner.word("\"variable\" or \"probability\"") {
      case "variable": try variable(line)
      case "probability": try probability(line)
      case let word:
        throw BIFError(
          line: line,
          reason: "expected \"variable\" or \"probability\", found \(JSON.string(word).excerpt)")
      }
    }
    for variable in variables where !variable.hasTable {
      throw BIFError(
        line: variable.line,
        reason: "\(shownName(variable.name)) has no block \"probability ( … )\"")
    }
    return .object([
      ("model", "bayesian-network"), ("variables", .array(variables.map(json))),
    ])
  }

  private func json(_ variable: Variable) -> JSON {
    .object([
      ("name", .string(variable.name)), ("states", .strings(variable.states)),
      ("parents", .strings(variable.parents.map { variables[$0].name })),
      ("table", .matrix(variable.rows.compactMap(\.self))),
    ])
  }

  /// What stands between braces: properties, which are read over, and statements, which begin with a
  /// word.
  private mutating func body(
    _ statement: (inout BIFReader, _ word: String?) throws(BIFError) -> Void
  ) throws(BIFError) {
    try scanner.require("{")
    while try scanner.takes("}") == false {
      guard case .sign("(") = scanner.next else {
        let word = try scanner.word("a statement or \"}\"")
        if word == "property" {
          while scanner.next != .sign(";"), scanner.next != .end { try scanner.take() }
        } else {
          try statement(&self, word)
        }
        try scanner.require(";")
        continue
      }
      try statement(&self, nil)
      try scanner.require(";")
    }
  }
}

// MARK: Variables

extension BIFReader {
  private mutating func variable(_ line: Int) throws(BIFError) {
    let name = try scanner.word("the name of a variable")
    guard numbers[name] == nil else {
      throw BIFError(
        line: line, reason: "there are two variables of the name \(JSON.string(name).excerpt)")
    }
    var states: [String] = []
    try body { (reader, word) throws(BIFError) in
      guard word == "type", states.isEmpty else {
        throw BIFError(line: reader.scanner.line, reason: "expected one \"type\" or \"property\"")
      }
      states = try reader.states()
    }
    guard !states.isEmpty else { throw BIFError(line: line, reason: "expected \"type discrete\"") }
    var places: [String: Int] = [:]
    for (place, state) in states.enumerated() {
      guard places.updateValue(place, forKey: state) == nil else {
        throw BIFError(
          line: line, reason: "there are two states of the name \(JSON.string(state).excerpt)")
      }
    }
    numbers[name] = variables.count
    variables.append(Variable(name: name, states: states, numbers: places, line: line))
  }

  private mutating func states() throws(BIFError) -> [String] {
    let kind = try scanner.word("\"discrete\"")
    guard kind == "discrete" else {
      throw BIFError(line: scanner.line, reason: "expected a type that is discrete")
    }
    try scanner.require("[")
    let line = scanner.line
    let count = try scanner.word("the number of states")
    try scanner.require("]")
    let states = try list("{", "}", "the name of a state")
    guard Int(count) == states.count else {
      throw BIFError(
        line: line, reason: "expected \(JSON.string(count).excerpt) states, found \(states.count)")
    }
    return states
  }

  /// Words between two signs, with commas between them or not.
  private mutating func list(
    _ open: Character, _ close: Character, _ what: String
  ) throws(BIFError) -> [String] {
    try scanner.require(open)
    var words: [String] = []
    while try scanner.takes(close) == false {
      words.append(try scanner.word("\(what) or \"\(close)\""))
      _ = try scanner.takes(",")
    }
    return words
  }
}

// MARK: Tables

extension BIFReader {
  private mutating func probability(_ line: Int) throws(BIFError) {
    try scanner.require("(")
    let child = try known(try scanner.word("the name of a variable"), line)
    guard !variables[child].hasTable else {
      throw BIFError(line: line, reason: "\(shownName(variables[child].name)) has a table already")
    }
    var parents: [Int] = []
    if try scanner.takes("|") {
      while scanner.next != .sign(")") {
        parents.append(try known(try scanner.word("the name of a parent"), line))
        _ = try scanner.takes(",")
      }
    }
    try scanner.require(")")
    variables[child].hasTable = true
    variables[child].parents = parents
    let count = try rowCount(parents, line)
    var rows = [[Double]?](repeating: nil, count: count)
    var others: [Double]?
    func take(_ row: Int, _ line: Int, _ reader: inout BIFReader) throws(BIFError) {
      guard rows[row] == nil else {
        throw BIFError(line: line, reason: "a row that is there twice")
      }
      rows[row] = try reader.row(child)
    }
    try body { (reader, word) throws(BIFError) in
      let line = reader.scanner.line
      if word == "default" {
        guard others == nil else {
          throw BIFError(line: line, reason: "a \"default\" that is there twice")
        }
        others = try reader.row(child)
      } else if word == "table" {
        guard parents.isEmpty else {
          throw BIFError(
            line: line,
            reason: "a \"table\" with parents does not say its order: write rows (state, …) p, …;")
        }
        try take(0, line, &reader)
      } else if word == nil {
        try take(try reader.setting(parents), line, &reader)
      } else {
        throw BIFError(
          line: line, reason: "expected \"table\", \"default\", \"property\" or \"(\"")
      }
    }
    for row in rows.indices where rows[row] == nil {
      guard let others else {
        throw BIFError(
          line: line,
          reason: "\(shownName(variables[child].name)): \(count) rows are needed, one is missing")
      }
      rows[row] = others
    }
    variables[child].rows = rows
  }

  private func known(_ name: String, _ line: Int) throws(BIFError) -> Int {
    guard let number = numbers[name] else {
      throw BIFError(
        line: line, reason: "no variable before this has the name \(JSON.string(name).excerpt)")
    }
    return number
  }

  private func rowCount(_ parents: [Int], _ line: Int) throws(BIFError) -> Int {
    var count = 1
    for parent in parents {
      let (product, overflow) = count.multipliedReportingOverflow(
        by: variables[parent].states.count)
      guard !overflow, product <= BIFReader.mostRows else {
        throw BIFError(line: line, reason: "a table of more than \(BIFReader.mostRows) rows")
      }
      count = product
    }
    return count
  }

  /// The number of the row for the parents' states, the last parent fastest.
  private mutating func setting(_ parents: [Int]) throws(BIFError) -> Int {
    let line = scanner.line
    let words = try list("(", ")", "the state of a parent")
    guard words.count == parents.count else {
      throw BIFError(
        line: line, reason: "expected the states of \(parents.count) parents, found \(words.count)")
    }
    var row = 0
    for (parent, word) in zip(parents, words) {
      guard let state = variables[parent].numbers[word] else {
        throw BIFError(
          line: line,
          reason: "\(shownName(variables[parent].name)) has no state \(JSON.string(word).excerpt)")
      }
      row = row * variables[parent].states.count + state
    }
    return row
  }

  /// Probabilities up to the semicolon, one for each state.
  private mutating func row(_ child: Int) throws(BIFError) -> [Double] {
    let line = scanner.line
    var numbers: [Double] = []
    while case .word(let word) = scanner.next {
      guard let number = Double(word), number.isFinite else {
        throw scanner.error(expected: "a number")
      }
      numbers.append(number)
      try scanner.take()
      _ = try scanner.takes(",")
    }
    let states = variables[child].states.count
    guard numbers.count == states else {
      throw BIFError(
        line: line, reason: "expected \(states) probabilities, found \(numbers.count)")
    }
    return numbers
  }
}
