import Exact
import Interchange
import JSONText
import LessonKit

extension Command {
  /// The exact moments of gradient estimators.
  static let zoo = Command(
    name: "zoo", usage: "zoo FILE | -",
    summary: "the exact bias and variance of gradient estimators",
    details: """
      Reads a small mean E_q[f] and a list of estimators of its gradient, and answers with the exact \
      mean and covariance of each beside the exact gradient. Nothing is sampled: discrete draws are \
      enumerated and continuous ones integrated. Reference/zoo.md describes the format and every \
      estimator.

      A case file, with the problem under "spec" and what is expected beside it, is answered and \
      compared: exit status 1 if they differ by more than its tolerance.
      """,
    options: [.mostOutcomes, .json]
  ) { (invocation) throws(CommandError) in
    try invocation.requireWords(atMost: 1)
    let file = try invocation.word(0, missing: "which problem? A file, or - for standard input")
    let request = ExactRequest(
      maxOutcomes: try invocation.arguments.count(.mostOutcomes)
        ?? ExactRequest.defaultMaxOutcomes)
    let bytes = try invocation.environment.files.read(file, limit: JSON.Limits().bytes)
    let answer: ZooAnswer
    let comparison: CaseComparison?
    do {
      let file = CaseFile(JSONPlace(try JSON(parsing: bytes)), of: "variable")
      answer = try ZooSpec(try file.spec).answer(request)
      comparison = try file.compare(answer.json)
    } catch {
      throw CommandError(file == "-" ? "standard input" : file, "\(error)")
    }
    return invocation.write(answer.json, comparison) { _ in [answer.json.text(.pretty)] }
  }
}
