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
    try computing {
      let field = try asked(request)
      return switch question {
      case .marginals: try tables(field)
      case .gradient: try gradient(field)
      default:
        try hiddenStateAnswer(
          question, of: laws(field), as: states, samples: samples, &sampler)
      }
    }
  }

  private func asked(_ request: ExactRequest) throws(ExactRefusal) -> AskedField {
    guard request.route == .bruteForce else {
      return .trees(try ObservedField(graph, evidence + (isNormalised ? [] : [nothing]), request))
    }
    try request.requireStates(of: graph, evidence: evidence)
    return .states
  }

  /// The values of all variables.
  private var states: HiddenStateForm<[Int]> {
    HiddenStateForm(
      noun: "observation", key: assignment(nothing.map { $0 ?? 0 }).key,
      json: { assignment($0).value },
      text: { values in
        listed(Array(values.enumerated()), separator: ", ") { label($0.offset, $0.element) }
      })
  }

  /// The posterior of each observation.
  private func laws(_ field: AskedField) throws -> [any HiddenStateLaw<[Int]>] {
    let logPartition =
      isNormalised ? 0 : try posterior(field, evidence.count).logEvidence.value
    return switch field {
    case .trees(let field):
      evidence.enumerated().map {
        FieldLaw(field[$0.offset], evidence: $0.element, logPartition: logPartition)
      }
    case .states:
      evidence.map { VisitedStates(of: graph, evidence: $0, logPartition: logPartition) }
    }
  }

  private var nothing: [Int?] { graph.cardinalities.map { _ in nil } }

  private func tables(_ field: AskedField) throws -> FurtherAnswer {
    let found = try evidence.indices.map { try posterior(field, $0).factorMarginals }
    return FurtherAnswer(
      .each(found) { tables in .array(tables.enumerated().map { marginal(of: $0, $1) }) },
      sections: found.firstIndex { $0 != nil }.map { index in
        firstTable("probabilities of table 0 given observation \(index)", "p", found[index] ?? [])
      } ?? [])
  }

  /// Σ_n log p(x_n) = Σ_n (log Z(x_n) − log Z), its slopes.
  private func gradient(_ field: AskedField) throws -> FurtherAnswer {
    var slopes = graph.factors.map { Array(repeating: SlopeSum(), count: $0.logWeights.count) }
    // An observation of nothing has probability one, whatever the tables are.
    let seen = evidence.indices.filter { isNormalised || evidence[$0] != nothing }
    let possible = try seen.compactMap { try self.slopes(field, $0) }
    for found in possible { slopes.add(found, times: 1) }
    if !isNormalised, !possible.isEmpty, let all = try self.slopes(field, evidence.count) {
      slopes.add(all, times: -Double(possible.count))
    }
    let sums = slopes.map { $0.map(\.value) }
    if let factor = sums.firstIndex(where: { !$0.allSatisfy(\.isFinite) }) {
      throw OracleRefusal.uncomputed(
        "gradient: a slope by table \(factor) leaves the range of a double")
    }
    if let factor = slopes.firstIndex(where: { !$0.allSatisfy { $0.isSettled(unit: unit) } }) {
      throw OracleRefusal.uncomputed(
        "gradient: slopes of log Z(x) and of log Z by table \(factor) are too large, "
          + "rounding would decide their difference")
    }
    return FurtherAnswer(
      parameters(sums),
      sections: firstTable(
        "slopes of Σ log p(x) by \(hasLogarithms ? "the logarithms of " : "")table 0", "slope", sums
      )
    )
  }

  /// What rounding does to a slope that is not by a logarithm: one unit for each logarithm of an entry, of its size.
  private var unit: Double {
    let sizes = graph.factors.map { factor in
      factor.logWeights.reduce(1) { $1 > -.infinity ? max($0, abs($1)) : $0 }
    }
    return hasLogarithms ? 0x1p-47 : 0x1p-51 * sizes.reduce(8, +)
  }

  /// The entries of the first table, each with the values of its variables.
  private func firstTable(
    _ title: String, _ name: String, _ tables: [[Double]]
  ) -> [OracleSection] {
    guard let factor = graph.factors.first, let table = tables.first else { return [] }
    let others = tables.count - 1
    return OracleSection.table(title, columns: ["values", name], count: table.count) { cell in
      var rest = cell
      let labels = factor.variables.reversed().map { variable in
        defer { rest /= graph.cardinalities[variable] }
        return label(variable, rest % graph.cardinalities[variable])
      }
      return (label: labels.reversed().joined(separator: ", "), values: [table[cell]])
    } + (others > 0 ? [.note("\(counted(others, "more table")) in the JSON answer.")] : [])
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
}

/// How a field is asked: by its junction trees, or by its joint states.
private enum AskedField {
  case trees(ObservedField)
  case states
}

extension [[SlopeSum]] {
  fileprivate mutating func add(_ others: [[Double]], times scale: Double) {
    for (row, other) in zip(indices, others) {
      for (place, number) in zip(self[row].indices, other) {
        self[row][place].add(scale * number)
      }
    }
  }
}
