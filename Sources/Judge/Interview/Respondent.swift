import JSONText

/// One process of a program under judgement: what it is asked, and what it answers.
struct Respondent<Talk: Conversation> {
  private let limits: InterviewLimits
  private(set) var talk: Talk
  private var lastQuestions: [Question]?
  /// Whether its task was handed over and not yet understood.
  private var isNew = false

  init(_ talk: Talk, limits: InterviewLimits) {
    self.talk = talk
    self.limits = limits
  }

  /// Hands over what is to be estimated from now on, and hears that it is understood.
  mutating func begin(_ task: JSON) throws(Fault) {
    try hand(task)
    try understand()
  }

  /// Hands over what is to be estimated from now on; the answer is awaited when something is asked.
  mutating func hand(_ task: JSON) throws(Fault) {
    try understand()
    try talk.write(JudgeLine.task(task).text)
    lastQuestions = nil
    isNew = true
  }

  private mutating func understand() throws(Fault) {
    guard isNew else { return }
    isNew = false
    switch try line() {
    case .ready: return
    case .failed(let reason, let place): throw Self.failure(reason, place, after: nil)
    case .run, .unwritten:
      throw Fault(.protocolBroken, "expected {\"ready\":1} after a task, found the result of a run")
    }
  }

  /// Says that nothing more is asked.
  mutating func end() throws(Fault) { try talk.write(JudgeLine.end.text) }

  /// Runs the program once for each trail.
  mutating func runs(_ trails: [[Double]]) throws(Fault) -> [ProgramRun] {
    try ask(trails)
    return try answers(trails)
  }

  /// Asks for a run along each trail.
  mutating func ask(_ trails: [[Double]]) throws(Fault) {
    try understand()
    try talk.write(JudgeLine.runs(trails).text)
  }

  /// The answers to trails that were asked for; every one is read, so that the program can be asked again
  /// after a part that is not written.
  mutating func answers(_ trails: [[Double]]) throws(Fault) -> [ProgramRun] {
    var runs: [ProgramRun] = []
    var unwritten: Fault?
    for trail in trails {
      switch try line(after: trail) {
      case .ready:
        throw Fault(.protocolBroken, "expected a result, found {\"ready\":1}", after: trail)
      case .failed(let reason, let place): throw Self.failure(reason, place, after: trail)
      case .unwritten where trail.isEmpty: unwritten = .unwritten
      case .unwritten: unwritten = unwritten ?? Fault(.result, "returns nothing", after: trail)
      case .run(let asked, let result):
        guard let questions = asked ?? lastQuestions else {
          throw Fault(
            .protocolBroken, "the first answer under a task must say what was asked", after: trail)
        }
        guard questions.count <= limits.choices else {
          throw Fault(
            .tooMany, "one run asked for more than \(limits.choices) choices: does it end?",
            after: trail)
        }
        lastQuestions = questions
        runs.append(ProgramRun(questions: questions, result: result))
      }
    }
    if let unwritten { throw unwritten }
    return runs
  }

  private mutating func line(after trail: [Double]? = nil) throws(Fault) -> ProgramLine {
    let text: String
    do { text = try talk.read() } catch {
      throw Fault(error.kind, error.reason, after: error.trail ?? trail)
    }
    do { return try ProgramLine(text) } catch {
      throw Fault(.protocolBroken, "\(error)", after: trail)
    }
  }

  private static func failure(_ reason: String, _ place: String?, after trail: [Double]?) -> Fault {
    let place = place.map { " at \($0)" } ?? ""
    return Fault(.failed, "the program failed\(place): \(reason)", after: trail)
  }
}

/// A run: what was asked in it, and what it returned.
struct ProgramRun {
  let questions: [Question]
  let result: JSON

  /// Whether it is an outcome's run once more: as many choices, as probable, and the same result.
  func isAgain(_ outcome: ProgramLaw.Outcome) -> Bool {
    guard questions.count == outcome.trail.count else { return false }
    // What stands for a noise has a weight, which is not the program's.
    guard questions.allSatisfy(\.isDiscrete) else { return result.isClose(to: outcome.result) }
    let probability = zip(questions, outcome.trail).reduce(1) { $0 * $1.0.probability(of: $1.1) }
    return abs(probability - outcome.probability) <= 1e-9 * outcome.probability
      && result.isClose(to: outcome.result)
  }
}
