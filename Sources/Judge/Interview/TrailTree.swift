import GSL
import Probability

/// The outcomes of a program's choices: those that were visited, and the trails to the rest.
struct TrailTree {
  /// A trail that is still to be run, with what was asked on the way to it.
  fileprivate struct Branch {
    let trail: [Double]
    /// The questions that the trail answers, and those that came after them.
    let questions: [Question]
    /// The probability of its outcomes.
    let probability: Double
  }

  private let limits: InterviewLimits
  private let rules: [Int: NoiseRule]
  private var stack: [Branch] = [Branch(trail: [], questions: [], probability: 1)]
  private var size = 1
  private var outcomes: [ProgramLaw.Outcome] = []
  private var total = CompensatedSum()
  private var depth = 0

  init(limits: InterviewLimits, rules: [Int: NoiseRule] = [:]) {
    self.limits = limits
    self.rules = rules
  }

  /// Trails that are run together.
  struct Batch {
    fileprivate let branches: [Branch]
    var trails: [[Double]] { branches.map(\.trail) }
  }

  /// Whether batches have reached their size.
  var isLarge: Bool { size == Self.largest }
  private static let largest = 256

  /// The next trails to run: few at first, so that a hang is found early; nil when nothing is left but
  /// what is being run.
  mutating func next() -> Batch? {
    guard !stack.isEmpty else { return nil }
    let branches = Array(stack.suffix(size).reversed())
    stack.removeLast(branches.count)
    size = min(4 * size, Self.largest)
    return Batch(branches: branches)
  }

  /// Takes the run along one of the trails of a batch, and what branches off behind the trail.
  ///
  /// - Returns: false where the run asks for a noise that has no rule: nothing was taken then.
  mutating func take(_ run: ProgramRun, at place: Int, of batch: Batch) throws(Fault) -> Bool {
    let branch = batch.branches[place]
    let trail = branch.trail
    guard run.questions.count >= trail.count,
      zip(run.questions, branch.questions).prefix(trail.count).allSatisfy({ $0.agrees(with: $1) })
    else {
      throw Fault(
        .ownNumbers,
        "the program asked for other choices after the same outcomes: something outside the choices "
          + "is random, or is remembered from run to run", after: trail)
    }
    var (path, probability) = (trail, branch.probability)
    for (index, question) in run.questions.enumerated().dropFirst(trail.count) {
      guard let points = question.points(rules[index]) else { return false }
      for (outcome, share) in points.others {
        stack.append(
          Branch(
            trail: path + [outcome], questions: run.questions, probability: probability * share))
      }
      probability *= points.probabilityOfFirst
      path.append(question.first)
    }
    guard outcomes.count + stack.count < limits.outcomes else {
      throw Fault(
        .tooMany,
        "more than \(limits.outcomes) outcomes, the cap; \(Format.short(total.value)) of "
          + "the probability was visited")
    }
    outcomes.append(.init(trail: path, probability: probability, result: run.result))
    total.add(probability)
    depth = max(depth, path.count)
    return true
  }

  /// Everything that was visited; the probabilities must add up to one.
  func law() throws(Fault) -> ProgramLaw {
    guard abs(total.value - 1) <= 1e-9 * Double(depth + 1) else {
      throw Fault(
        .protocolBroken, "the outcomes' probabilities add up to \(total.value) instead of 1")
    }
    return ProgramLaw(outcomes: outcomes, depth: depth)
  }
}

extension Question {
  /// The outcomes of positive probability, or a rule's nodes: what the first one has, and the others;
  /// nil for a noise without a rule.
  func points(
    _ rule: NoiseRule?
  ) -> (probabilityOfFirst: Double, others: [(outcome: Double, probability: Double)])? {
    switch self {
    case .flip(let p): return p > 0 && p < 1 ? (1 - p, [(1, p)]) : (1, [])
    case .choose(let law):
      let first = Int(first)
      let others = law.indices.filter { law[$0] > 0 && $0 != first }
      return (law[first], others.map { (Double($0), law[$0]) })
    case .uniform, .normal:
      guard let rule else { return nil }
      let middle = rule.count / 2
      let others = rule.nodes.indices.filter { $0 != middle }
      return (rule.weights[middle], others.map { (value(at: rule.nodes[$0]), rule.weights[$0]) })
    }
  }

  /// The probability of an outcome; 1 where it is a number on a line.
  func probability(of outcome: Double) -> Double {
    switch self {
    case .flip(let p): outcome == 0 ? 1 - p : p
    case .choose(let law): law.indices.contains(Int(outcome)) ? law[Int(outcome)] : 0
    case .uniform, .normal: 1
    }
  }
}
