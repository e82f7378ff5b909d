import Exact
import GSL
import LessonKit
import Probability
import Verification

/// Derivation `topics`: latent Dirichlet allocation is a graph of the same nodes.
enum TopicsDerivation {
  /// What is judged.
  struct Parts: Sendable {
    /// log p(w|π, φ), every document with the same π.
    var logMixture: @Sendable (TopicsProblem) throws -> Double
    /// log p(w), all assignments added up.
    var logEvidence: @Sendable (TopicsProblem) throws -> Double
    /// The ELBO of the graph where it begins.
    var bound: @Sendable (TopicsProblem) throws -> Double
  }

  typealias Check = LessonKit.Check<Parts, TopicsProblem>

  static let checks: [Check] = [mixture, urns, gap]

  private static let rounding = Rounding.of(
    terms: 2048, size: 30, because: "32 assignments, each from log-partitions of size 10")

  static let mixture = Check(
    "mixture", "log p(w|π,φ) = Σ_d Σ_n log Σ_k π_k φ_{k,w_dn}",
    because: "each word draws its own topic from its document's weights", claims: ["A-205"],
    as: .specialCase
  ) { parts, problem in
    // Every assignment of topics to words, one by one.
    let tokens = problem.tokens
    let terms = (0..<(1 << tokens.count)).map { state in
      tokens.indices.reduce(0) { sum, n in
        let k = (state >> n) & 1
        return sum + log(problem.proportions[k]) + log(problem.topics[k][tokens[n].word])
      }
    }
    return .equal(logSumExp(terms), try parts.logMixture(problem), rounding: rounding)
  }

  static let urns = Check(
    "urns", "log p(w) = log Σ_z p(w,z)",
    because: "π and φ integrated out: urns for documents and topics, all Kᴺ histories",
    claims: ["A-205"], as: .step
  ) { parts, problem in
    .equal(problem.logEvidenceByUrns(), try parts.logEvidence(problem), rounding: rounding)
  }

  static let gap = Check(
    "gap", "log Σ_z p(w,z) = ELBO + KL(q‖p(z,π,φ|w))",
    because: "the graph's terms, factor by factor, miss log p(w) by the divergence",
    claims: ["A-205"],
    as: .step
  ) { parts, problem in
    .equal(
      logSumExp(try problem.assignments().map(\.logJoint)),
      try parts.bound(problem)
        + problem.divergenceFromPosterior(problem.start.map { [$0, 1 - $0] }),
      rounding: rounding)
  }
}
