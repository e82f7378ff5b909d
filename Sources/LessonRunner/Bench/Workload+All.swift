import Interchange
import JSONText

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
      "nvil-step", operationsPerCall: Operations.trainingSteps, decode: TrainingInput.init,
      run: Operations.train, answer: { ["elboEstimates": .numbers($0)] }),
  ]

  private static func logEvidence(_ values: [Double]) -> JSON {
    ["logEvidence": .numbers(values)]
  }

  private static func latentFactor(_ file: JSONPlace) throws -> LatentFactorSpec {
    try LatentFactorSpec(try file.member("spec"))
  }
}
