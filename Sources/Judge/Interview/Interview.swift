public import JSONText
import Probability

/// Asks a program for its answers: one line a batch of runs, and for each run the choices in it.
///
/// The program is asked again and again along trails of outcomes. Where a trail ends it takes the
/// first outcome of positive probability; every other outcome of a question behind the trail is a
/// trail of its own, so that each outcome is visited once and no run waits for another.
public struct Interview<Talk: Conversation> {
  /// How much may be asked.
  public let limits: InterviewLimits
  private var talk: Talk
  private var task: JSON?
  private var lastQuestions: [Question]?

  /// An interview with a program that has been started.
  public init(_ talk: Talk, limits: InterviewLimits = InterviewLimits()) {
    self.talk = talk
    self.limits = limits
  }

  /// Hands over what is to be estimated from now on.
  public mutating func begin(_ task: JSON) throws(Fault) {
    try talk.write(JudgeLine.task(task).text)
    self.task = task
    lastQuestions = nil
    switch try line() {
    case .ready: return
    case .failed(let reason, let place): throw Self.failure(reason, place, after: nil)
    case .run, .unwritten:
      throw Fault(.protocolBroken, "expected {\"ready\":1} after a task, found the result of a run")
    }
  }

  /// Says that nothing more is asked.
  public mutating func end() throws(Fault) { try talk.write(JudgeLine.end.text) }

  /// The program's whole law under a task: each outcome once, then some of them again.
  ///
  /// Uniforms and normals are visited at the nodes of a quadrature rule, and the law says how far it is believed.
  public mutating func law(of task: JSON) throws(Fault) -> ProgramLaw {
    try begin(task)
    var plan = NoisePlan()
    var law = try visit(&plan)
    if !plan.pairs.isEmpty { law.quadrature = try quadrature(law, plan) }
    law.repeated = try replay(law, of: task)
    return law
  }

  /// Visits every outcome, beginning anew whenever a noise turns up that has no rule.
  private mutating func visit(_ plan: inout NoisePlan, large: Bool = false) throws(Fault)
    -> ProgramLaw
  {
    enumeration: while true {
      var tree = TrailTree(limits: limits, rules: plan.rules(large: large))
      while let trails = tree.next() {
        for (trail, run) in zip(trails, try runs(trails)) {
          if try tree.take(run, along: trail) { continue }
          let path = trail + run.questions.dropFirst(trail.count).map(\.first)
          try self.plan(run, path: path, into: &plan)
          guard plan.size(large: large) <= Double(limits.outcomes) else {
            throw Fault(
              .tooMany,
              "its noise has \(Format.short(plan.size(large: large))) combinations of nodes, more "
                + "than the \(limits.outcomes) of the cap: judge samples of it (--samples)")
          }
          continue enumeration
        }
      }
      return try tree.law()
    }
  }

  /// How far a law by quadrature is believed: the larger rules on all noises, where that is no great
  /// work, else how well they agreed on each noise alone.
  private mutating func quadrature(_ law: ProgramLaw, _ plan: NoisePlan) throws(Fault) -> Quadrature
  {
    var all = plan
    guard plan.size(large: true) <= 50_000, let other = try? visit(&all, large: true) else {
      return Quadrature(words: plan.words, distance: plan.distance, isOfAll: false)
    }
    return Quadrature(
      words: all.words, distance: law.sums.distance(to: other.sums), isOfAll: true)
  }

  /// The result of a program that makes no choices: two lines each way, on the process that is there.
  public mutating func value(of task: JSON) throws(Fault) -> JSON {
    try begin(task)
    let run = try runs([[]])[0]
    guard run.questions.isEmpty else {
      throw Fault(
        .protocolBroken,
        "this task has no random choices, and the program asked for "
          + "\(run.questions.count) of them", after: [])
    }
    return run.result
  }

  /// Runs the program once for each trail; every answer is read, so that it can be asked again after a
  /// part that is not written.
  mutating func runs(_ trails: [[Double]]) throws(Fault) -> [ProgramRun] {
    try talk.write(JudgeLine.runs(trails).text)
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

  // MARK: The same again

  /// Runs outcomes again, written out in full, in another order, in other batches, in a process of
  /// its own: whoever draws numbers of their own or remembers is found out here.
  private func replay(_ law: ProgramLaw, of task: JSON) throws(Fault) -> Int {
    var again = Interview(try talk.again(), limits: limits)
    defer { again.talk.close() }
    try again.begin(task)
    let count = min(law.outcomes.count, limits.replays)
    // Places that no order of visits resembles: multiples of a number prime to the count, the last
    // ones first, and one of them at both ends.
    let stride = Self.stride(law.outcomes.count)
    let forth = (0..<count).map { ($0 * stride + law.outcomes.count / 3) % law.outcomes.count }
    let places = forth.reversed() + forth.suffix(1)
    for start in Swift.stride(from: 0, to: places.count, by: 7) {
      let batch = places[start..<min(start + 7, places.count)].map { law.outcomes[$0] }
      let runs = try again.runs(batch.map(\.trail))
      for (run, outcome) in zip(runs, batch) where !run.isAgain(outcome) {
        throw Fault(
          .ownNumbers,
          "the same choices gave another result, or other probabilities, the second time: "
            + "something outside the choices is random, or is remembered from run to run",
          after: outcome.trail)
      }
    }
    try again.end()
    return count
  }

  private static func stride(_ count: Int) -> Int {
    var stride = max(1, Int(Double(count) * 0.618))
    while greatestCommonDivisor(stride, count) != 1 { stride += 1 }
    return stride
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

/// How much a program may be asked, and ask.
public struct InterviewLimits: Sendable, Equatable {
  /// The largest number of outcomes visited.
  public var outcomes: Int
  /// The largest number of choices in one run.
  public var choices: Int
  /// How many outcomes are visited a second time.
  public var replays: Int

  /// A million outcomes of up to a hundred thousand choices, 64 of them twice.
  public init(outcomes: Int = 1_000_000, choices: Int = 100_000, replays: Int = 64) {
    self.outcomes = outcomes
    self.choices = choices
    self.replays = replays
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? a : greatestCommonDivisor(b, a % b)
}
