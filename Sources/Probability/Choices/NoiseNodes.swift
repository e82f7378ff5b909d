import GSL

/// Interprets noise by the rules of its laws: each draw is one of weighted points.
///
/// Finite choices are enumerated as they are. What a level leaves out shows when the next one, finer
/// and wider, is compared with it (`settledMoments`).
public struct NoiseNodes: RandomChoicesProtocol, ~Copyable {
  private struct Step {
    var index: Int
    let last: Int
    /// The product of the weights up to here; not known yet where the index has moved on.
    var weight: Double
  }

  private var trail: [Step] = []
  private var position = 0
  private let level: Int
  private var rules: [AnyHashable: any Sendable] = [:]

  init(level: Int) { self.level = level }

  var weight: Double { trail.last?.weight ?? 1 }
  var depth: Int { trail.count }

  mutating func restart() { position = 0 }

  mutating func advance() throws(ChoiceError) -> Bool {
    guard position == trail.count else { throw .changedItsMind(choice: position) }
    while let step = trail.last {
      if step.index < step.last {
        trail[trail.count - 1].index += 1
        trail[trail.count - 1].weight = .nan
        return true
      }
      trail.removeLast()
    }
    return false
  }

  /// The next index, from the first to the last; indices of weight zero are passed over.
  private mutating func choose(
    from first: Int, through last: Int, _ weight: (Int) -> Double
  ) -> Int {
    let before = position == 0 ? 1 : trail[position - 1].weight
    if position == trail.count {
      trail.append(Step(index: first, last: last, weight: before * weight(first)))
    } else if trail[position].weight.isNaN {
      while trail[position].index < last, weight(trail[position].index) == 0 {
        trail[position].index += 1
      }
      trail[position].weight = before * weight(trail[position].index)
    }
    position += 1
    return trail[position - 1].index
  }

  /// True with the given probability.
  public mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool {
    guard probability >= 0, probability <= 1 else { throw .notAProbability(probability) }
    return choose(from: probability < 1 ? 0 : 1, through: probability > 0 ? 1 : 0) {
      $0 == 1 ? probability : 1 - probability
    } == 1
  }

  /// An index drawn with the given probabilities.
  public mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
    let (first, last) = try possible(probabilities)
    return choose(from: first, through: last) { probabilities[$0] }
  }

  /// An index below `count`.
  public mutating func choose(below count: Int) throws(ChoiceError) -> Int {
    guard count > 0 else { throw .nothingToChoose }
    return choose(from: 0, through: count - 1) { _ in 1 / Double(count) }
  }

  /// A point of the uniform law.
  public mutating func uniform() throws(ChoiceError) -> Double { try draw(UniformNoise()) }

  /// A point of N(0, 1).
  public mutating func standardNormal() throws(ChoiceError) -> Double { try draw(NormalNoise()) }

  /// A point of the rule of a law.
  public mutating func draw<Law: NoiseLaw>(_ law: Law) throws(ChoiceError) -> Law.Outcome {
    let rule = try rule(of: law)
    let weights = rule.weights
    guard !weights.isEmpty else { throw .nothingToChoose }
    return rule.points[choose(from: 0, through: weights.count - 1) { weights[$0] }]
  }

  private mutating func rule<Law: NoiseLaw>(
    of law: Law
  ) throws(ChoiceError) -> WeightedPoints<Law.Outcome> {
    if let known = rules[law] as? WeightedPoints<Law.Outcome> { return known }
    do {
      let made = try law.rule(level: level)
      rules[law] = made
      return made
    } catch let error as ChoiceError {
      throw error
    } catch {
      throw .noRule("\(error)")
    }
  }
}
