import LessonKit

/// A word that `lessons` understands: how it is called, what it takes, and what it does.
struct Command: Sendable {
  /// The word.
  let name: String
  /// How it is called, without "lessons".
  let usage: String
  /// What it does, in a few words for the list of commands.
  let summary: String
  /// What else its help says, as paragraphs.
  let details: String
  /// What it understands beside --help.
  let options: [Option]
  /// Whether what it writes may be longer than a screen.
  var isPaged = false
  /// Does it; throws before it has written anything, or not at all.
  let body: @Sendable (inout Invocation) throws(CommandError) -> ExitStatus
}

extension Command {
  /// All commands, in the order of the help; the only place that names them.
  static let all: [Command] = [
    list, toc, read, why, attempt, quiz, run, train, mistakes, claims, errata, glossary,
    bibliography,
    book, homework,
    oracle, approximate, zoo, moments, merge, judge, bench,
  ]
}

/// A command being run: what was typed, what it may see, and where its results go.
struct Invocation {
  let command: Command
  let arguments: ParsedArguments
  let environment: CommandEnvironment
  var output: any CommandOutput

  /// Writes lines to standard output, none wider than the page.
  mutating func write(_ lines: [String]) {
    let lines = Fitting.folded(lines, width: environment.page.width)
    output.write(lines.map { $0 + "\n" }.joined())
  }

  /// The word at a place, where one is expected; `missing` says what it should be.
  func word(_ index: Int, missing: String) throws(CommandError) -> String {
    guard index < arguments.words.count else {
      throw CommandError(command.name, missing).with(usage: command.usage)
    }
    return arguments.words[index]
  }

  /// Refuses words that nobody asked for.
  func requireWords(atMost count: Int) throws(CommandError) {
    guard arguments.words.count > count else { return }
    let error = CommandError(quoted(arguments.words[count]), "one word too many")
    throw error.with(usage: command.usage)
  }
}
