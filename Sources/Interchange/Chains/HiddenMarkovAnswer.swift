public import Exact
import JSONText
import Models
import Probability

extension HiddenMarkovSpec: OracleSpec {
  /// The most numbers that all state marginals together may be; beyond, the key is left out.
  static let mostMarginals = 1 << 20

  /// The evidence of each sequence, its states, and how often each follows each.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in
      // A normal density is nowhere 0.
      try ExactAnswers(
        of: try chains(), request, keepsMarginals: keepsMarginals, canExclude: isCategorical)
    }
    var tally = SequenceTally(states: stateCount, keepsMarginals: keepsMarginals)
    for posterior in found.posteriors { tally.add(posterior) }
    return OracleAnswer(found, members: tally.members, sections: sections(tally))
  }

  /// The sums of brute force.
  public func sharedSums(_ request: ExactRequest) throws(ExactRefusal) -> SharedSums {
    try ExactAnswers<ObservedChainPosterior>.sharedSums(of: try chains(), request)
  }

  func chains() throws(ExactRefusal) -> [ObservedChain] {
    try lengths.indices.map { (index) throws(ExactRefusal) in try chain(index) }
  }

  private func chain(_ index: Int) throws(ExactRefusal) -> ObservedChain {
    do throws(ModelError) {
      switch emission {
      case .categorical(let model, let sequences):
        return try model.chain(observing: sequences[index])
      case .gaussian(let model, let sequences):
        return try model.chain(observing: sequences[index])
      }
    } catch {
      throw .misfit(ModelError("observations[\(index)]", error.reason))
    }
  }
}

// MARK: Sizes

extension HiddenMarkovSpec {
  private var isCategorical: Bool {
    if case .categorical = emission { true } else { false }
  }

  var stateCount: Int {
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

  /// Whether there are few enough of them.
  var keepsMarginals: Bool {
    lengths.reduce(0, +) <= HiddenMarkovSpec.mostMarginals / stateCount
  }
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
