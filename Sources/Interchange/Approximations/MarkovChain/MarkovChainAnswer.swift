import Approximate
public import Exact
import GSL
import JSONText
import Probability

extension MarkovChainSpec: ApproximationSpec {
  /// The most states whose eigenvalues are looked for: the work grows with the third power.
  static let mostStates = 1024

  /// The chain's exact transition matrix, and how fast it forgets where it started.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> ApproximationAnswer {
    let states = kernel.target.count
    try require(request, states)
    let logTarget = kernel.target.map { log($0) }
    let exact = ExactPosterior(logJoints: logTarget)
    let stationary = exact.probabilities ?? []
    let transitions = try computing { () throws -> TransitionMatrix in
      let (states, limits) = (Array(0..<states), request.choiceLimits)
      let (share, total) = (kernel.outcomes / Double(states.count), kernel.outcomes)
      func found(_ row: Int) { request.progress?(share * Double(row + 1), total) }
      switch kernel {
      case .gibbs(let kernel):
        return try kernel.transitions(among: states, limits: limits, found: found)
      case .metropolis(let kernel):
        return try kernel.transitions(among: states, limits: limits, found: found)
      }
    }
    let moduli = try computing {
      try transitions.eigenvalueModuli(
        stationary: logTarget, isReversible: kernel.isReversible)
    }
    let found = Found(
      transitions: transitions, stationary: stationary,
      second: states > 1 ? min(1, moduli[1]) : nil,
      distances: transitions.laws(from: start, steps: steps).map { totalVariation($0, stationary) },
      violation: transitions.detailedBalanceViolation(stationary))
    return ApproximationAnswer(
      members: found.members + acceptance(stationary), sections: sections(found),
      work: [("states", Double(states)), ("outcomes", kernel.outcomes), ("steps", Double(steps))])
  }

  private func require(_ request: ExactRequest, _ states: Int) throws(OracleRefusal) {
    let place = kernel.targetKey
    guard states <= MarkovChainSpec.mostStates else {
      throw .unanswered(
        .tooManyCells(
          what: "\(place): \(states) states", needed: Double(states) * Double(states),
          limit: Double(MarkovChainSpec.mostStates * MarkovChainSpec.mostStates)))
    }
    try request.requireOutcomes(kernel.outcomes, "\(place): a step from each of \(states) states")
    let visits = Double(steps) * Double(states) * Double(states)
    try request.requireOutcomes(visits, "steps: \(steps) steps of \(states) by \(states) moves")
  }

  /// What only a chain with proposals has.
  private func acceptance(_ stationary: [Double]) -> [(key: String, value: JSON)] {
    guard case .metropolis(let kernel) = kernel else { return [] }
    let states = kernel.target.indices
    let table = states.map { i in states.map { kernel.acceptance(from: i, to: $0) } }
    var expected = CompensatedSum()
    for i in states {
      for j in states { expected.add(stationary[i] * kernel.proposal[i][j] * table[i][j]) }
    }
    return [("acceptance", .matrix(table)), ("expectedAcceptance", .number(expected.value))]
  }

  private struct Found {
    let transitions: TransitionMatrix
    let stationary: [Double]
    let second: Double?
    let distances: [Double]
    let violation: Double

    var members: [(key: String, value: JSON)] {
      [
        ("transition", .matrix(transitions.rows)),
        ("stationary", .numbers(stationary)),
        ("secondEigenvalueModulus", second.map { .number($0) } ?? .null),
        ("totalVariation", .numbers(distances)),
        ("detailedBalanceViolation", .number(violation)),
      ]
    }
  }

  private func sections(_ found: Found) -> [OracleSection] {
    var sections: [OracleSection] = []
    if let second = found.second {
      sections.append(.line(label: "|second eigenvalue|", value: second))
      if second < 1 {
        sections.append(.line(label: "steps to forget, 1/(1 − it)", value: 1 / (1 - second)))
      }
    }
    sections.append(.line(label: "detailed balance, off by", value: found.violation))
    if case .number(let share)? = acceptance(found.stationary).last?.value {
      sections.append(.line(label: "accepted on average", value: share))
    }
    let last = found.transitions.laws(from: start, steps: steps).last
    sections += OracleSection.table(
      "the law after \(counted(steps, "step")) from state \(start), beside the stationary law",
      columns: ["state"] + (last == nil ? [] : ["after"]) + ["stationary"],
      count: found.stationary.count
    ) { state in
      (label: "\(state)", values: (last.map { [$0[state]] } ?? []) + [found.stationary[state]])
    }
    if !found.distances.isEmpty {
      sections += OracleSection.table(
        "total variation from the stationary law", columns: ["steps", "distance"],
        count: found.distances.count
      ) { (label: "\($0 + 1)", values: [found.distances[$0]]) }
    }
    sections += OracleSection.table(
      "one step, from each state (rows) to each (columns)",
      columns: ["from"] + found.stationary.indices.map { "to \($0)" },
      count: found.stationary.count
    ) { (label: "\($0)", values: found.transitions.rows[$0]) }
    return sections
  }
}
