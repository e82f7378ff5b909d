import Approximate
public import Exact
import GSL
import JSONText
import Models
import Probability

extension VariationalMixtureSpec: ApproximationSpec {
  /// Every sweep with its seven terms, the factors at the end, and a stochastic step over all mini-batches.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> ApproximationAnswer {
    let exact = try asking { () throws(ExactRefusal) in
      try ExactAnswers(of: model.mixture, model.observations, request)
    }.posteriors[0].logEvidence.value
    return try computing {
      var fit = try VariationalMixture(
        model.mixture, model.observations, responsibilities: responsibilities)
      let start = fit
      var ledger: [MixtureSweep] = []
      for _ in 0..<sweeps { ledger.append(try fit.sweep()) }
      let elbo = ledger[ledger.count - 1].afterLocals.elbo.value
      guard elbo.isFinite else { throw ExactRefusal.overflow("observations") }
      let stochastic = try step.map { try StochasticStep(from: start, $0, request) }
      return ApproximationAnswer(
        members: [
          ("sweeps", .array(ledger.map { $0.json })),
          ("final", fit.json),
          ("expectedStatistics", try fit.expectedStatistics()),
          ("logEvidence", .number(exact)), ("elbo", .number(elbo)),
          ("klGap", .number(exact - elbo)),
        ] + (stochastic.map { [("svi", $0.json)] } ?? []),
        sections: sections(ledger, fit, exact: exact) + (stochastic?.sections ?? []),
        work: [("sweeps", Double(sweeps))]
          + (stochastic.map { [("batches", $0.batches)] } ?? []))
    }
  }

  private func sections(
    _ ledger: [MixtureSweep], _ fit: VariationalMixture,
    exact: Double
  ) -> [OracleSection] {
    let last = ledger[ledger.count - 1].afterLocals
    let components = fit.globals.components
    return [
      .line(label: "log p(x)", value: exact),
      .line(label: "ELBO", value: last.elbo.value),
      .line(label: "KL(q‖p(z, π, μ, Σ|x))", value: exact - last.elbo.value),
    ]
      + OracleSection.table(
        "the ELBO, sweep by sweep", columns: ["sweep", "after globals", "after locals"],
        count: ledger.count
      ) {
        (
          label: "\($0 + 1)",
          values: [ledger[$0].afterGlobals.elbo.value, ledger[$0].afterLocals.elbo.value]
        )
      }
      + [
        .table(
          title: "its terms at the end", columns: ["term", "nats"],
          rows: last.named.map { (label: $0.name, values: [$0.value]) }),
        .table(
          title: "the components at the end",
          columns: ["component", "weight α", "κ", "ν"]
            + model.mixture.prior.mean.indices.map { "m_\($0)" },
          rows: components.enumerated().map { k, component in
            (
              label: "\(k)",
              values: [fit.globals.weights.concentration[k], component.kappa, component.dof]
                + component.mean
            )
          }),
      ]
      + OracleSection.table(
        "responsibilities at the end",
        columns: ["observation"] + components.indices.map { "component \($0)" },
        count: fit.responsibilities.count
      ) { (label: "\($0)", values: fit.responsibilities[$0]) }
  }
}

extension VariationalMixture {
  /// The responsibilities, and the global factors by their usual parameters.
  fileprivate var json: JSON {
    .object([
      ("responsibilities", .matrix(responsibilities)),
      ("concentration", .numbers(globals.weights.concentration)),
      ("mean", .matrix(globals.components.map(\.mean))),
      ("kappa", .numbers(globals.components.map(\.kappa))),
      ("dof", .numbers(globals.components.map(\.dof))),
      ("scale", .array(globals.components.map { .matrix($0.scale) })),
    ])
  }

  /// What the global factors tell their children.
  fileprivate func expectedStatistics() throws -> JSON {
    let expected = try expected()
    return .object([
      ("logWeights", .numbers(try globals.weights.meanParameters())),
      ("logDeterminant", .numbers(expected.map(\.logDeterminant))),
      ("precision", .array(expected.map { .matrix($0.precision) })),
      ("precisionTimesMean", .matrix(expected.map(\.precisionTimesMean))),
      ("quadratic", .numbers(expected.map(\.quadratic))),
    ])
  }
}

extension MixtureSweep {
  /// The ELBO at both halves, and its terms after the second.
  fileprivate var json: JSON {
    .object([
      ("afterGlobals", .number(afterGlobals.elbo.value)),
      ("afterLocals", .number(afterLocals.elbo.value)),
      ("terms", .object(afterLocals.named.map { (key: $0.name, value: .number($0.value)) })),
    ])
  }
}
