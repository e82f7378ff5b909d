import Testing

/// A sentence about every file of some kind, and how to see that a file breaks it.
struct Rule: Sendable, CustomTestStringConvertible {
  let name: String
  let applies: @Sendable (String) -> Bool
  let look: @Sendable (SourceFile) -> [Finding]

  var testDescription: String { name }

  func findings(in file: SourceFile) -> [Finding] { applies(file.path) ? look(file) : [] }
}

/// A place where a rule is broken.
struct Finding: Sendable, CustomStringConvertible {
  let path: String
  let line: Int
  let message: String

  var description: String { "\(path):\(line): \(message)" }
}

extension SourceFile {
  func finding(_ line: Int, _ message: String) -> Finding {
    Finding(path: path, line: line, message: message)
  }

  /// The places where some tokens stand one after the other.
  func places(of pattern: String...) -> [Int] {
    guard tokens.count >= pattern.count else { return [] }
    return (0...(tokens.count - pattern.count)).filter { start in
      pattern.indices.allSatisfy { tokens[start + $0].text == pattern[$0] }
    }
  }

  /// The text of the token some places away, or nothing.
  func word(at index: Int) -> String { tokens.indices.contains(index) ? tokens[index].text : "" }

  /// The modules imported, with their lines.
  var imports: [(module: String, line: Int)] {
    let kinds: Set = ["struct", "enum", "class", "protocol", "func", "var", "let", "typealias"]
    return places(of: "import").map { index in
      let next = kinds.contains(word(at: index + 1)) ? index + 2 : index + 1
      return (word(at: next), tokens[index].line)
    }
  }
}

// MARK: Kinds of files

func isSwift(_ path: String) -> Bool { path.hasSuffix(".swift") }

/// The rooms: what a user of the package runs.
func isHouse(_ path: String) -> Bool { Rooms.room(of: path) != nil }

func isHouseOutside(_ room: String) -> @Sendable (String) -> Bool {
  { path in isHouse(path) && Rooms.room(of: path) != room }
}
