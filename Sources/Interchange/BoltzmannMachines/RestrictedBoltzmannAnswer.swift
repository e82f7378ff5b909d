public import Exact
import JSONText
import Models
public import Probability

extension RestrictedBoltzmannSpec: OracleSpec {
  /// All questions about the hidden units.
  public var questions: [OracleQuestion] { [.explanation, .samples, .gradient, .entropy] }

  /// log Z, the evidence of each observation, and its hidden units.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let answers = try answers(request)
    let logEvidence = answers.found.logEvidence
    let marginals = answers.found.posteriors.map(\.hiddenMarginals)
    let logPartition = answers.partition.logPartition.value
    let names = ["observation"] + machine.hiddenBias.indices.map { "unit \($0)" }
    return OracleAnswer(
      answers.found,
      members: [
        ("logPartition", .number(logPartition)), ("logEvidence", .numbers(logEvidence)),
        ("posteriorMarginals", .matrix(marginals)),
      ],
      sections: [.line(label: "log Z", value: logPartition)]
        + OracleSection.evidence(logEvidence, of: "observation")
        + OracleSection.table(
          "P(hidden unit on | v)", columns: names, count: marginals.count
        ) { (label: "\($0)", values: marginals[$0]) })
  }

  private func answers(_ request: ExactRequest) throws(OracleRefusal) -> BoltzmannAnswers {
    try asking { () throws(ExactRefusal) in try BoltzmannAnswers(of: machine, observations, request)
    }
  }

  /// In closed form, or by all settings of the hidden units.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    let answers = try answers(request)
    let twins =
      request.route == .bruteForce
      ? observations.map { VisitedStates<[Bool]>(of: machine, $0, answers.partition) } : nil
    do {
      switch question {
      case .explanation: return try explanation(answers, twins)
      case .samples: return try drawn(samples, twins, &sampler)
      case .gradient: return gradient(answers)
      default:
        let found = try observations.enumerated().map { index, visible in
          try twins?[index].entropy ?? machine.entropy(visible)
        }
        return .entropy(found, of: "observation")
      }
    } catch { throw refusal(error) }
  }

  private func explanation(
    _ answers: BoltzmannAnswers, _ twins: [VisitedStates<[Bool]>]?
  ) throws -> FurtherAnswer {
    let logPartition = answers.partition.logPartition.value
    let found = try observations.enumerated().map { index, visible -> Explained in
      let hidden = try twins?[index].explanation?.state ?? machine.explanation(visible)
      return Explained(
        logJoint: machine.logWeight(visible, hidden) - logPartition,
        state: ("hidden", .bits(hidden)), text: listed(hidden.map { $0 ? 1 : 0 }))
    }
    return .explanation(found, evidence: answers.found.logEvidence, of: "observation")
  }

  private func drawn(
    _ count: Int, _ twins: [VisitedStates<[Bool]>]?, _ sampler: inout Sampler
  ) throws -> FurtherAnswer {
    var found: [[(value: JSON, text: String)]?] = []
    for (index, visible) in observations.enumerated() {
      var draws: [[Bool]] = []
      if let twins {
        draws = try twins[index].samples(count, &sampler) ?? []
      } else {
        for _ in 0..<count { draws.append(try machine.sample(visible, &sampler)) }
      }
      found.append(draws.map { (.bits($0), listed($0.map { $0 ? 1 : 0 })) })
    }
    return .samples(found, of: "observation")
  }

  /// What the data have of each statistic, less what the machine expects of it.
  ///
  /// ```
  /// ∂/∂W_ij Σ_n log p(v_n) = Σ_n v_ni p(h_j = 1 | v_n) − N E[v_i h_j]
  /// ```
  private func gradient(_ answers: BoltzmannAnswers) -> FurtherAnswer {
    let count = Double(observations.count)
    var visible = answers.partition.visibleMeans.map { -count * $0 }
    var hidden = answers.partition.hiddenMeans.map { -count * $0 }
    var pairs = answers.partition.pairMeans.map { $0.map { -count * $0 } }
    for (setting, posterior) in zip(observations, answers.found.posteriors) {
      for (unit, mean) in posterior.hiddenMarginals.enumerated() { hidden[unit] += mean }
      for (unit, isOn) in setting.enumerated() where isOn {
        visible[unit] += 1
        for (other, mean) in posterior.hiddenMarginals.enumerated() { pairs[unit][other] += mean }
      }
    }
    return FurtherAnswer(
      .object([
        ("visibleBias", .numbers(visible)), ("hiddenBias", .numbers(hidden)),
        ("weights", .matrix(pairs)),
      ]), sections: [.note("Slopes by biases and weights, in the JSON answer.")])
  }
}
