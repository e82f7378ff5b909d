extension Rule {
  static let noTraps = Rule(
    name: "nothing that a user reaches traps", applies: isHouse
  ) { file in
    let calls = ["fatalError", "precondition", "preconditionFailure", "assert", "assertionFailure"]
    let traps =
      calls.flatMap { call in file.places(of: call, "(").map { ($0, call) } }
      + ["try", "as"].flatMap { word in file.places(of: word, "!").map { ($0, word + "!") } }
    return traps.map { file.finding(file.tokens[$0.0].line, "\($0.1) traps: throw a typed error") }
  }

  static let noUncheckedSendable = Rule(
    name: "what crosses threads is checked by the compiler", applies: isHouse
  ) { file in
    file.places(of: "@unchecked").map {
      file.finding(file.tokens[$0].line, "@unchecked: let the compiler see that it is Sendable")
    }
  }

  static let noPrinting = Rule(
    name: "only the runner prints", applies: isHouseOutside("LessonRunner")
  ) { file in
    file.places(of: "print", "(").filter { file.word(at: $0 - 1) != "func" }.map {
      file.finding(file.tokens[$0].line, "print belongs to LessonRunner: return the text")
    }
  }

  static let noHiddenChance = Rule(
    name: "every number that chance makes has its generator as an argument",
    applies: { isHouse($0) || ($0.hasPrefix("Tests/") && isSwift($0)) }
  ) { file in
    let drawing = ["random", "randomElement", "shuffled", "shuffle"]
    let hidden = drawing.flatMap { file.places(of: ".", $0, "(") }
      .filter { index in
        let arguments = file.arguments(from: index + 2)
        // A random model of ours takes choices, a seed or a size; the library's forms begin so.
        let isLibrary = arguments.count == 1 || arguments[1] == "in"
        return isLibrary && !arguments.contains("using")
      }
      .map { ($0, ".\(file.word(at: $0 + 1)) without using: hides its generator") }
    let system = file.places(of: "SystemRandomNumberGenerator")
      .map { ($0, "SystemRandomNumberGenerator cannot be replayed") }
    let clock = file.places(of: "Date", "(", ")").map { ($0, "Date() is another at every run") }
    return (hidden + system + clock).map { file.finding(file.tokens[$0.0].line, $0.1) }
  }

  static let noClasses = Rule(
    name: "values, not references",
    applies: { isHouse($0) && !referenceFiles.contains($0) }
  ) { file in
    file.places(of: "class").filter { index in
      let next = file.word(at: index + 1)
      return next.first?.isUppercase ?? false
    }
    .map { file.finding(file.tokens[$0].line, "class \(file.word(at: $0 + 1)): use a struct") }
  }

  /// Files with a class: a process that is asked and what was heard of it are one for all who ask; a
  /// point of a rule stands in many draws.
  static let referenceFiles: Set<String> = [
    "Sources/LessonKit/Handin/OutsidePart.swift",
    "Sources/LessonRunner/Homework/OutsideProcess.swift",
    "Sources/Models/GradientProblems/GaussianPoint.swift",
  ]

  static let words = Rule(name: "one word for each quantity", applies: isHouse) { file in
    file.tokens.compactMap { token in
      guard let right = synonyms[token.text] else { return nil }
      return file.finding(token.line, "\(token.text): the glossary says \(right)")
    }
  }

  /// Names that mean two things, or a second name for one (Reference/glossary.md).
  static let synonyms: [String: String] = [
    "kl": "kullbackLeibler(of:from:)", "klDivergence": "kullbackLeibler(of:from:)",
    "KLDivergence": "kullbackLeibler(of:from:)", "ELBO": "elbo", "nelbo": "negativeELBO",
    "negElbo": "negativeELBO", "negativeElbo": "negativeELBO", "elboLoss": "negativeELBO",
    "variationalFreeEnergy": "negativeELBO", "marginalLikelihood": "evidence",
    "logMarginalLikelihood": "logEvidence", "logMarginal": "logEvidence",
    "stopGradient": "detach", "likelihoodRatio": "score", "critic": "baseline",
  ]

  static let size = Rule(
    name: "a file is one idea: under 400 lines",
    applies: { isSwift($0) && !$0.hasSuffix("/Listings.swift") }
  ) { file in
    let count = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    return count < 400 ? [] : [file.finding(count, "\(count) lines: split it, one idea each")]
  }

  static let manifestSize = Rule(
    name: "the manifest is a table: under 120 lines", applies: { $0 == "Package.swift" }
  ) { file in
    let count = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
    return count < 120 ? [] : [file.finding(count, "\(count) lines in the manifest")]
  }

  static let noMachinePaths = Rule(
    name: "nothing depends on somebody's machine", applies: { _ in true }
  ) { file in
    // Put together here, so that this file keeps the rule too.
    let roots = ["work", "tmp", "root", "home", "Users"].map { "/" + $0 }
    // Most files name none of them, and the search line by line is slow.
    let suspects = roots.filter { file.text.contains($0) }
    if suspects.isEmpty { return [] }
    return file.lines.enumerated().flatMap { index, line in
      suspects.filter { isPath($0, in: line) }.map { root in
        file.finding(index + 1, "\(root) is a path of one machine")
      }
    }
  }

  /// All rules over files.
  static let all: [Rule] = [
    arrows, testsStayInSwift, unsafety, noTraps, noUncheckedSendable, noPrinting,
    noHiddenChance, noClasses, words, size, manifestSize, noMachinePaths, oneHome, checksApart,
    answersDoNotJudge, oneSpelling, drawnNumbersSayWhatTheyAre,
  ]
}

/// True if a root folder occurs in a line as the beginning of a path.
private func isPath(_ root: String, in line: Substring) -> Bool {
  line.ranges(of: root).contains { range in
    let before = line[..<range.lowerBound].last
    let after = line[range.upperBound...].first
    let begins = before.map { !$0.isLetter && !$0.isNumber && !"_.-~)}".contains($0) } ?? true
    let ends = after.map { !$0.isLetter && !$0.isNumber && !"_-".contains($0) } ?? true
    return begins && ends
  }
}

extension SourceFile {
  /// The words between a parenthesis and the one that closes it.
  func arguments(from open: Int) -> [String] {
    var depth = 0
    var words: [String] = []
    for token in tokens[open...] {
      if token.text == "(" { depth += 1 }
      if token.text == ")" { depth -= 1 }
      if depth == 0 { break }
      words.append(token.text)
    }
    return words
  }
}
