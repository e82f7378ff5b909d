import Exact
import Interchange
import JSONText
import LessonKit

extension Option {
  static let approximationExample = Option(
    name: "--example", value: "KIND", help: "print a small spec of this kind to start from")
  static let mostOutcomes = Option(
    name: "--max-outcomes", value: "N",
    help: "largest number of outcomes of random choices to visit (default 100000000)")
}

extension Command {
  /// The exact numbers of an approximation.
  static let approximate = Command(
    name: "approximate", usage: "approximate FILE | - | --example KIND",
    summary: "the exact numbers of an approximation beside the truth",
    details: """
      Reads a small model with an approximation of it and answers with the approximation's own \
      exact numbers beside the exact answer: what its bounds, updates and estimators are on average \
      and how far they scatter. Nothing is sampled: the library's algorithm is run over every \
      outcome of its random choices, or integrated by a rule that has converged. Approximations: \
      \(approximations.joined(separator: ", ")). Reference/approximate.md describes their formats.

      A case file, with the approximation under "spec" and what is expected beside it, is answered \
      and compared: exit status 1 if they differ by more than its tolerance.

      A number is printed so that it reads back to the same double; log 0 is "-inf"; what is \
      undefined is null.

          lessons approximate --example importance > spec.json
          lessons approximate spec.json
          lessons approximate spec.json --json | jq .elbo
      """,
    options: [.approximationExample, .mostOutcomes, .maxStates, .json]
  ) { (invocation) throws(CommandError) in
    if let kind = invocation.arguments.text(.approximationExample) {
      try invocation.requireWords(atMost: 0)
      invocation.output.write(try ApproximationExamples.text(of: kind) + "\n")
      return .held
    }
    try invocation.requireWords(atMost: 1)
    let file = try invocation.word(
      0,
      missing:
        "which approximation? A file, or - for standard input; --example importance prints one")
    var request = ExactRequest(
      maxStates: try invocation.arguments.count(.maxStates) ?? ExactRequest.defaultMaxStates,
      maxOutcomes: try invocation.arguments.count(.mostOutcomes)
        ?? ExactRequest.defaultMaxOutcomes)
    let work = LongWork(of: "outcomes", invocation.environment)
    request.show(work)
    let bytes = try invocation.environment.files.read(file, limit: JSON.Limits().bytes)
    let kind: String
    let answer: ApproximationAnswer
    let comparison: CaseComparison?
    do {
      let file = CaseFile(JSONPlace(try JSON(parsing: bytes)), of: "approximation")
      defer { work?.end() }
      answer = try Interchange.approximation(try file.spec, request)
      kind = try file.word
      comparison = try file.compare(answer.json)
    } catch {
      throw CommandError(file == "-" ? "standard input" : file, "\(error)")
    }
    return invocation.write(answer.json, comparison) {
      OracleText(answer, approximation: kind, $0).lines
    }
  }
}
