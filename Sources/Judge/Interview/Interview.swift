public import JSONText
import Probability

/// Asks a program for its answers: one line a batch of runs, and for each run the choices in it.
///
/// The program is asked again and again along trails of outcomes. Where a trail ends it takes the
/// first outcome of positive probability; every other outcome of a question behind the trail is a
/// trail of its own, so that each outcome is visited once and no run waits for another.
///
/// A second process of the same program is there from the first law on. Where there are many outcomes
/// it runs half of them, at the same time; what it is given depends on the outcomes alone and not on who
/// is faster. At the end it runs some outcomes once more, in another order.
public struct Interview<Talk: Conversation> {
  /// How much may be asked.
  public let limits: InterviewLimits
  private var first: Respondent<Talk>
  private var second: Respondent<Talk>?
  /// How many laws were found.
  private var laws = 0

  /// An interview with a program that has been started.
  public init(_ talk: Talk, limits: InterviewLimits = InterviewLimits()) {
    self.limits = limits
    first = Respondent(talk, limits: limits)
  }

  /// The second process, where there is one.
  public var witness: Talk? { second?.talk }

  /// Ends the second process; the first belongs to whoever started it.
  public func dismissWitness() { second?.talk.close() }

  /// Says that nothing more is asked.
  public mutating func end() throws(Fault) { try first.end() }

  /// The program's whole law under a task: each outcome once, then some of them again.
  ///
  /// Uniforms and normals are visited at the nodes of a quadrature rule, and the law says how far it is believed.
  public mutating func law(of task: JSON) throws(Fault) -> ProgramLaw {
    try callWitness()
    try second?.hand(task)
    try first.begin(task)
    var plan = NoisePlan()
    var law = try visit(&plan)
    if !plan.pairs.isEmpty { law.quadrature = try quadrature(law, plan) }
    law.repeated = try replay(law)
    return law
  }

  /// Starts the second process; a new one for the second law, since what was remembered of the first
  /// must show in what is made of the second.
  private mutating func callWitness() throws(Fault) {
    laws += 1
    guard second == nil || laws == 2 else { return }
    let talk = try first.talk.again()
    dismissWitness()
    second = Respondent(talk, limits: limits)
  }

  /// Visits every outcome, beginning anew whenever a noise turns up that has no rule.
  private mutating func visit(_ plan: inout NoisePlan, large: Bool = false) throws(Fault)
    -> ProgramLaw
  {
    while true {
      var tree = TrailTree(limits: limits, rules: plan.rules(large: large))
      guard let (run, trail) = try walk(&tree) else { return try tree.law() }
      let path = trail + run.questions.dropFirst(trail.count).map(\.first)
      try self.plan(run, path: path, into: &plan)
      guard plan.size(large: large) <= Double(limits.outcomes) else {
        throw Fault(
          .tooMany,
          "its noise has \(Format.short(plan.size(large: large))) combinations of nodes, more "
            + "than the \(limits.outcomes) of the cap: judge samples of it (--samples)")
      }
    }
  }

  /// Goes through a tree to its end, or to a run with a noise that has no rule.
  ///
  /// Once batches are large the two processes have one each, in turn.
  private mutating func walk(_ tree: inout TrailTree) throws(Fault) -> (ProgramRun, [Double])? {
    var waiting: [(batch: TrailTree.Batch, isOfWitness: Bool)] = []
    var isTurnOfWitness = false
    while true {
      while waiting.count < (tree.isLarge && second != nil ? 2 : 1), let batch = tree.next() {
        if isTurnOfWitness { try second?.ask(batch.trails) } else { try first.ask(batch.trails) }
        waiting.append((batch, isTurnOfWitness))
        isTurnOfWitness = tree.isLarge && second != nil && !isTurnOfWitness
      }
      guard !waiting.isEmpty else { return nil }
      let (batch, isOfWitness) = waiting.removeFirst()
      do throws(Fault) {
        let runs = try answers(batch, isOfWitness)
        for (place, run) in runs.enumerated() {
          if try tree.take(run, at: place, of: batch) { continue }
          for (batch, isOfWitness) in waiting { _ = try answers(batch, isOfWitness) }
          return (run, batch.trails[place])
        }
      } catch {
        // Whoever is not written yet is asked for something else, and must not be in the middle of this.
        if error.kind == .unwritten {
          for (batch, isOfWitness) in waiting { _ = try? answers(batch, isOfWitness) }
        }
        throw error
      }
    }
  }

  private mutating func answers(
    _ batch: TrailTree.Batch, _ isOfWitness: Bool
  ) throws(Fault) -> [ProgramRun] {
    guard isOfWitness, second != nil else { return try first.answers(batch.trails) }
    return try second?.answers(batch.trails) ?? []
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
    try first.begin(task)
    let run = try runs([[]])[0]
    guard run.questions.isEmpty else {
      throw Fault(
        .protocolBroken,
        "this task has no random choices, and the program asked for "
          + "\(run.questions.count) of them", after: [])
    }
    return run.result
  }

  /// Runs the program once for each trail, in its first process.
  mutating func runs(_ trails: [[Double]]) throws(Fault) -> [ProgramRun] {
    try first.runs(trails)
  }

  // MARK: The same again

  /// Runs outcomes again, written out in full, in another order, in other batches, in the second
  /// process: whoever draws numbers of their own or remembers is found out here.
  private mutating func replay(_ law: ProgramLaw) throws(Fault) -> Int {
    let count = min(law.outcomes.count, limits.replays)
    // Places that no order of visits resembles: multiples of a number prime to the count, the last
    // ones first, and one of them at both ends.
    let stride = Self.stride(law.outcomes.count)
    let forth = (0..<count).map { ($0 * stride + law.outcomes.count / 3) % law.outcomes.count }
    let places = forth.reversed() + forth.suffix(1)
    for start in Swift.stride(from: 0, to: places.count, by: 7) {
      let batch = places[start..<min(start + 7, places.count)].map { law.outcomes[$0] }
      let runs = try second?.runs(batch.map(\.trail)) ?? []
      for (run, outcome) in zip(runs, batch) where !run.isAgain(outcome) {
        throw Fault(
          .ownNumbers,
          "the same choices gave another result, or other probabilities, the second time: "
            + "something outside the choices is random, or is remembered from run to run",
          after: outcome.trail)
      }
    }
    return count
  }

  private static func stride(_ count: Int) -> Int {
    var stride = max(1, Int(Double(count) * 0.618))
    while greatestCommonDivisor(stride, count) != 1 { stride += 1 }
    return stride
  }
}

private func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
  b == 0 ? a : greatestCommonDivisor(b, a % b)
}
