import Exact
import JSONText
import Models
import Probability

extension HiddenMarkovSpec: OracleSpec {
  /// The most numbers that all state marginals together may be; beyond, the key is left out.
  static let mostMarginals = 1 << 20

  /// Forward and backward messages, or all K^T paths.
  public func answer(_ request: OracleRequest) throws(OracleRefusal) -> OracleAnswer {
    let paths = request.method == .bruteForce
    let pathCount = self.pathCount
    if paths { try request.require(pathCount, "observations") }
    var tally = SequenceTally(states: stateCount, keepsMarginals: keepsMarginals)
    var done = 0.0
    for index in 0..<sequenceCount {
      let chain = try chain(index)
      let expectations =
        paths
        ? ObservedChainPosterior.enumerated(of: chain) {
          request.progress?(done + Double($0), pathCount)
        }
        : ObservedChainPosterior(scaled: chain, keepsMarginals: keepsMarginals)
          ?? ObservedChainPosterior(of: chain)
      // A normal density is nowhere 0: log 0 can only be a number below all doubles.
      let evidence = expectations.logEvidence.value
      guard evidence.isFinite || (isCategorical && evidence == -.infinity) else {
        throw .overflow("observations[\(index)]")
      }
      guard isSettled(chain, expectations.stateMarginals ?? []) else {
        throw .imprecise("observations[\(index)]")
      }
      tally.add(expectations)
      done += power(stateCount, chain.length)
    }
    let steps = lengths.reduce(0, +)
    let products = Double(steps - sequenceCount) * Double(stateCount * stateCount)
    return OracleAnswer(
      method: paths ? .bruteForce : .structured,
      route: paths
        ? "sum over all \(countText(pathCount)) paths, one by one"
        : "forward and backward messages, normalised step by step",
      work: [("sequences", Double(sequenceCount)), ("steps", Double(steps))]
        + (paths ? [("states", pathCount)] : [("terms", products)]),
      members: tally.members, sections: sections(tally))
  }

  /// Whether rounding cannot have chosen between paths.
  ///
  /// A path that must go through a state far worse than the best one for its observation carries a
  /// large logarithm, beside which the differences between paths are rounded. Then all states must be
  /// certain.
  private func isSettled(_ chain: ObservedChain, _ marginals: [Double]) -> Bool {
    var (isFar, isCertain) = (false, true)
    for (place, probability) in marginals.enumerated() where probability > 0 {
      if chain.logEmissions[place] < -1e6 { isFar = true }
      if probability < 1 { isCertain = false }
    }
    return !isFar || isCertain
  }

  private func chain(_ index: Int) throws(OracleRefusal) -> ObservedChain {
    do throws(ModelError) {
      switch emission {
      case .categorical(let model, let sequences):
        return try model.observing(sequences[index]).chain
      case .gaussian(let model, let sequences):
        return try model.chain(observing: sequences[index])
      }
    } catch {
      throw .unreadable(PlaceError(path: "observations[\(index)]", complaint: error.reason))
    }
  }
}

// MARK: Sizes

extension HiddenMarkovSpec {
  private var isCategorical: Bool {
    if case .categorical = emission { true } else { false }
  }

  private var stateCount: Int {
    switch emission {
    case .categorical(let model, _): model.stateCount
    case .gaussian(let model, _): model.initial.count
    }
  }

  private var lengths: [Int] {
    switch emission {
    case .categorical(_, let sequences): sequences.map(\.count)
    case .gaussian(_, let sequences): sequences.map(\.count)
    }
  }

  private var sequenceCount: Int { lengths.count }

  /// Whether there are few enough of them.
  var keepsMarginals: Bool {
    lengths.reduce(0, +) <= HiddenMarkovSpec.mostMarginals / stateCount
  }

  /// K^T, summed over the sequences.
  private var pathCount: Double { lengths.reduce(0) { $0 + power(stateCount, $1) } }
}

// MARK: Shapes

/// What has been found of the sequences so far.
private struct SequenceTally {
  let states: Int
  let keepsMarginals: Bool
  var logEvidence: [Double] = []
  /// A list a sequence, step after step.
  var marginals: [[Double]?] = []
  var initial: [Double]
  var transition: [Double]

  init(states: Int, keepsMarginals: Bool) {
    self.states = states
    self.keepsMarginals = keepsMarginals
    initial = [Double](repeating: 0, count: states)
    transition = [Double](repeating: 0, count: states * states)
  }

  mutating func add(_ found: ObservedChainPosterior) {
    logEvidence.append(found.logEvidence.value)
    for (k, probability) in found.initialCounts.enumerated() {
      initial[k] += probability
    }
    for (pair, count) in found.transitionCounts.enumerated() { transition[pair] += count }
    if keepsMarginals { marginals.append(found.stateMarginals) }
  }

  var members: [(key: String, value: JSON)] {
    let evidence = (key: "logEvidence", value: JSON.numbers(logEvidence))
    let counts = (
      key: "expectedCounts",
      value: JSON.object([
        ("initial", .numbers(initial)), ("transition", .matrix(rows(transition))),
      ])
    )
    guard keepsMarginals else { return [evidence, counts] }
    return [evidence, ("stateMarginals", .each(marginals) { .matrix(rows($0)) }), counts]
  }

  func rows(_ entries: [Double]) -> [[Double]] {
    stride(from: 0, to: entries.count, by: states).map { Array(entries[$0..<($0 + states)]) }
  }
}

extension HiddenMarkovSpec {
  private func sections(_ tally: SequenceTally) -> [OracleSection] {
    let names = (0..<tally.states).map { "state \($0)" }
    var sections = OracleSection.evidence(tally.logEvidence, of: "sequence")
    if let index = tally.marginals.firstIndex(where: { $0 != nil }),
      let first = tally.marginals[index]
    {
      let title =
        tally.marginals.count == 1
        ? "p(z_t = k | x)" : "p(z_t = k | x) of sequence \(index)"
      let rows = tally.rows(first)
      sections += OracleSection.table(title, columns: ["t"] + names, count: rows.count) {
        (label: "\($0)", values: rows[$0])
      }
    }
    guard !tally.logEvidence.isEmpty else { return sections }
    let rows = tally.rows(tally.transition)
    return sections
      + OracleSection.table(
        "expected number of steps from state to state", columns: ["from"] + names,
        count: rows.count
      ) { (label: names[$0], values: rows[$0]) }
  }
}

/// base^exponent, infinity beyond the doubles.
func power(_ base: Int, _ exponent: Int) -> Double {
  var power = 1.0
  for _ in 0..<exponent where power < .infinity && base > 1 { power *= Double(base) }
  return power
}
