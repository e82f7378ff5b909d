import Interchange
import JSONText
import Exact
import Kernels
import Models

extension Workload {
  /// All workloads, in the order of the help; the only place that names them.
  static let all: [Workload] =
    [16, 20].flatMap { factors in
      [
        Workload(
          "latent-factor-d\(factors)", "evidence", threads: evidenceThreads, decode: latentFactor,
          run: Operations.evidence, answer: Answers.logEvidence),
        Workload(
          "latent-factor-d\(factors)", "gradient", threads: gradientThreads, decode: latentFactor,
          run: Operations.gradient, answer: Answers.latentFactor),
      ]
    } + [
      Workload(
        "hmm-k32-t2000", "evidence", decode: hiddenMarkov, run: Operations.evidence,
        answer: Answers.logEvidence),
      Workload(
        "hmm-k32-t2000", "counts", decode: hiddenMarkov, run: Operations.counts,
        answer: Answers.expectations),
      Workload(
        "hmm-k32-t2000", "best-path", decode: hiddenMarkov, run: Operations.bestPaths,
        answer: Answers.bestPaths),
      Workload(
        "pcfg-12-n24", "evidence", decode: grammar, run: Operations.evidence,
        answer: Answers.logEvidence),
      Workload(
        "spanning-tree-n40-multi-root", "marginals", decode: spanningTree,
        run: Operations.marginals, answer: Answers.spanningTree),
      Workload(
        "spanning-tree-n40-single-root", "marginals", decode: spanningTree,
        run: Operations.marginals, answer: Answers.spanningTree),
      Workload(
        "lds-4-2-t2000", "smoother", decode: linearDynamical, run: Operations.smoother,
        answer: Answers.smoothed),
      Workload(
        "sbn-16-16", "evidence", threads: beliefThreads, decode: beliefNetwork,
        run: Operations.evidence, answer: Answers.beliefNetwork),
      Workload(
        "alarm-ten-evidence", "cold", decode: network, run: Operations.posteriors,
        answer: Answers.network),
      Workload(
        "alarm-ten-evidence", "warm", decode: CompiledNetwork.init, run: Operations.posteriors,
        answer: Answers.network),
      Workload(
        "nvil-step", operationsPerCall: Operations.trainingSteps, decode: TrainingInput.init,
        run: Operations.train, answer: { ["elboEstimates": .numbers($0)] }),
      Workload(
        "wake-sleep-step", operationsPerCall: Operations.trainingSteps,
        decode: WakeSleepInput.init, run: Operations.wakeSleep,
        answer: { ["top": .numbers($0.generative.bias)] }),
      Workload(
        "vb-gmm-n5000-k10", decode: MixtureInput.init, run: Operations.ascend,
        answer: { ["bound": .number($0)] }),
      Workload(
        "vae-digits", "epoch", decode: AutoencoderInput.init, run: Operations.epoch,
        answer: { ["loss": .number($0)] }),
      Workload(
        "particle-filter-n1000-t1000", decode: ParticleInput.init, run: Operations.filter,
        answer: { ["logEvidenceEstimate": .number($0)] }),
      Workload(
        "exact-moments-d10-s2", threads: { _ in processorCount() }, decode: EstimatorInput.init,
        run: Operations.moments, answer: Answers.moments),
    ]

  // MARK: From the top of a file to the model

  private static func latentFactor(_ file: JSONPlace) throws -> LatentFactorSpec {
    try LatentFactorSpec(try file.member("spec"))
  }

  private static func hiddenMarkov(_ file: JSONPlace) throws -> [HiddenMarkovInput] {
    try HiddenMarkovSpec(try file.member("spec")).inputs
  }

  private static func grammar(_ file: JSONPlace) throws -> GrammarSpec {
    try GrammarSpec(try file.member("spec"))
  }

  private static func spanningTree(_ file: JSONPlace) throws -> SpanningTreeSpec {
    try SpanningTreeSpec(try file.member("spec"))
  }

  private static func linearDynamical(_ file: JSONPlace) throws -> LinearDynamicalSpec {
    try LinearDynamicalSpec(try file.member("spec"))
  }

  private static func beliefNetwork(_ file: JSONPlace) throws -> BeliefNetworkSpec {
    try BeliefNetworkSpec(try file.member("spec"))
  }

  private static func network(_ file: JSONPlace) throws -> BayesianNetworkSpec {
    try BayesianNetworkSpec(try file.member("spec"))
  }

  private static func evidenceThreads(_ spec: LatentFactorSpec) -> Int {
    factorisedSumThreads(
      factors: spec.model.factorCount, words: spec.model.wordCount, withGradient: false)
  }

  private static func gradientThreads(_ spec: LatentFactorSpec) -> Int {
    factorisedSumThreads(
      factors: spec.model.factorCount, words: spec.model.wordCount, withGradient: true)
  }

  private static func beliefThreads(_ spec: BeliefNetworkSpec) -> Int {
    BeliefNetworkPosterior.factorisingThreads(spec.network)
  }
}
