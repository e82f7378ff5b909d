import GSL
public import Probability

/// A hidden Markov model whose tables depend on all the symbols seen so far.
///
/// ```
/// p(z_t = j | z_{t−1} = i, x_{<t}) ∝ exp(transitionScores[i][j] + Σ_{s<t} transitionPull[x_s][j])
/// p(x_t = v | z_t = k, x_{<t})     ∝ exp(emissionScores[k][v] + Σ_{s<t} emissionPull[x_s][v])
/// ```
/// The smallest member of the family in which a network reads the history (Wang et al 2018). Given
/// the observations, the history is known, so the states are still a chain.
public struct HistoryHiddenMarkovModel: Sendable, Equatable {
  /// The scores of the first state, given the scores of nothing before it.
  public let initialScores: [Double]
  /// The scores of the next state.
  public let transitionScores: [[Double]]
  /// What each symbol of the history adds to them.
  public let transitionPull: [[Double]]
  /// The scores of the symbols of each state.
  public let emissionScores: [[Double]]
  /// What each symbol of the history adds to them.
  public let emissionPull: [[Double]]
  /// The symbols observed.
  public let observations: [Int]

  /// A model with K states and V symbols, and a sequence of symbols.
  public init(
    initialScores: [Double], transitionScores: [[Double]], transitionPull: [[Double]],
    emissionScores: [[Double]], emissionPull: [[Double]], observations: [Int]
  ) throws(ModelError) {
    let states = initialScores.count
    try Validate.notEmpty("initialScores", states)
    try Validate.notEmpty("emissionScores", emissionScores.count)
    let symbols = emissionScores[0].count
    try Validate.finite("initialScores", initialScores)
    try Validate.finiteTable("transitionScores", transitionScores, rows: states, columns: states)
    try Validate.finiteTable("transitionPull", transitionPull, rows: symbols, columns: states)
    try Validate.finiteTable("emissionScores", emissionScores, rows: states, columns: symbols)
    try Validate.finiteTable("emissionPull", emissionPull, rows: symbols, columns: symbols)
    try Validate.notEmpty("observations", observations.count)
    for (place, symbol) in observations.enumerated() {
      try Validate.index("observations[\(place)]", symbol, below: symbols)
    }
    self.init(
      checkedInitial: initialScores, transition: (transitionScores, transitionPull),
      emission: (emissionScores, emissionPull), observations: observations)
  }

  init(
    checkedInitial: [Double], transition: (scores: [[Double]], pull: [[Double]]),
    emission: (scores: [[Double]], pull: [[Double]]), observations: [Int]
  ) {
    initialScores = checkedInitial
    transitionScores = transition.scores
    transitionPull = transition.pull
    emissionScores = emission.scores
    emissionPull = emission.pull
    self.observations = observations
  }

  /// Two states, two symbols, three steps, nothing symmetric.
  public static let threeSteps = HistoryHiddenMarkovModel(
    checkedInitial: [0.3, -0.2],
    transition: ([[0.8, -0.5], [-0.1, 0.4]], [[0.6, -0.3], [-0.7, 0.2]]),
    emission: ([[0.9, -0.4], [-0.6, 0.5]], [[0.2, -0.8], [0.5, 0.1]]), observations: [0, 1, 1])

  /// The same model with a history that adds nothing: an ordinary hidden Markov model.
  public var withoutHistory: HistoryHiddenMarkovModel {
    HistoryHiddenMarkovModel(
      checkedInitial: initialScores,
      transition: (transitionScores, transitionPull.map { $0.map { _ in 0 } }),
      emission: (emissionScores, emissionPull.map { $0.map { _ in 0 } }),
      observations: observations)
  }

  /// log p(z, x), the product of the locally normalised factors in the order of time.
  public func logJoint(_ states: [Int]) -> Double {
    var total = 0.0
    for place in observations.indices {
      let history = observations[..<place]
      let scores = place == 0 ? initialScores : transitionScores[states[place - 1]]
      total += logSoftmax(pulled(scores, by: transitionPull, history))[states[place]]
      total +=
        logSoftmax(pulled(emissionScores[states[place]], by: emissionPull, history))[
          observations[place]]
    }
    return total
  }

  /// The same as a chain whose tables change from step to step.
  public var potentials: ChainPotentials {
    var nodes: [[Double]] = []
    var edges: [[[Double]]] = []
    for (place, symbol) in observations.enumerated() {
      let history = observations[..<place]
      var row = emissionScores.map { logSoftmax(pulled($0, by: emissionPull, history))[symbol] }
      if place == 0 {
        row = zip(row, logSoftmax(initialScores)).map { $0 + $1 }
      } else {
        edges.append(
          transitionScores.map { logSoftmax(pulled($0, by: transitionPull, history)) })
      }
      nodes.append(row)
    }
    return ChainPotentials(checkedNodes: nodes, edges: edges)
  }

  /// A random model and sequence.
  public static func random<Choices: DiscreteChoices>(
    states: Int, symbols: Int, length: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> HistoryHiddenMarkovModel {
    func table(_ rows: Int, _ columns: Int) throws(ChoiceError) -> [[Double]] {
      var table: [[Double]] = []
      for _ in 0..<rows { table.append(try choices.reals(columns, from: -1.5, to: 1.5)) }
      return table
    }
    let initial = try choices.reals(states, from: -1.5, to: 1.5)
    let transition = (try table(states, states), try table(symbols, states))
    let emission = (try table(states, symbols), try table(symbols, symbols))
    var observations: [Int] = []
    for _ in 0..<length { observations.append(try choices.choose(below: symbols)) }
    return HistoryHiddenMarkovModel(
      checkedInitial: initial, transition: transition, emission: emission,
      observations: observations)
  }
}

private func pulled(_ scores: [Double], by pull: [[Double]], _ history: ArraySlice<Int>) -> [Double]
{
  var total = scores
  for symbol in history {
    for index in total.indices { total[index] += pull[symbol][index] }
  }
  return total
}

private func logSoftmax(_ scores: [Double]) -> [Double] {
  let normaliser = logSumExp(scores)
  return scores.map { $0 - normaliser }
}
