public import Probability

/// How many models a search draws, from which seed.
public struct SearchPlan: Sendable, Equatable {
  /// The seed: one seed gives one sequence of models.
  public var seed: UInt64
  /// The number of random models.
  public var models: Int
  /// A single case to replay instead.
  public var only: CaseToken?
  /// The fraction by which the left side is moved, to see that the statement refuses it.
  public var perturbation: Double
  /// Whether to stop at the first refusal and to leave out shrinking.
  public var stopsAtRefusal: Bool

  /// Two hundred models of seed 1, unless said otherwise.
  public init(
    seed: UInt64 = 1, models: Int = 200, only: CaseToken? = nil, perturbation: Double = 0,
    stopsAtRefusal: Bool = false
  ) {
    self.seed = seed
    self.models = models
    self.only = only
    self.perturbation = perturbation
    self.stopsAtRefusal = stopsAtRefusal
  }
}

/// One statement about a random model, as the search sees it.
public struct Law<Model>: Sendable {
  /// The name that its reports carry.
  public let id: String
  let finding: @Sendable (Model) throws -> Finding

  /// A named statement.
  public init(id: String, finding: @escaping @Sendable (Model) throws -> Finding) {
    self.id = id
    self.finding = finding
  }
}

/// What a search found for one statement.
public struct SearchResult: Sendable {
  /// The statement.
  public let id: String
  /// Whether it held on every model.
  public let holds: Bool
  /// How many models were drawn.
  public let models: Int
  /// The measure on the worst model.
  public let worst: Violation?
  /// The worst case, shrunk if it was refused.
  public let token: CaseToken?
  /// Both sides on that case.
  public let finding: Finding?
  /// What went wrong where a side could not be evaluated.
  public let failure: String?
}

/// Evaluates statements on random models and keeps each one's worst case.
///
/// - Parameters:
///   - stream: tells apart the models of different derivations under one seed.
///   - laws: the statements; all see the same models.
///   - plan: how many models, from which seed.
///   - draw: makes a model from choices.
/// - Returns: one result a statement, in their order.
public func search<Model>(
  stream: String, laws: [Law<Model>], plan: SearchPlan,
  draw: @Sendable (inout Cases) throws -> Model
) -> [SearchResult] {
  var worst = [Trial?](repeating: nil, count: laws.count)
  var counts = [Int](repeating: 0, count: laws.count)
  for index in 0..<(plan.only == nil ? plan.models : 1) {
    if plan.stopsAtRefusal, worst.allSatisfy({ $0?.refused == true }) { break }
    let token = plan.only ?? .drawn(seed: plan.seed, index: index)
    let (model, trail) = token.draw(stream: stream, draw)
    for (number, law) in laws.enumerated() {
      if plan.stopsAtRefusal, worst[number]?.refused == true { continue }
      let trial = Trial(law, model, trail: trail, token: token, plan: plan)
      counts[number] += 1
      if trial.severity > worst[number]?.severity ?? -1 { worst[number] = trial }
    }
  }
  return laws.indices.map { number in
    guard var trial = worst[number] else {
      return SearchResult(
        id: laws[number].id, holds: false, models: 0, worst: nil, token: nil, finding: nil,
        failure: "no model was drawn")
    }
    if trial.refused, !plan.stopsAtRefusal, plan.only == nil {
      trial = shrink(trial, law: laws[number], plan: plan, draw: draw)
    }
    return SearchResult(
      id: laws[number].id, holds: !trial.refused, models: counts[number], worst: trial.violation,
      token: trial.token, finding: trial.finding, failure: trial.failure)
  }
}

/// One statement on one model.
struct Trial {
  let trail: [Int]
  let token: CaseToken
  let finding: Finding?
  let violation: Violation?
  let failure: String?

  init<Model>(
    _ law: Law<Model>, _ model: Result<Model, any Error>, trail: [Int], token: CaseToken,
    plan: SearchPlan
  ) {
    self.trail = trail
    self.token = token
    do {
      let finding = try law.finding(try model.get())
      self.finding = finding
      violation = finding.violation(perturbedBy: plan.perturbation)
      failure = nil
    } catch {
      finding = nil
      violation = nil
      failure = "\(error)"
    }
  }

  var refused: Bool { violation.map { !$0.holds } ?? true }
  var severity: Double { violation?.severity ?? .infinity }
}

extension CaseToken {
  /// The model of this case, or why it could not be drawn, and the trail that made it.
  func draw<Model>(
    stream: String, _ draw: (inout Cases) throws -> Model
  ) -> (Result<Model, any Error>, [Int]) {
    do {
      var cases = try cases(stream: stream)
      let model = Result { try draw(&cases) }
      return (model, cases.trail)
    } catch {
      return (.failure(error), [])
    }
  }

  private func cases(stream: String) throws -> Cases {
    switch self {
    case .drawn(let seed, let index):
      return try Cases(seed: seed, stream: streamNumber(stream) &+ UInt64(index))
    case .trail(let trail): return try Cases(replaying: trail)
    }
  }
}

/// The 64-bit FNV-1a hash: the same name gives the same stream on every machine.
func streamNumber(_ name: String) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return hash
}
