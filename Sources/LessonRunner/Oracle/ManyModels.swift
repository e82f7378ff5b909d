import Exact
import Interchange
import JSONText
import LessonKit
import Probability

extension Option {
  static let jsonl = Option(
    name: "--jsonl", value: nil,
    help: "a model a line in, an answer a line out, each as soon as it is there")
  static let oracleClient = Option(
    name: "--client", value: "LANGUAGE", help: "write the module that asks from a language: python")
}

/// Models that come line by line, and an answer for each.
///
/// A line that is refused has the refusal for its answer, `{"refused": "observations[0]: …"}`, and the lines
/// after it are answered all the same.
struct ManyModels {
  private let answer: (JSON) throws -> JSON
  private var line: [UInt8] = []
  private var lineNumber = 0
  private(set) var answered = 0
  /// The refusals: how many there were, and which was the first.
  private(set) var refused = 0
  private(set) var firstRefusal: (line: Int, reason: String)?

  private static let limit = JSON.Limits().bytes

  /// - Parameter answer: what answers one model.
  init(_ answer: @escaping (JSON) throws -> JSON) { self.answer = answer }

  /// Takes what has come, and gives the answers to the lines that end in it.
  mutating func take(_ bytes: [UInt8]) -> String {
    var answers = ""
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
      keep(bytes[start..<end])
      answers += finish()
      start = bytes.index(after: end)
    }
    keep(bytes[start...])
    return answers
  }

  /// The answer to what stands after the last end of a line, if anything does.
  mutating func finish() -> String {
    lineNumber += 1
    let given = line
    line.removeAll(keepingCapacity: true)
    // Blank lines are no models.
    guard given.contains(where: { $0 > 32 }) else { return "" }
    do {
      let found = try answer(try JSON(parsing: given))
      answered += 1
      return found.text() + "\n"
    } catch {
      refused += 1
      if firstRefusal == nil { firstRefusal = (lineNumber, "\(error)") }
      return JSON.object([("refused", .string("\(error)"))]).text() + "\n"
    }
  }

  /// Of a line that is too long no more is kept than shows that it is.
  private mutating func keep(_ bytes: some Collection<UInt8>) {
    line += bytes.prefix(max(0, Self.limit + 1 - line.count))
  }
}

extension Invocation {
  /// Answers a model a line.
  mutating func answerLines(
    of file: String, _ request: ExactRequest, asking questions: OracleQuestions
  ) throws(CommandError) -> ExitStatus {
    for option in [Option.evidence, .part, .output] where arguments.has(option) {
      throw CommandError(Option.jsonl.name, "goes without \(option.name)")
    }
    let rescales = arguments.has(.rescale)
    var models = ManyModels { given in
      let place = CaseFile(JSONPlace(rescales ? rescaled(given) : given), of: "model")
      let answer = try Interchange.oracle(try place.spec, request, asking: questions).json
      return try place.compare(answer)?.added(to: answer) ?? answer
    }
    let files = environment.files
    do {
      try files.stream(file) { bytes in
        output.write(models.take(bytes))
        output.flush()
        return true
      }
    } catch let error as CommandError { throw error } catch {
      throw CommandError(file, "\(error)")
    }
    output.write(models.finish())
    guard let first = models.firstRefusal else { return .held }
    let all = models.answered + models.refused
    throw CommandError(
      file == "-" ? "standard input" : file,
      "\(Format.count(models.refused)) of \(Format.count(all)) models refused, "
        + "the first in line \(first.line): \(first.reason)")
  }
}
