import Exact
import Interchange
import JSONText
import Models
import Probability

extension Workload {
  /// All workloads, in the order of the help; the only place that names them.
  static let all: [Workload] = [
    Workload(
      "latent-factor-d16", "evidence", decode: latentFactor, run: Operations.evidence,
      answer: logEvidence),
    Workload(
      "latent-factor-d16", "gradient", decode: latentFactor, run: Operations.gradient,
      answer: \.json),
    Workload(
      "latent-factor-d20", "evidence", decode: latentFactor, run: Operations.evidence,
      answer: logEvidence),
    Workload(
      "latent-factor-d20", "gradient", decode: latentFactor, run: Operations.gradient,
      answer: \.json),
    Workload(
      "lds-4-2-t2000", "smoother", decode: linearDynamical, run: Operations.smoother,
      answer: smoothed),
    Workload(
      "sbn-16-16", "evidence", decode: beliefNetwork, run: Operations.evidence,
      answer: topMarginals),
    Workload(
      "nvil-step", operationsPerCall: Operations.trainingSteps, decode: TrainingInput.init,
      run: Operations.train, answer: { ["elboEstimates": .numbers($0)] }),
  ]

  private static func logEvidence(_ values: [Double]) -> JSON {
    ["logEvidence": .numbers(values)]
  }

  private static func latentFactor(_ file: JSONPlace) throws -> LatentFactorSpec {
    try LatentFactorSpec(try file.member("spec"))
  }

  private static func linearDynamical(_ file: JSONPlace) throws -> LinearDynamicalSpec {
    try LinearDynamicalSpec(try file.member("spec"))
  }

  private static func smoothed(_ posteriors: [StateSpacePosterior]) -> JSON {
    [
      "logEvidence": .numbers(posteriors.map(\.logEvidence.value)),
      "smoothedMeans": .array(
        posteriors.map { posterior in .matrix((0..<posterior.length).map(posterior.mean)) }),
      "smoothedCovariances": .array(
        posteriors.map { posterior in
          .array((0..<posterior.length).map { .matrix(posterior.covariance(at: $0)) })
        }),
    ]
  }

  private static func beliefNetwork(_ file: JSONPlace) throws -> BeliefNetworkSpec {
    try BeliefNetworkSpec(try file.member("spec"))
  }

  private static func topMarginals(_ answers: [BeliefNetworkAnswer]) -> JSON {
    [
      "logEvidence": .numbers(answers.map(\.logEvidence.value)),
      "posteriorMarginals": .matrix(answers.map(\.topMarginals)),
    ]
  }
}
