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
    if question == .gradient { return gradient(answers) }
    let laws: [any HiddenStateLaw<[Bool]>] =
      if request.route == .bruteForce {
        observations.map { VisitedStates(of: machine, $0, answers.partition) }
      } else {
        observations.map { HiddenUnitLaw(of: machine, $0, answers.partition) }
      }
    return try hiddenStateAnswer(
      question, of: laws, as: .bits("hidden", of: "observation"), samples: samples, &sampler)
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
      ]),
      sections: [
        .bars(
          title: "slopes of Σ log p(v) by the hidden biases",
          labels: hidden.indices.map { "unit \($0)" }, values: hidden)
      ])
  }
}
