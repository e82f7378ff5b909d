import LessonKit

/// The file that somebody fills in: it runs, and says that nothing is written yet.
struct HomeworkStub {
  let item: HomeworkItem
  let language: HomeworkLanguage

  /// The file's text.
  var text: String {
    switch language {
    case .python: python
    case .swift: swift
    }
  }

  private var head: [String] {
    let stars =
      String(repeating: "★", count: item.stars)
      + String(repeating: "☆", count: max(0, 5 - item.stars))
    let points = item.points == 1 ? "1 point" : "\(HomeworkResult.points(item.points)) points"
    return ["\(item.title)  \(stars)  \(points)", ""]
      + item.text.split(separator: "\n", omittingEmptySubsequences: false)
      .flatMap { Wrapping.paragraph(String($0), width: 90) } + [
        "", "Judge it:  lessons homework check", "A hint:    lessons homework hint \(item.id)",
      ]
  }

  // MARK: Python

  private var python: String {
    let functions = item.parts.map { part in
      let arguments =
        (part.returns.isRandom ? ["choices"] : []) + part.given.map { language.name($0.name) }
      var lines = ["def \(part.name)(\(arguments.joined(separator: ", "))):"]
      lines += Wrapping.paragraph("\"\"\"" + part.text, width: 94).map { "    " + $0 } + [""]
      lines += described(part).flatMap { hanging($0, width: 94) }.map { "    " + $0 }
      return (lines + ["    \"\"\"", "    raise NotImplementedError"]).joined(separator: "\n")
    }
    return """
      \"\"\"\(head.joined(separator: "\n"))
      \"\"\"

      import tightbound


      \(functions.joined(separator: "\n\n\n"))


      if __name__ == "__main__":
          tightbound.serve(globals())

      """
  }

  private func described(_ part: HandinSignature) -> [String] {
    (part.returns.isRandom
      ? ["choices: flip(p), choose(probabilities); nothing else is random"] : [])
      + part.given.map { "\($0.name): \($0.text) (\($0.kind.words))" }
      + ["Returns \(part.returns.text) (\(part.returns.kind.words))."]
  }

  // MARK: Swift

  private var swift: String {
    let functions = item.parts.map { part in
      let choices = part.returns.isRandom ? ", _ choices: inout Choices" : ""
      var lines = Wrapping.paragraph(part.text, width: 92).map { "/// " + $0 } + ["///"]
      lines += hanging("Returns \(part.returns.text).", width: 92).map { "/// " + $0 }
      let name = language.name(part.name)
      lines.append("func \(name)(_ task: Task\(choices)) throws -> \(part.returns.kind.swift) {")
      for argument in part.given {
        lines += Wrapping.paragraph("\(argument.text)", width: 90).map { "  // " + $0 }
        let read = argument.kind.reader
        lines.append(
          "  let \(language.name(argument.name)) = try task.\(read)(\"\(argument.name)\")")
      }
      let used = part.given.map { language.name($0.name) }.joined(separator: ", ")
      if !used.isEmpty { lines.append("  _ = (\(used))") }
      if part.returns.isRandom { lines.append("  _ = try choices.flip(0.5)") }
      return (lines + ["  throw Unwritten()", "}"]).joined(separator: "\n")
    }
    let head = head.map { $0.isEmpty ? "//" : "// " + $0 }
    return head.joined(separator: "\n") + "\n\n" + functions.joined(separator: "\n\n") + "\n"
  }

  /// What starts the functions of a Swift program: a file that nobody has to write.
  static func swiftMain(_ parts: [HandinSignature]) -> String {
    let lines = parts.map { part in
      let name = HomeworkLanguage.swift.name(part.name)
      return part.returns.isRandom
        ? "  \"\(part.name)\": { task, choices in try \(name)(task, &choices) },"
        : "  \"\(part.name)\": { task, _ in try \(name)(task) },"
    }
    return "serve([\n" + lines.joined(separator: "\n") + "\n])\n"
  }

  private func hanging(_ text: String, width: Int) -> [String] {
    let lines = Wrapping.paragraph(text, width: width - 2)
    return lines.enumerated().map { $0.offset == 0 ? $0.element : "  " + $0.element }
  }
}

extension HandinArgument.Kind {
  var words: String {
    switch self {
    case .number: "a number"
    case .integer: "a whole number"
    case .numbers: "a list of numbers"
    case .matrix: "a list of lists of numbers"
    case .word: "a word"
    }
  }

  /// The method of a Swift task that reads it.
  fileprivate var reader: String {
    switch self {
    case .number: "number"
    case .integer: "integer"
    case .numbers: "numbers"
    case .matrix: "table"
    case .word: "word"
    }
  }
}

extension HandinResult.Kind {
  var words: String {
    switch self {
    case .number: "a number"
    case .numbers: "a list of numbers"
    case .matrix: "a list of lists of numbers"
    }
  }

  fileprivate var swift: String {
    switch self {
    case .number: "Double"
    case .numbers: "[Double]"
    case .matrix: "[[Double]]"
    }
  }
}
