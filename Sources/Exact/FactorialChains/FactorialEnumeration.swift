import GSL
public import Models

// What can be asked of a factorial model, from all paths of joint states: the brute-force twins.

extension FactorialSequence {
  /// All paths of joint states with their log joints, one by one.
  public var visitedPaths: VisitedStates<[Int]> {
    VisitedStates(summing: { [self] each in
      try forEachPathThrowing(states: model.joint.count, length: length) { path in
        var logJoint = logWeight(of: path)
        logJoint += logScale
        try each(path, logJoint)
      }
    })
  }

  /// The same with the states of all chains: the twin of a sequence as a law of what it hides.
  public var visitedStates: VisitedStates<[[Int]]> {
    visitedPaths.map { $0.map(model.joint.states) }
  }

  /// What is believed of the last step of each beginning of the sequence, with its own observation and without.
  public func enumeratedFiltering() throws(ModelError) -> (
    filtered: [[[Double]]], predicted: [[[Double]]]
  )? {
    var (filtered, predicted): ([[[Double]]], [[[Double]]]) = ([], [])
    for t in 0..<length {
      for (isSeen, value) in [(true, values[t]), (false, nil)] {
        let beginning = try model.observing(Array(values[..<t]) + [value])
        guard let marginals = FactorialPosterior.enumerated(of: beginning).stateMarginals else {
          return nil
        }
        let last = marginals.map { $0[t] }
        if isSeen { filtered.append(last) } else { predicted.append(last) }
      }
    }
    return (filtered, predicted)
  }
}

/// Visits all paths; what a visit throws ends it.
func forEachPathThrowing(
  states: Int, length: Int, _ visit: ([Int]) throws -> Void
) throws {
  try forEachPath(states: states, length: length, in: 0..<Int.max) { (path) throws in
    try visit(path)
  }
}

extension FactorialSlopes {
  /// The same slopes from all paths.
  public mutating func addEnumerated(_ sequence: FactorialSequence) throws {
    let paths = sequence.visitedPaths
    let logEvidence = try paths.doubledLogEvidence
    guard !logEvidence.isLogOfZero else { return }
    let (model, joint) = (sequence.model, sequence.model.joint)
    let entries = EntryNumbers(model)
    var slopes = EntrySlopes(
      entries.count, logEvidence: logEvidence - DoubleDouble(sequence.logScale))
    try forEachPathThrowing(states: joint.count, length: sequence.length) { path in
      var factors: [(entry: Int, logValue: Double)] = []
      var rest = CompensatedSum()
      for (t, state) in path.enumerated() {
        for (m, chain) in model.chains.enumerated() {
          let j = joint.state(of: m, in: state)
          if t == 0 {
            factors.append((entries.initial(m, j), log(chain.initial[j])))
          } else {
            let i = joint.state(of: m, in: path[t - 1])
            factors.append((entries.transition(m, i, j), log(chain.transition[i][j])))
          }
        }
        let logEmission = sequence.logEmissions[t][state]
        if case (.categorical, .whole(let symbol)) = (model.emission, sequence.values[t]) {
          factors.append((entries.emission(state, symbol), logEmission))
        } else {
          rest += logEmission
        }
      }
      slopes.add(factors, logRest: rest)
    }
    addTables(slopes.slopes, entries)
    if case .additive = model.emission { try addAdditive(sequence) }
  }

  /// Adds what entries by number say.
  private mutating func addTables(_ slopes: [Double], _ entries: EntryNumbers) {
    for m in initial.indices {
      for i in initial[m].indices {
        initial[m][i] += slopes[entries.initial(m, i)]
        for j in initial[m].indices { transition[m][i][j] += slopes[entries.transition(m, i, j)] }
      }
    }
    guard entries.symbols > 0 else { return }
    for state in emission.indices {
      for symbol in emission[state].indices {
        emission[state][symbol] += slopes[entries.emission(state, symbol)]
      }
    }
  }

  /// What every path says of means and variance.
  private mutating func addAdditive(_ sequence: FactorialSequence) throws {
    try sequence.visitedPaths.visitShares { path, share in
      for (t, state) in path.enumerated() {
        guard case .number(let number)? = sequence.values[t] else { continue }
        addNumber(number, state, share: share, sequence.model)
      }
    }
  }
}

/// The entries of all tables of a model as numbers.
private struct EntryNumbers {
  let sizes: [Int]
  let symbols: Int
  let states: Int

  init(_ model: FactorialHiddenMarkovModel) {
    (sizes, states) = (model.joint.sizes, model.joint.count)
    if case .categorical(let table) = model.emission {
      symbols = table[0].count
    } else {
      symbols = 0
    }
  }

  /// Where a chain's own begin: its first states, then its moves.
  private func offset(_ m: Int) -> Int { sizes[..<m].reduce(0) { $0 + $1 + $1 * $1 } }

  var count: Int { offset(sizes.count) + states * symbols }

  func initial(_ m: Int, _ state: Int) -> Int { offset(m) + state }

  func transition(_ m: Int, _ i: Int, _ j: Int) -> Int { offset(m) + sizes[m] * (1 + i) + j }

  func emission(_ state: Int, _ symbol: Int) -> Int {
    offset(sizes.count) + state * symbols + symbol
  }
}
