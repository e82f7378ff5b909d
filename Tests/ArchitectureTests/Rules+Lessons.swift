// The shape of a lesson: one home for an inquiry, one spelling of a mistake, numbers that say what
// they are.

extension Rule {
  /// A place in a lesson, read from a path: Lessons/04-nvil/Exercises/LeaveOneOut/X.swift.
  private static func place(_ path: String) -> (folders: [Substring], file: Substring)? {
    let parts = path.split(separator: "/")
    guard parts.count >= 3, parts[0] == "Lessons", parts[1].first?.isNumber == true,
      let file = parts.last, file.hasSuffix(".swift")
    else { return nil }
    return (Array(parts[2..<(parts.count - 1)]), file.dropLast(".swift".count))
  }

  private static func isLesson(_ path: String) -> Bool { place(path) != nil }

  private static func isInquiry(_ path: String) -> Bool {
    guard let folder = place(path)?.folders.first else { return false }
    return folder == "Exercises" || folder == "Derivations"
  }

  static let oneHome = Rule(name: "an inquiry is a folder of its own", applies: isInquiry) { file in
    guard let (folders, name) = place(file.path) else { return [] }
    guard folders.count == 2 else {
      return [file.finding(1, "\(folders[0]) holds a folder an inquiry, and files in each")]
    }
    let allowed = ["", "Checks", "Problem", "Mistakes", "Handin"].map { "\(folders[1])\($0)" }
    guard allowed.contains(String(name)) else {
      return [file.finding(1, "\(name) is none of \(allowed.joined(separator: ", "))")]
    }
    return []
  }

  static let checksApart = Rule(
    name: "what judges never sees Approximate",
    applies: { path in
      guard let (folders, name) = place(path) else { return false }
      return folders.first == "Problems"
        || isInquiry(path) && (name.hasSuffix("Checks") || name.hasSuffix("Problem"))
    }
  ) { file in
    file.imports.filter { $0.module == "Approximate" }.map {
      file.finding($0.line, "checks and problems must not import Approximate")
    }
  }

  static let answersDoNotJudge = Rule(
    name: "a file with an answer holds no check",
    applies: { path in
      guard isInquiry(path), let name = place(path)?.file else { return false }
      return !name.hasSuffix("Checks") && !name.hasSuffix("Problem")
    }
  ) { file in
    file.places(of: "Check", "(").map {
      file.finding(file.tokens[$0].line, "a check stands in XChecks.swift, apart from the answer")
    }
  }

  static let oneSpelling = Rule(
    name: "a mistake is the answer with one part exchanged, and is spelt in one way",
    applies: isLesson
  ) { file in
    let protocols = file.places(of: "protocol").filter {
      file.word(at: $0 + 1).first?.isUppercase == true
    }.map { ($0, "a lesson declares no protocol: the subject is a struct of parts") }
    let copies = file.places(of: "func").filter {
      ["with", "changing", "change", "changed", "spoiling"].contains(file.word(at: $0 + 1))
        && place(file.path)?.folders.first != "Problems"
        && !(place(file.path)?.file.hasSuffix("Problem") ?? false)
    }.map { ($0, "\(file.word(at: $0 + 1)): write Mistake(name, summary, \\.part) { … }") }
    return (protocols + copies).map { file.finding(file.tokens[$0.0].line, $0.1) }
  }

  static let drawnNumbersSayWhatTheyAre = Rule(
    name: "a picture says what its numbers are", applies: isLesson
  ) { file in
    let kinds = ["bars", "cloud", "curve", "grid", "sparkline", "stack", "surface"]
    return kinds.flatMap { file.places(of: "Drawing", ".", $0, "(") }
      .filter { !file.arguments(from: $0 + 3).contains("kind") }
      .map { file.finding(file.tokens[$0].line, "Drawing.\(file.word(at: $0 + 2)) without kind:") }
  }
}
