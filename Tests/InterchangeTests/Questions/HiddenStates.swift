import GSL
import JSONText
import Models

@testable import Exact
@testable import Interchange

/// log p(z, x) of every state that is hidden, by its description, for each observation; and, of models
/// that have a normaliser, log of the weight of every state of theirs.
struct HiddenStates {
  private(set) var observed: [[String: Double]] = []
  private(set) var all: [String: Double]?

  /// The states of a model; nil where what is hidden has no list.
  init?(_ spec: any OracleSpec) throws {
    let request = ExactRequest(route: .bruteForce)
    switch spec {
    case let spec as MixtureSpec:
      let (mixture, data) = try spec.product()
      for datum in data {
        let logJoints = mixture.weights.indices.map { k in
          ("\(k)", log(mixture.weights[k]) + mixture.logLikelihood(k, datum))
        }
        observed.append(Dictionary(uniqueKeysWithValues: logJoints))
      }
    case let spec as LatentFactorSpec: for x in spec.documents { try add(x.visitedStates) }
    case let spec as BeliefNetworkSpec:
      for x in spec.observations { try add(spec.network.visitedStates(x)) }
    case let spec as HiddenMarkovSpec: for x in try spec.chains() { try add(x.visited) }
    case let spec as FactorialSpec: for x in spec.sequences { try add(x.visitedPaths) }
    case let spec as SemiMarkovSpec: for x in spec.sequences { try add(x.visitedSegmentations) }
    case let spec as TopicSpec: try add(spec.corpus.visitedAssignments)
    case let spec as GrammarSpec:
      for x in spec.sentences { try add(ListedDerivations(Sentence(spec.grammar, x)).states) }
    case let spec as SpanningTreeSpec: try add(ListedTrees(spec.model).states)
    case let spec as BayesianMixtureSpec:
      try add(spec.mixture.visitedAssignments(spec.observations, request))
    case let spec as SwitchingSpec:
      for x in spec.sequences {
        let law = try x.pathLaw(request)
        try add(law.paths, plus: law.base.value)
      }
    case let spec as RestrictedBoltzmannSpec:
      let machine = spec.machine
      let hidden = HiddenStates.settings(machine.hiddenBias.count)
      for x in spec.observations {
        let weights = hidden.map { ("\($0)", machine.logWeight(x, $0)) }
        observed.append(Dictionary(uniqueKeysWithValues: weights))
      }
      let visible = HiddenStates.settings(machine.visibleBias.count)
      all = Dictionary(
        uniqueKeysWithValues: visible.flatMap { v in
          hidden.map { ("\(v)\($0)", machine.logWeight(v, $0)) }
        })
    case let spec as any FactorGraphOracle:
      for x in spec.evidence { try add(VisitedStates(of: spec.graph, evidence: x)) }
      if !spec.isNormalised {
        let nothing = spec.graph.cardinalities.map { _ in Int?.none }
        all = try HiddenStates.list(VisitedStates(of: spec.graph, evidence: nothing))
      }
    default: return nil
    }
  }

  private mutating func add<State>(_ states: VisitedStates<State>, plus base: Double = 0) throws {
    observed.append(try HiddenStates.list(states, plus: base))
  }

  private static func list<State>(
    _ states: VisitedStates<State>, plus base: Double = 0
  ) throws -> [String: Double] {
    var list: [String: Double] = [:]
    try states.visit { list["\($0)"] = $1.high + base }
    return list
  }

  private static func settings(_ count: Int) -> [[Bool]] {
    (0..<1 << count).map { number in (0..<count).map { number >> $0 & 1 == 1 } }
  }
}
