import Exact
import JSONText
import Models
import Probability

// What is asked of a random field beside evidence and marginals. Each answer has its route by messages
// and its twin over all joint states.
extension FactorGraphOracle {
  /// All questions about what is hidden.
  var fieldQuestions: [OracleQuestion] {
    [.explanation, .samples, .marginals, .gradient, .entropy]
  }

  /// The answer by messages, or by all joint states.
  func fieldAnswer(
    to question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    do {
      let field =
        request.route == .bruteForce
        ? AskedField.states(try VisitedStates<[Int]>.all(of: graph, evidence: evidence, request))
        : .trees(try ObservedField(graph, evidence + (isNormalised ? [] : [nothing]), request))
      switch question {
      case .explanation: return try explanation(field)
      case .samples: return try drawn(samples, field, &sampler)
      case .marginals: return try tables(field)
      case .gradient: return try gradient(field)
      case .entropy: return try entropy(field)
      default: throw OracleRefusal.uncomputed("ask: no answer to \"\(question.rawValue)\"")
      }
    } catch { throw refusal(error) }
  }

  private var nothing: [Int?] { graph.cardinalities.map { _ in nil } }

  private func explanation(_ field: AskedField) throws -> FurtherAnswer {
    let logPartition =
      isNormalised ? 0 : try posterior(field, evidence.count).logEvidence.value
    var (found, logEvidence): ([Explained?], [Double]) = ([], [])
    for (index, values) in evidence.enumerated() {
      let best =
        switch field {
        case .trees(let field): try field[index].explanation(values)
        case .states(let twins): try twins[index].explanation?.state
        }
      logEvidence.append(try posterior(field, index).logEvidence.value - logPartition)
      found.append(
        best.map {
          Explained(
            logJoint: graph.logWeight($0) - logPartition, state: assignment($0), text: text($0))
        })
    }
    return .explanation(found, evidence: logEvidence, of: "observation")
  }

  private func drawn(
    _ count: Int, _ field: AskedField, _ sampler: inout Sampler
  ) throws -> FurtherAnswer {
    var found: [[(value: JSON, text: String)]?] = []
    for (index, values) in evidence.enumerated() {
      let draws =
        switch field {
        case .trees(let field): try field[index].draws(count, values, &sampler)
        case .states(let twins): try twins[index].samples(count, &sampler)
        }
      found.append(draws.map { $0.map { (assignment($0).value, text($0)) } })
    }
    return .samples(found, of: "observation")
  }

  private func entropy(_ field: AskedField) throws -> FurtherAnswer {
    let found = try evidence.enumerated().map { index, values in
      switch field {
      case .trees(let field): try field[index].entropy(values)
      case .states(let twins): try twins[index].entropy
      }
    }
    return .entropy(found, of: "observation")
  }

  private func tables(_ field: AskedField) throws -> FurtherAnswer {
    let found = try evidence.indices.map { try posterior(field, $0).factorMarginals }
    return FurtherAnswer(
      .each(found) { tables in .array(tables.enumerated().map { marginal(of: $0, $1) }) },
      sections: [
        .note("The probabilities of \(counted(graph.factors.count, "table")), in the JSON answer.")
      ])
  }

  /// Σ_n log p(x_n) = Σ_n (log Z(x_n) − log Z), its slopes.
  private func gradient(_ field: AskedField) throws -> FurtherAnswer {
    var sums = graph.factors.map { [Double](repeating: 0, count: $0.logWeights.count) }
    let possible = try evidence.indices.compactMap { try slopes(field, $0) }
    for slopes in possible { sums.add(slopes, times: 1) }
    if !isNormalised, !possible.isEmpty, let all = try slopes(field, evidence.count) {
      sums.add(all, times: -Double(possible.count))
    }
    if let factor = sums.firstIndex(where: { !$0.allSatisfy(\.isFinite) }) {
      throw OracleRefusal.uncomputed(
        "gradient: a slope by table \(factor) leaves the range of a double")
    }
    return FurtherAnswer(
      parameters(sums),
      sections: [.note("Slopes by \(counted(sums.count, "table")), in the JSON answer.")])
  }

  /// The slopes of log Z(evidence) by the entries f of each table, or by log f.
  private func slopes(_ field: AskedField, _ index: Int) throws -> [[Double]]? {
    if hasLogarithms { return try posterior(field, index).factorMarginals }
    return switch field {
    case .trees(let field): try field[index].gradient(observed(index))
    case .states: graph.enumeratedGradient(observed(index))
    }
  }

  private func posterior(_ field: AskedField, _ index: Int) throws -> FactorGraphPosterior {
    switch field {
    case .trees(let field): try field[index].posterior(observed(index))
    case .states: .enumerated(of: graph, evidence: observed(index))
    }
  }

  /// An observation, or, beyond the last, that nothing was observed.
  private func observed(_ index: Int) -> [Int?] {
    index < evidence.count ? evidence[index] : nothing
  }

  private func text(_ values: [Int]) -> String {
    let shown = values.prefix(OracleSection.shownCount(of: values.count)).enumerated()
    let text = shown.map { label($0, $1) }.joined(separator: ", ")
    return shown.count < values.count ? "\(text) … (\(values.count) in all)" : text
  }
}

/// How a field is asked: by its junction trees, or by the joint states of each observation.
private enum AskedField {
  case trees(ObservedField)
  case states([VisitedStates<[Int]>])
}

/// What models, oracles and programs of random choices refuse, as a refusal of this room.
func refusal(_ error: any Error) -> OracleRefusal {
  do throws(OracleRefusal) {
    return try computing { () throws -> OracleRefusal in throw error }
  } catch { return error }
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
