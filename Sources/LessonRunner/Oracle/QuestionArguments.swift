import Interchange
import JSONText

extension Option {
  static let ask = Option(
    name: "--ask", value: "WORDS",
    help: "what else to answer, words with commas between: "
      + OracleQuestion.allCases.map { "\($0.rawValue) (\($0.meaning))" }.joined(separator: "; "))
  static let drawn = Option(
    name: "--samples", value: "N",
    help: "how many samples to draw of each observation (default 1)")
}

extension ParsedArguments {
  /// What is asked beside evidence and posterior.
  func questions() throws(CommandError) -> OracleQuestions {
    var asked: [OracleQuestion] = []
    for word in (text(.ask) ?? "").split(separator: ",").map(String.init) {
      guard let question = OracleQuestion(rawValue: word) else {
        throw unknown(
          word, "question \(quoted(word))", among: OracleQuestion.allCases.map(\.rawValue),
          place: Option.ask.name)
      }
      asked.append(question)
    }
    guard asked.contains(.samples) || !has(.drawn) else {
      throw CommandError(Option.drawn.name, "goes with --ask samples")
    }
    return OracleQuestions(
      asked, samples: try integer(.drawn, in: 1...OracleQuestions.mostSamples, default: 1),
      seed: try integer(.seed, in: 0...UInt64.max, default: 1))
  }
}
