import Exact
import Interchange
import JSONText
import LessonKit
import Probability

extension Option {
  static let example = Option(
    name: "--example", value: "KIND", help: "print a small model of this kind to start from")
  static let method = Option(
    name: "--method", value: "M",
    help: "brute-force (every state, one by one) or structured; where a model has one route "
      + "only, that one is taken")
  static let maxStates = Option(
    name: "--max-states", value: "N",
    help: "largest number of states to visit (default 17179869184, which is 2^34)")
  static let digits = Option(
    name: "--digits", value: "16|32",
    help: "digits to work with; without it, 32 where 16 lose too many on the way to an answer")
  static let evidence = Option(
    name: "--evidence", value: "V=S,…",
    help: "states of variables of a network, in place of the observations of the file; a semicolon "
      + "stands between observations, as in \"smoke=yes,xray=no;asia=yes\"")
  static let rescale = Option(
    name: "--rescale", value: nil,
    help: "divide probability vectors by their sums, where these are off from one by up to 1e-3")
}

extension Command {
  /// The exact answer to a model.
  static let oracle = Command(
    name: "oracle", usage: "oracle FILE | - | --example KIND",
    summary: "exact evidence, posterior and gradient of a model",
    details: """
      Reads a model with its observations and answers exactly: the log evidence of each \
      observation, the posterior of what is hidden, and gradients or expected counts. Says by \
      which method, and how much work it was. Models: \(oracleModels.joined(separator: ", ")). \
      Reference/oracle.md describes their formats.

      A case file, with the model under "spec" and what is expected beside it, is answered and \
      compared: exit status 1 if they differ by more than its tolerance.

      A number is printed so that it reads back to the same double; log 0 is "-inf"; the \
      posterior of an observation that the model excludes is null. An observation that is null is \
      missing: a step of hmm, factorial-hmm and hidden-semi-markov, one value of several, a step or \
      an output of linear-dynamical-system and switching-lds.

          lessons oracle --example hmm > model.json
          lessons oracle model.json
          lessons oracle model.json --json | jq .logEvidence
          lessons oracle model.json --method brute-force
          lessons oracle model.json --ask explanation,entropy
          lessons oracle model.json --ask samples --samples 100 --seed 7
          lessons oracle float32.json --rescale
          lessons oracle asia.bif --evidence "smoke=yes,xray=no"
          lessons oracle models.jsonl --jsonl > answers.jsonl

      A file that begins with the word network is read as one in the Bayesian interchange format \
      (BIF), as the model bayesian-network.

      With --jsonl one process answers many models, a line each; a model that is refused has \
      {"refused": "..."} for its answer, the others are answered all the same, and the exit status is 2. From \
      Python, `lessons oracle --client python > tightbound_oracle.py` is a module that does so.

      Brute force can be shared out: with --part I/N one part of the states is visited, and lessons \
      merge puts the parts together.
      """,
    options: [
      .example, .method, .ask, .drawn, .seed, .maxStates, .digits, .rescale, .evidence, .part,
      .output, .json, .jsonl, .oracleClient,
    ]
  ) { (invocation) throws(CommandError) in
    if let kind = invocation.arguments.text(.example) {
      try invocation.requireWords(atMost: 0)
      invocation.output.write(try OracleExamples.text(of: kind) + "\n")
      return .held
    }
    if let language = invocation.arguments.text(.oracleClient) {
      try invocation.requireWords(atMost: 0)
      invocation.output.write(try Client.oracles.speaking(language).text)
      return .held
    }
    try invocation.requireWords(atMost: 1)
    let file = try invocation.word(
      0, missing: "which model? A file, or - for standard input; --example hmm prints one")
    var request = ExactRequest(
      route: try invocation.arguments.oracleRoute(),
      digits: try invocation.arguments.oracleDigits(),
      maxStates: try invocation.arguments.count(.maxStates) ?? ExactRequest.defaultMaxStates)
    if invocation.arguments.has(.jsonl) {
      return try invocation.answerLines(
        of: file, request, asking: try invocation.arguments.questions())
    }
    let work = LongWork(of: "states", invocation.environment)
    request.show(work)
    let bytes = try invocation.environment.files.read(file, limit: JSON.Limits().bytes)
    invocation.environment.watch.endOnInterrupts()
    do {
      let input = try invocation.arguments.model(bytes)
      if let share = try invocation.share() {
        return try invocation.writePart(try OracleParts(request).part(share, of: input, work))
      }
      return try invocation.answerOracle(
        input, request, asking: try invocation.arguments.questions(), work)
    } catch let error as CommandError {
      throw error
    } catch {
      throw CommandError(file == "-" ? "standard input" : file, "\(error)")
    }
  }
}

extension Invocation {
  /// Answers a model or a case.
  mutating func answerOracle(
    _ input: JSON, _ request: ExactRequest, asking questions: OracleQuestions = OracleQuestions(),
    _ work: LongWork? = nil
  ) throws -> ExitStatus {
    let file = CaseFile(JSONPlace(input), of: "model")
    let answer: OracleAnswer
    do {
      defer { work?.end() }
      answer = try Interchange.oracle(try file.spec, request, asking: questions)
    }
    let (model, comparison) = (try file.word, try file.compare(answer.json))
    return write(answer.json, comparison) { OracleText(answer, model: model, $0).lines }
  }
}

extension Invocation {
  /// Writes an answer as JSON or as a page, with how it compares with what a case expects.
  mutating func write(
    _ json: JSON, _ comparison: CaseComparison?, lines: (TerminalStyle) -> [String]
  ) -> ExitStatus {
    if arguments.has(.json) {
      output.write((comparison?.added(to: json) ?? json).text(.pretty) + "\n")
    } else {
      write(lines(environment.page))
      if let comparison { write([""] + comparison.lines(environment.page)) }
    }
    return comparison?.holds ?? true ? .held : .failed
  }
}

extension ParsedArguments {
  /// The model of a file, with what the options change of it.
  fileprivate func model(_ bytes: [UInt8]) throws -> JSON {
    var model =
      isInterchangeFormat(bytes)
      ? try bayesianNetwork(inInterchangeFormat: bytes) : try JSON(parsing: bytes)
    if let evidence = text(.evidence) { model = try observing(evidence, in: model) }
    return has(.rescale) ? rescaled(model) : model
  }

  fileprivate func oracleRoute() throws(CommandError) -> ExactRoute? {
    guard let word = text(.method) else { return nil }
    guard let method = ExactRoute(rawValue: word) else {
      throw unknown(
        word, "method \(quoted(word))", among: ExactRoute.allCases.map(\.rawValue),
        place: Option.method.name)
    }
    return method
  }

  fileprivate func oracleDigits() throws(CommandError) -> ExactDigits? {
    guard let word = text(.digits) else { return nil }
    guard let digits = Int(word).flatMap(ExactDigits.init) else {
      throw CommandError(Option.digits.name, "expected 16 or 32, found \(quoted(word))")
    }
    return digits
  }

  /// Any whole number of at least one, as large as one likes: 1000000 or 1e6; nil without the option.
  func count(_ option: Option) throws(CommandError) -> Double? {
    guard let typed = text(option) else { return nil }
    guard let number = Double(typed), number.isFinite, number >= 1, number == number.rounded()
    else {
      throw CommandError(
        option.name, "expected a whole number of at least 1, found \(quoted(typed))")
    }
    return number
  }
}

extension ExactRequest {
  /// Says how far long work is, where somebody looks.
  mutating func show(_ work: LongWork?) {
    guard let work else { return }
    progress = { done, total in work.tell(done, of: total) }
  }
}
