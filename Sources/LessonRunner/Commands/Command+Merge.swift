import Interchange
import JSONText
import LessonKit
import Probability

extension Option {
  static let part = Option(
    name: "--part", value: "I/N",
    help: "only the I-th of N parts, with --json: lessons merge puts them together")
  static let output = Option(
    name: "--output", value: "FILE",
    help: "write the part to a file, whole or not at all, in place of standard output")
}

extension Command {
  /// Parts of one answer, put together.
  static let merge = Command(
    name: "merge", usage: "merge PART...",
    summary: "put the parts of moments or of the oracle together",
    details: """
      Takes the parts that lessons moments or lessons oracle --method brute-force has written with \
      --part I/N --json, in any order, and answers as the same call without --part does: the same to \
      the last bit, whatever N is. (The shares of lessons homework grade need no merging.)

      A part that is missing, doubled or damaged, or of another model, other settings, another version \
      or another N, is refused by name. A part that was interrupted is simply run again. \
      Reference/parts.md has recipes for GNU parallel and Slurm.

          for i in 1 2 3; do
            lessons moments case.json --part $i/3 --json --output part-$i.json
          done
          lessons merge part-*.json --json
      """,
    options: [.json]
  ) { (invocation) throws(CommandError) in
    let files = invocation.arguments.words
    guard !files.isEmpty else {
      throw CommandError("merge", "which parts?").with(usage: invocation.command.usage)
    }
    var parts: [(file: String, part: PartFile)] = []
    for file in files {
      let bytes = try invocation.environment.files.read(file, limit: JSON.Limits().bytes)
      do {
        parts.append((file, try PartFile(JSONPlace(try JSON(parsing: bytes)))))
      } catch {
        throw CommandError(file, "\(error)")
      }
    }
    let joined: JoinedParts
    do throws(PlaceError) { joined = try JoinedParts(parts, version: version) } catch {
      throw CommandError(error.path, error.complaint)
    }
    do {
      return try invocation.answer(joined)
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError(files[0], "\(error)")
    }
  }
}

extension Invocation {
  /// The answer that all parts give.
  fileprivate mutating func answer(_ parts: JoinedParts) throws -> ExitStatus {
    if let request = try OracleParts.request(parts) {
      return try answerOracle(parts.asked.input, request)
    }
    if let moments = try MomentsParts(parts, environment.course) {
      return write(try moments.report(parts), mistake: moments.mistake)
    }
    throw CommandError(
      arguments.words[0], "part of a command that has none: \(quoted(parts.asked.command))")
  }

  /// The part that was asked for; refused where it would not be written as a part.
  func share() throws(CommandError) -> LeafShare? {
    let share = try arguments.share(.part)
    guard share != nil else {
      guard !arguments.has(.output) else {
        throw CommandError(Option.output.name, "is for a part; say --part I/N too")
      }
      return nil
    }
    guard arguments.has(.json) else {
      throw CommandError(Option.part.name, "a part is read by lessons merge; say --json too")
    }
    return share
  }

  /// Writes a part where it is wanted; a file at once, and whole.
  mutating func writePart(_ part: PartFile) throws(CommandError) -> ExitStatus {
    let text = part.json.text(.pretty) + "\n"
    guard let file = arguments.text(.output) else {
      output.write(text)
      return .held
    }
    // What asks for an end now waits until the file is there.
    environment.watch.catchInterrupts()
    try environment.files.write(text, to: file)
    guard let signal = environment.watch.interrupt() else { return .held }
    return ExitStatus(rawValue: 128 + signal) ?? .interrupted
  }
}

extension ParsedArguments {
  /// "2/4": the second of four parts; nil without the option.
  func share(_ option: Option) throws(CommandError) -> LeafShare? {
    guard let text = text(option) else { return nil }
    guard let share = LeafShare(text) else {
      throw CommandError(option.name, "expected I/N, as in 1/4, found \(quoted(text))")
    }
    return share
  }
}
