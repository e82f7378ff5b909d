import Exact
import GSL
import JSONText
import Models
import Probability

/// A model that is a random field with evidence: what its kinds share.
protocol FactorGraphOracle {
  /// The field.
  var graph: FactorGraph { get }
  /// A value or nil for each variable, in each observation.
  var evidence: [[Int?]] { get }
  /// Whether the tables are conditional ones, so that Z is 1.
  var isNormalised: Bool { get }
  /// What an answer has beside the evidence.
  func members(_ posteriors: [FactorGraphPosterior]) -> [(key: String, value: JSON)]
  /// The states of all variables: the key that they stand under and themselves.
  func assignment(_ values: [Int]) -> (key: String, value: JSON)
  /// What the table of a factor tells, with what it is about.
  func marginal(of factor: Int, _ table: [Double]) -> JSON
  /// Whether the model's parameters are in the logarithms of its tables.
  var hasLogarithms: Bool { get }
  /// Slopes by every entry of every factor, or by its logarithm, in the shape of the model's keys.
  func parameters(_ slopes: [[Double]]) -> JSON
  /// "smoke = yes".
  func label(_ variable: Int, _ value: Int) -> String
}

extension FactorGraphOracle {
  /// Of most models, the entries themselves are the parameters.
  var hasLogarithms: Bool { false }

  /// All questions about what is hidden.
  var fieldQuestions: [OracleQuestion] {
    [.explanation, .samples, .marginals, .gradient, .entropy]
  }

  /// The evidence of each observation and the marginals of all variables.
  func fieldAnswer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let nothing = [Int?](repeating: nil, count: graph.cardinalities.count)
    let found = try asking { () throws(ExactRefusal) in
      try ExactAnswers(
        of: graph, evidence: evidence + (isNormalised ? [] : [nothing]), request)
    }
    let posteriors = Array(found.posteriors.prefix(evidence.count))
    let logPartition =
      isNormalised ? 0 : try requirePossible(found.posteriors[evidence.count].logEvidence.value)
    let logEvidence = posteriors.map { $0.logEvidence.value - logPartition }
    let partition = isNormalised ? [] : [(key: "logPartition", value: JSON.number(logPartition))]
    return OracleAnswer(
      found,
      members: partition + [("logEvidence", .numbers(logEvidence))] + members(posteriors),
      sections: (isNormalised ? [] : [.line(label: "log Z", value: logPartition)])
        + OracleSection.evidence(logEvidence, of: "observation")
        + sections(posteriors.map(\.marginals)))
  }

  private func requirePossible(_ logPartition: Double) throws(OracleRefusal) -> Double {
    guard logPartition > -.infinity else {
      throw .uncomputed("factors: no state of all variables has a weight above 0")
    }
    return logPartition
  }

  /// The marginals of the first observation that has any.
  private func sections(_ marginals: [[[Double]]?]) -> [OracleSection] {
    guard let index = marginals.firstIndex(where: { $0 != nil }), let first = marginals[index]
    else { return [] }
    let rows = first.enumerated().flatMap { variable, row in
      row.enumerated().map { (label: label(variable, $0), values: Optional([$1])) }
    }
    let title = marginals.count == 1 ? "p(v | x)" : "p(v | x) of observation \(index)"
    return OracleSection.table(title, columns: ["variable", "p"], count: rows.count) { rows[$0] }
  }
}

// MARK: Questions

extension FactorGraphOracle {
  /// The answer by messages, or by all joint states.
  func fieldAnswer(
    to question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let twins = try twins(request)
    let compiled =
      try twins.isEmpty
      ? asking { () throws(ExactRefusal) in try CompiledFactorGraph(graph, request) } : nil
    return switch question {
    case .explanation: try explanation(compiled, twins)
    case .samples: try drawn(samples, compiled, twins, &sampler)
    case .marginals: try tables(compiled)
    case .gradient: try gradient(compiled)
    case .entropy: try entropies(compiled, twins)
    default: throw .uncomputed("ask: no answer to \"\(question.rawValue)\"")
    }
  }

  /// All joint states of each observation, where brute force is asked for.
  private func twins(_ request: ExactRequest) throws(OracleRefusal) -> [VisitedStates<[Int]>] {
    guard request.route == .bruteForce else { return [] }
    return try asking { () throws(ExactRefusal) in
      try VisitedStates<[Int]>.all(of: graph, evidence: evidence, request)
    }
  }

  /// log Z, which is taken from the logarithms of joint weights.
  private func logPartition(_ compiled: CompiledFactorGraph?) throws -> Double {
    if isNormalised { return 0 }
    let nothing = [Int?](repeating: nil, count: graph.cardinalities.count)
    return try compiled?.posterior(nothing).logEvidence.value
      ?? FactorGraphPosterior.enumerated(of: graph, evidence: nothing).logEvidence.value
  }

  private func explanation(
    _ compiled: CompiledFactorGraph?, _ twins: [VisitedStates<[Int]>]
  ) throws(OracleRefusal) -> FurtherAnswer {
    let found = try computing {
      let logPartition = try logPartition(compiled)
      return try evidence.indices.map { index -> (values: [Int], logProbability: Double)? in
        let values =
          try compiled?.explanation(evidence[index])
          ?? (compiled == nil ? twins[index].explanation?.state : nil)
        return values.map { ($0, graph.logWeight($0) - logPartition) }
      }
    }
    let json = JSON.each(found) { best in
      let states = assignment(best.values)
      return .object([("logProbability", .number(best.logProbability)), states])
    }
    return FurtherAnswer(json, sections: sections(explanations: found))
  }

  private func sections(
    explanations found: [(values: [Int], logProbability: Double)?]
  ) -> [OracleSection] {
    guard let index = found.firstIndex(where: { $0 != nil }), let best = found[index] else {
      return [.note("No observation is possible.")]
    }
    let rest = best.values.count - OracleSection.shownCount(of: best.values.count)
    let states = best.values.prefix(best.values.count - rest).enumerated()
      .map { label($0, $1) }.joined(separator: ", ")
    return [
      .note(
        "The most probable states of observation \(index): \(states)\(rest > 0 ? " and \(rest) more" : "")."
      ),
      .line(label: "log p(ẑ, x)", value: best.logProbability),
    ]
  }

  private func drawn(
    _ count: Int, _ compiled: CompiledFactorGraph?, _ twins: [VisitedStates<[Int]>],
    _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    var entries: [JSON] = []
    for (index, values) in evidence.enumerated() {
      let draws: [[Int]]?
      do {
        draws =
          try compiled.map { try $0.draws(count, values, &sampler) }
          ?? twins[index].draws(count, &sampler)
      } catch {
        throw try computing { () throws -> OracleRefusal in throw error }
      }
      entries.append(draws.map { .array($0.map { assignment($0).value }) } ?? .null)
    }
    return FurtherAnswer(
      .array(entries),
      sections: [.note("\(counted(count, "sample")) of each observation, in the JSON answer.")])
  }

  private func tables(_ compiled: CompiledFactorGraph?) throws(OracleRefusal) -> FurtherAnswer {
    let found = try computing {
      try evidence.map { try posterior(compiled, $0).factorMarginals }
    }
    let json = JSON.each(found) { tables in
      .array(tables.enumerated().map { marginal(of: $0, $1) })
    }
    return FurtherAnswer(
      json,
      sections: [
        .note("The probabilities of \(counted(graph.factors.count, "table")), in the JSON answer.")
      ])
  }

  private func posterior(
    _ compiled: CompiledFactorGraph?, _ values: [Int?]
  ) throws -> FactorGraphPosterior {
    try compiled?.posterior(values) ?? .enumerated(of: graph, evidence: values)
  }

  private func gradient(_ compiled: CompiledFactorGraph?) throws(OracleRefusal) -> FurtherAnswer {
    let slopes: [[Double]] = try computing {
      var sums = graph.factors.map { [Double](repeating: 0, count: $0.logWeights.count) }
      let nothing = [Int?](repeating: nil, count: graph.cardinalities.count)
      // log p(x) = log Z(x) − log Z.
      let possible = try evidence.compactMap { try slopesOfTables(compiled, $0) }
      for slopes in possible { sums.add(slopes, times: 1) }
      if !isNormalised, !possible.isEmpty, let all = try slopesOfTables(compiled, nothing) {
        sums.add(all, times: -Double(possible.count))
      }
      return sums
    }
    if let factor = slopes.firstIndex(where: { !$0.allSatisfy(\.isFinite) }) {
      throw .uncomputed("gradient: a slope by table \(factor) leaves the range of a double")
    }
    return FurtherAnswer(
      parameters(slopes),
      sections: [.note("Slopes by \(counted(slopes.count, "table")), in the JSON answer.")])
  }

  /// The slopes of log Z(evidence) by the entries f of each table, or by log f.
  private func slopesOfTables(_ compiled: CompiledFactorGraph?, _ values: [Int?]) throws
    -> [[Double]]?
  {
    if hasLogarithms { return try posterior(compiled, values).factorMarginals }
    if let compiled { return try compiled.gradient(values) }
    return graph.enumeratedGradient(values)
  }

  private func entropies(
    _ compiled: CompiledFactorGraph?, _ twins: [VisitedStates<[Int]>]
  ) throws(OracleRefusal) -> FurtherAnswer {
    let found = try computing {
      try evidence.indices.map { index -> Double? in
        if let compiled { return try compiled.entropy(evidence[index]) }
        return try twins[index].entropy
      }
    }
    return FurtherAnswer(
      .each(found) { .number($0) },
      sections: OracleSection.table(
        "entropy of the posterior, in nats", columns: ["observation", "entropy"],
        count: found.count
      ) { (label: "\($0)", values: found[$0].map { [$0] }) })
  }
}

extension [[Double]] {
  fileprivate mutating func add(_ others: [[Double]], times scale: Double) {
    for (row, other) in zip(indices, others) {
      for (place, number) in zip(self[row].indices, other) { self[row][place] += scale * number }
    }
  }
}

extension CompiledFactorGraph {
  fileprivate func draws(
    _ count: Int, _ evidence: [Int?], _ sampler: inout Sampler
  ) throws -> [[Int]]? {
    guard let sampling = try FactorGraphSampling(of: self, evidence: evidence) else { return nil }
    var draws: [[Int]] = []
    for _ in 0..<count { draws.append(try sampling.sample(&sampler)) }
    return draws
  }
}

extension VisitedStates<[Int]> {
  fileprivate func draws(_ count: Int, _ sampler: inout Sampler) throws -> [[Int]]? {
    var draws: [[Int]] = []
    for _ in 0..<count {
      guard let values = try sample(&sampler) else { return nil }
      draws.append(values)
    }
    return draws
  }
}
