import JSONText

/// What must hold of an answer to each model, without knowing the right one.
///
/// A model without an entry is held to what holds for all, and its routes to each other.
let modelLaws: [String: @Sendable (inout AnswerCheck) -> Void] = [
  "mixture": { $0.mixture() }, "latent-factor": { $0.latentFactor() },
  "hmm": { $0.hiddenMarkov() }, "pcfg": { $0.grammar() },
  "spanning-tree": { $0.spanningTree() }, "sigmoid-belief-network": { $0.beliefNetwork() },
  "bayesian-mixture": { $0.bayesianMixture() },
  "linear-dynamical-system": { $0.stateSpace() }, "switching-lds": { $0.switching() },
  "factorial-hmm": { $0.factorial() }, "hidden-semi-markov": { $0.semiMarkov() },
  "lda": { $0.topics() }, "bayesian-network": { $0.network() },
  "factor-graph": { $0.network() }, "ising": { $0.spins() },
  "restricted-boltzmann-machine": { $0.boltzmann() },
]

extension AnswerCheck {
  mutating func model() {
    if let word = spec["model"]?.word, let law = modelLaws[word] { law(&self) }
  }

  var observations: [JSON] { spec["observations"]?.elements ?? [] }

  /// Runs over the observations: the evidence of each, and what else is said of it, which is null
  /// where the evidence is zero and nowhere else.
  mutating func each(
    _ key: String, canBeImpossible: Bool = false, isDiscrete: Bool = false,
    _ law: (inout AnswerCheck, JSON, JSON, String) -> Void
  ) {
    let evidence = answer["logEvidence"]?.elements ?? []
    let parts = answer[key]?.elements ?? []
    require(evidence.count == observations.count, "logEvidence has \(evidence.count) entries")
    require(parts.count == observations.count, "\(key) has \(parts.count) entries")
    guard evidence.count == parts.count, parts.count == observations.count else { return }
    for (index, part) in parts.enumerated() {
      let logEvidence = evidence[index].double ?? .nan
      let isImpossible = logEvidence == -.infinity
      require(canBeImpossible || !isImpossible, "logEvidence[\(index)] is minus infinity")
      require((part == .null) == isImpossible, "\(key)[\(index)] and log evidence \(logEvidence)")
      // Probability vectors may exceed a sum of one by 1e-9, once a step or level.
      let excess = 4e-9 * Double(1 + observations[index].nodeCount)
      require(!isDiscrete || logEvidence <= excess, "logEvidence[\(index)] is \(logEvidence)")
      if part != .null { law(&self, observations[index], part, "\(key)[\(index)]") }
    }
  }

  /// The families of all values that are observed together.
  private var families: [String] {
    let component = spec["components"]?.elements.first ?? spec["emission"] ?? .null
    let factors = component["factors"]?.elements ?? [component]
    return factors.compactMap { $0["family"]?.word }
  }

  /// Whether some value can be impossible.
  private var isCategorical: Bool { families.contains("categorical") }

  /// Whether no value has a density.
  private var isTable: Bool { families.allSatisfy { $0 == "categorical" } }

  fileprivate mutating func mixture() {
    let count = spec["weights"]?.elements.count ?? 0
    each("responsibilities", canBeImpossible: isCategorical, isDiscrete: isTable) {
      $0.distribution($2, count: count, $3)
    }
  }

  fileprivate mutating func latentFactor() {
    let prior = spec["prior"]?.elements.compactMap(\.double) ?? []
    each("posteriorMarginals", isDiscrete: true) {
      let values = $0.probabilities($2, count: prior.count, $3)
      for (own, before) in zip(values, prior) where before == 0 || before == 1 {
        $0.require(own == before, "\($3): \(own) after a prior of \(before)")
      }
    }
    let gradient = answer["gradient"] ?? .null
    let isCertain = prior.contains { $0 == 0 || $0 == 1 }
    let slopes = gradient["prior"]?.elements.count
    require(
      slopes == prior.count || slopes == nil && isCertain, "gradient.prior and the prior \(prior)")
    // Adding a constant to all scores changes nothing, so the gradient in that direction is zero.
    let bias = gradient["bias"]?.elements.compactMap(\.double) ?? []
    let size = bias.map(\.magnitude).max() ?? 0
    let sum = bias.reduce(0, +)
    require(abs(sum) <= 1e-9 * max(1, size), "gradient.bias sums to \(sum)")
  }

  fileprivate mutating func hiddenMarkov() {
    let count = spec["initial"]?.elements.count ?? 0
    var (sequences, steps) = (0.0, 0.0)
    if answer["stateMarginals"] != nil {
      each("stateMarginals", canBeImpossible: isCategorical, isDiscrete: isTable) {
        $0.require($2.elements.count == $1.elements.count, "\($3) has another length")
        for row in $2.elements { $0.distribution(row, count: count, $3) }
      }
    }
    for (value, observation) in zip(answer["logEvidence"]?.elements ?? [], observations)
    where value.double?.isFinite ?? false {
      sequences += 1
      steps += Double(observation.elements.count - 1)
    }
    let counts = answer["expectedCounts"] ?? .null
    let first = (counts["initial"]?.allNumbers ?? []).reduce(0, +)
    close(first, sequences, "expectedCounts.initial")
    let transitions = counts["transition"]?.allNumbers ?? []
    close(transitions.reduce(0, +), steps, "expectedCounts.transition")
    require(transitions.allSatisfy { $0 >= 0 }, "expectedCounts.transition below zero")
  }

  fileprivate mutating func factorial() {
    let sizes = spec["chains"]?.elements.map { $0["initial"]?.elements.count ?? 0 } ?? []
    guard answer["stateMarginals"] != nil else { return }
    each("stateMarginals", canBeImpossible: isCategorical, isDiscrete: isTable) {
      $0.require($2.elements.count == sizes.count, "\($3) has another number of chains")
      for (chain, size) in zip($2.elements, sizes) {
        $0.require(chain.elements.count == $1.elements.count, "\($3) has another length")
        for row in chain.elements { $0.distribution(row, count: size, $3) }
      }
    }
  }

  fileprivate mutating func semiMarkov() {
    let count = spec["initial"]?.elements.count ?? 0
    guard answer["stateMarginals"] != nil else { return }
    each("stateMarginals", canBeImpossible: true, isDiscrete: isTable) {
      $0.require($2.elements.count == $1.elements.count, "\($3) has another length")
      for row in $2.elements { $0.distribution(row, count: count, $3) }
    }
  }

  fileprivate mutating func topics() {
    let count = spec["alpha"]?.elements.count ?? 0
    for (document, rows) in zip(observations, answer["topicMarginals"]?.elements ?? []) {
      require(rows.elements.count == document.elements.count, "topicMarginals of another length")
      for row in rows.elements { distribution(row, count: count, "topicMarginals") }
    }
    for pair in answer["coassignment"]?.allNumbers ?? [] {
      require(0...1 ~= pair, "coassignment of \(pair)")
    }
  }

  fileprivate mutating func grammar() {
    let counts = answer["expectedCounts"]?.allNumbers ?? []
    let rules = spec["rules"]?.elements ?? []
    require(counts.count == rules.count, "\(counts.count) expectedCounts")
    require(counts.allSatisfy { $0 >= 0 }, "expectedCounts below zero")
    let evidence = answer["logEvidence"]?.elements ?? []
    require(evidence.count == observations.count, "\(evidence.count) logEvidence")
    // A tree over n words has n leaves and n - 1 branchings.
    var (leaves, branchings) = (0.0, 0.0)
    for (value, sentence) in zip(evidence, observations) where value.double?.isFinite ?? false {
      leaves += Double(sentence.elements.count)
      branchings += Double(sentence.elements.count - 1)
    }
    var (leafUses, branchingUses) = (0.0, 0.0)
    for (rule, count) in zip(rules, counts) {
      if rule["unary"] == .bool(true) { continue }
      if rule["right"]?.elements.count == 1 { leafUses += count } else { branchingUses += count }
    }
    close(leafUses, leaves, "uses of rules for words")
    close(branchingUses, branchings, "uses of rules for pairs")
  }

  fileprivate mutating func spanningTree() {
    let rows = answer["edgeMarginals"]?.elements ?? []
    let size = spec["scores"]?.elements.count ?? 0
    require(answer["logPartition"]?.double?.isFinite ?? false, "logPartition")
    require(rows.count == size, "\(rows.count) rows of edgeMarginals")
    var columns = Array(repeating: 0.0, count: size)
    for (head, row) in rows.enumerated() {
      let shares = probabilities(row, count: size, "edgeMarginals[\(head)]")
      guard shares.count == size else { return }
      require(shares[head] == 0, "edgeMarginals[\(head)][\(head)]")
      for modifier in 0..<size { columns[modifier] += shares[modifier] }
    }
    for (modifier, sum) in columns.enumerated() {
      close(sum, modifier == 0 ? 0 : 1, "heads of \(modifier)")
    }
    guard let first = rows.first, spec["singleRoot"] == .bool(true) else { return }
    close(first.allNumbers.reduce(0, +), 1, "edges out of the root")
  }

  fileprivate mutating func beliefNetwork() {
    let count = spec["bias"]?.elements.count ?? 0
    each("posteriorMarginals", isDiscrete: true) { $0.probabilities($2, count: count, $3) }
  }

  fileprivate mutating func bayesianMixture() {
    let rows = answer["coassignment"]?.elements ?? []
    require(rows.count == observations.count, "\(rows.count) rows of coassignment")
    let table = rows.map { $0.elements.compactMap(\.double) }
    for (index, row) in rows.enumerated() {
      let shares = probabilities(row, count: rows.count, "coassignment[\(index)]")
      guard shares.count == rows.count else { return }
      require(shares[index] == 1, "coassignment[\(index)][\(index)] is \(shares[index])")
      for other in rows.indices where table[other].count == rows.count {
        require(table[other][index] == shares[other], "coassignment is not symmetric")
      }
    }
  }

  fileprivate mutating func stateSpace() {
    let count = spec["initialMean"]?.elements.count ?? 0
    each("smoothedMeans") {
      $0.require($2.elements.count == $1.elements.count, "\($3) has another length")
      for row in $2.elements { $0.require(row.elements.count == count, "\($3): a wrong mean") }
    }
    for sequence in answer["smoothedCovariances"]?.elements ?? [] {
      for covariance in sequence.elements {
        let rows = covariance.elements.map { $0.elements.compactMap(\.double) }
        let isSquare = rows.count == count && rows.allSatisfy { $0.count == count }
        require(isSquare, "a covariance of another size")
        guard isSquare else { return }
        for row in rows.indices {
          require(rows[row][row] >= 0, "a variance of \(rows[row][row])")
          for column in rows.indices {
            require(rows[row][column] == rows[column][row], "a covariance that is not symmetric")
          }
        }
      }
    }
  }

  fileprivate mutating func switching() {
    let count = spec["initialState"]?.elements.count ?? 0
    each("stateMarginals") {
      $0.require($2.elements.count == $1.elements.count, "\($3) has another length")
      for row in $2.elements { $0.distribution(row, count: count, $3) }
    }
  }
}
