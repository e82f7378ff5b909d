import Approximate
public import Exact
import GSL
import JSONText
import Models
import Probability

extension StructuredMeanFieldSpec: ApproximationSpec {
  /// The bound after both halves of each sweep and the factors at the end, beside the sum over all paths.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> ApproximationAnswer {
    let sequence = ascent.sequence
    let exact = try asking { () throws(ExactRefusal) in
      try ExactAnswers(of: [sequence], request)
    }.posteriors[0]
    let paths = SwitchingPosterior.pathCount(of: sequence)
    let smoothed = SwitchingMeans(of: sequence) { request.progress?($0, paths) }
    let evidence = exact.logEvidence.value
    // The evidence may have taken 32 digits, the means have 16: where these do not do, both differ.
    guard abs(smoothed.logEvidence.value - evidence) <= 1e-9 * max(1, abs(evidence)) else {
      throw .unanswered(.lossy("observations"))
    }
    return try computing {
      let ledger = try ascent.sweeps(sweeps, from: SwitchFactor(independent: stateMarginals))
      let last = ledger[ledger.count - 1]
      let elbo = last.afterSwitches.value
      let steps = 0..<sequence.length
      let states = steps.map(last.trajectories.law.state)
      guard elbo.isFinite, states.allSatisfy({ ($0.mean + $0.covariance).allSatisfy(\.isFinite) })
      else { throw ExactRefusal.overflow("observations") }
      // A bound is below the evidence, whatever q; where rounding lifts it, no digit of it is known.
      let highest = ledger.map { max($0.afterTrajectories.value, $0.afterSwitches.value) }.max()
      guard let highest, highest - evidence <= 1e-9 * max(1, abs(evidence)) else {
        throw ExactRefusal.imprecise("states")
      }
      return ApproximationAnswer(
        members: [
          ("sweeps", .array(ledger.map(\.json))), ("elbo", .number(elbo)),
          ("stateMarginals", .matrix(last.switches.marginals)),
          ("means", .matrix(states.map(\.mean))),
          ("covariances", .array(states.map { .matrix($0.covarianceRows) })),
          ("logEvidence", .number(evidence)), ("klGap", .number(evidence - elbo)),
          (
            "exact",
            .object([
              ("stateMarginals", .matrix(exact.stateMarginals)),
              ("means", .matrix(smoothed.means)),
            ])
          ),
        ],
        sections: sections(ledger, states, exact, smoothed),
        work: [("sweeps", Double(sweeps)), ("paths", paths)])
    }
  }

  private func sections(
    _ ledger: [StructuredMeanField.Sweep], _ states: [StateBelief], _ exact: SwitchingPosterior,
    _ smoothed: SwitchingMeans
  ) -> [OracleSection] {
    let last = ledger[ledger.count - 1]
    let modes = last.switches.marginals[0].indices
    let places = states[0].mean.indices
    return [
      .line(label: "log p(y)", value: exact.logEvidence.value),
      .line(label: "ELBO", value: last.afterSwitches.value),
      .line(
        label: "KL(q‖p(x, s|y))", value: exact.logEvidence.value - last.afterSwitches.value),
    ]
      + OracleSection.table(
        "the ELBO, sweep by sweep", columns: ["sweep", "after q(x)", "after q(s)"],
        count: ledger.count
      ) {
        (
          label: "\($0 + 1)",
          values: [ledger[$0].afterTrajectories.value, ledger[$0].afterSwitches.value]
        )
      }
      + OracleSection.table(
        "states of the chain: q(s_t = k), then p(s_t = k|y)",
        columns: ["step"] + modes.map { "q(\($0))" } + modes.map { "p(\($0))" },
        count: states.count
      ) { (label: "\($0)", values: last.switches.marginals[$0] + exact.stateMarginals[$0]) }
      + OracleSection.table(
        "states x: mean and standard deviation under q, then the exact mean",
        columns: ["step"] + places.flatMap { ["x\($0)", "± x\($0)", "E[x\($0)|y]"] },
        count: states.count
      ) { t in
        (
          label: "\(t)",
          values: places.flatMap {
            [
              states[t].mean[$0], sqrt(states[t].covarianceRows[$0][$0]), smoothed.means[t][$0],
            ]
          }
        )
      }
  }
}

extension StateBelief {
  /// The covariance, row by row.
  fileprivate var covarianceRows: [[Double]] {
    let (n, entries) = (mean.count, covariance)
    return (0..<n).map { Array(entries[$0 * n..<($0 + 1) * n]) }
  }
}

extension StructuredMeanField.Sweep {
  fileprivate var json: JSON {
    .object([
      ("afterContinuous", .number(afterTrajectories.value)),
      ("afterDiscrete", .number(afterSwitches.value)),
    ])
  }
}
