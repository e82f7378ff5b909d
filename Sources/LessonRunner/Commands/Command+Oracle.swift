import Exact
import Interchange
import JSONText
import LessonKit
import Probability

extension Option {
  static let method = Option(
    name: "--method", value: "M",
    help: "brute-force (every state, one by one) or structured; where a model has one route "
      + "only, that one is taken")
  static let maxStates = Option(
    name: "--max-states", value: "N",
    help: "largest number of states to visit (default 17179869184, which is 2^34)")
}

extension Command {
  /// The exact answer to a model.
  static let oracle = Command(
    name: "oracle", usage: "oracle FILE | -",
    summary: "exact evidence, posterior and gradient of a model",
    details: """
      Reads a model with its observations and answers exactly: the log evidence of each \
      observation, the posterior of what is hidden, and gradients or expected counts. Says by \
      which method, and how much work it was. Models: \(oracleModels.joined(separator: ", ")). \
      Reference/oracle.md describes their formats.

      A number is printed so that it reads back to the same double; log 0 is "-inf"; the \
      posterior of an observation that the model excludes is null.

          lessons oracle model.json
          lessons oracle model.json --json | jq .logEvidence
          lessons oracle model.json --method brute-force
      """,
    options: [.method, .maxStates, .json]
  ) { (invocation) throws(CommandError) in
    try invocation.requireWords(atMost: 1)
    let file = try invocation.word(0, "FILE")
    var request = ExactRequest(
      route: try invocation.arguments.oracleRoute(),
      maxStates: try invocation.arguments.maxStates())
    let show = invocation.environment.showProgress
    if let show {
      // Short work is over before a line could be read.
      request.progress = { if $1 >= 0x1p17 { show(progressLine($0, of: $1)) } }
    }
    let bytes = try invocation.environment.files.read(file, limit: JSON.Limits().bytes)
    let model: String
    let answer: OracleAnswer
    do {
      let place = JSONPlace(try JSON(parsing: bytes))
      defer { show?("") }
      answer = try Interchange.oracle(place, request)
      model = try place.member("model").string()
    } catch {
      throw CommandError(file == "-" ? "standard input" : file, "\(error)")
    }
    if invocation.arguments.has(.json) {
      invocation.output.write(answer.json.text(.pretty) + "\n")
    } else {
      invocation.write(OracleText(answer, model: model, invocation.environment.page).lines)
    }
    return .held
  }
}

extension ParsedArguments {
  fileprivate func oracleRoute() throws(CommandError) -> ExactRoute? {
    guard let word = text(.method) else { return nil }
    guard let method = ExactRoute(rawValue: word) else {
      throw unknown(
        word, "method \(quoted(word))", among: ExactRoute.allCases.map(\.rawValue),
        place: Option.method.name)
    }
    return method
  }

  /// Any whole number of at least one, as large as one likes: 1000000 or 1e6.
  fileprivate func maxStates() throws(CommandError) -> Double {
    guard let typed = text(.maxStates) else { return ExactRequest.defaultMaxStates }
    guard let number = Double(typed), number.isFinite, number >= 1, number == number.rounded()
    else {
      throw CommandError(
        Option.maxStates.name, "expected a whole number of at least 1, found \(quoted(typed))")
    }
    return number
  }
}

/// "37 % of 1,073,741,824 states".
private func progressLine(_ done: Double, of total: Double) -> String {
  let states = total < 0x1p62 ? Format.count(Int(total)) : Format.short(total)
  return Format.percent(total > 0 ? done / total : 1, decimals: 0) + " of \(states) states"
}
