import Approximate
import Exact
import Interchange
import JSONText
import LessonKit

extension Command {
  /// The exact moments of gradient estimators.
  static let zoo = Command(
    name: "zoo", usage: "zoo [NAME | FILE | -]",
    summary: "the exact bias and variance of gradient estimators",
    details: """
      Without a word: every estimator on three problems of bits and three of a Gaussian, the least \
      variance first, with the exact gradient on top and wrong signs marked. With a name: its formula, \
      its code, its law on an example, its variance while a setting moves, and where it is worse than \
      plain REINFORCE; where the name stands for a form for states and one for Gaussians, both.

      With a file: reads a small mean E_q[f] and a list of estimators of its gradient, and answers with \
      the exact mean and covariance of each beside the exact gradient. Nothing is sampled: discrete \
      draws are enumerated and continuous ones integrated. Reference/zoo.md describes the format and \
      every estimator.

      A case file, with the problem under "spec" and what is expected beside it, is answered and \
      compared: exit status 1 if they differ by more than its tolerance.

          lessons zoo disarm
          lessons zoo spec.json --json | jq .estimators[0].variances
      """,
    options: [.mostOutcomes, .json], isPaged: true
  ) { (invocation) throws(CommandError) in
    try invocation.requireWords(atMost: 1)
    guard let word = invocation.arguments.words.first else {
      let overview = try showing { try ZooOverview() }
      return invocation.write(overview.json, nil, lines: overview.lines)
    }
    let states = DiscreteZoo.all.first { $0.name == word }
    let gaussians = GaussianZoo.all.first { $0.name == word }
    guard states != nil || gaussians != nil else { return try invocation.answerZoo(word) }
    let page = try showing {
      ZooPages(states: try states.map(ZooPage.init), gaussians: try gaussians.map(ZooPage.init))
    }
    return invocation.write(page.json, nil, lines: page.lines)
  }

  /// What is computed without a file cannot fail for reasons of the caller's.
  private static func showing<Value>(_ make: () throws -> Value) throws(CommandError) -> Value {
    do { return try make() } catch { throw CommandError("zoo", "\(error)") }
  }
}

extension Invocation {
  /// The answer to a file.
  fileprivate mutating func answerZoo(_ file: String) throws(CommandError) -> ExitStatus {
    let request = ExactRequest(
      maxOutcomes: try arguments.count(.mostOutcomes) ?? ExactRequest.defaultMaxOutcomes)
    let bytes: [UInt8]
    do {
      bytes = try environment.files.read(file, limit: JSON.Limits().bytes)
    } catch {
      // A word that is nearly a name was meant as one.
      guard file != "-", !file.contains("."), !nearest(1, to: file, among: zooNames).isEmpty else {
        throw error
      }
      throw unknown(file, "estimator", among: zooNames, listedBy: "zoo")
    }
    let answer: ZooAnswer
    let comparison: CaseComparison?
    do {
      let file = CaseFile(JSONPlace(try JSON(parsing: bytes)), of: "variable")
      answer = try ZooSpec(try file.spec).answer(request)
      comparison = try file.compare(answer.json)
    } catch {
      throw CommandError(file == "-" ? "standard input" : file, "\(error)")
    }
    return write(answer.json, comparison) { page in
      TerminalRendering(page).lines(ZooTable(title: "least variance first", answer).table)
    }
  }
}
