import Exact
import Interchange
import JSONText
import Probability

/// A network whose junction tree stands ready, and its pieces of evidence.
struct CompiledNetwork: Sendable {
  let spec: BayesianNetworkSpec
  let graph: CompiledFactorGraph

  /// From the top of a file.
  init(_ file: JSONPlace) throws {
    spec = try BayesianNetworkSpec(try file.member("spec"))
    graph = try CompiledFactorGraph(spec.graph)
  }
}

/// What was found of a network, with the names of its variables.
struct NetworkAnswer {
  let spec: BayesianNetworkSpec
  let posteriors: [FactorGraphPosterior]
}

extension Operations {
  /// The tree, then the evidence and all marginals of each piece of evidence.
  static func posteriors(_ spec: BayesianNetworkSpec) throws -> NetworkAnswer {
    NetworkAnswer(
      spec: spec, posteriors: try ExactAnswers(of: spec.graph, evidence: spec.evidence).posteriors)
  }

  /// The same with a tree that is there already.
  static func posteriors(_ network: CompiledNetwork) throws -> NetworkAnswer {
    NetworkAnswer(
      spec: network.spec,
      posteriors: try network.spec.evidence.map { try network.graph.posterior($0) })
  }
}

extension Answers {
  static func network(_ answer: NetworkAnswer) -> JSON {
    [
      "logEvidence": .numbers(answer.posteriors.map(\.logEvidence.value)),
      "posteriorMarginals": answer.spec.marginals(of: answer.posteriors),
    ]
  }
}
