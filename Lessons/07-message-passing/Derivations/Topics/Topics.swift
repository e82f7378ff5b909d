import Approximate
import GSL
import LessonKit
import Probability

extension TopicsDerivation {
  /// The library's graph of the model, and the ways to get it wrong.
  static let derivation = Derivation<Parts, TopicsProblem>(
    id: "topics", title: "Topics", example: .example, draw: { try .random(&$0) }, checks: checks,
    answer: answer, mistakes: mistakes,
    afterChain: """
      Nothing in the chain is special to words: the graph is a list of factors, and each is a \
      line of the code.
      """)

  private static let answer = Parts(
    logMixture: { problem in
      problem.tokens.reduce(0) { sum, token in
        sum + log(dot(problem.proportions, problem.topics.map { $0[token.word] }))
      }
    },
    logEvidence: { logSumExp(try $0.assignments().map(\.logJoint)) },
    bound: { problem in
      let graph = try graph(problem)
      return try graph.elbo().value
    })

  /// π_d, φ_k and z of every word; the Dirichlet beliefs are the best for the rows of z.
  static func graph(_ problem: TopicsProblem) throws -> MessageGraph {
    let rows = problem.start.map { [$0, 1 - $0] }
    let q = problem.posteriors(rows)
    let (documents, topics) = (problem.documents.count, problem.alpha.count)
    var nodes: [(name: String, belief: NodeBelief)] = try q.documents.enumerated().map {
      ("π_\($0)", .free(try DirichletLaw(concentration: $1)))
    }
    nodes += try q.topics.enumerated().map {
      ("φ_\($0)", .free(try DirichletLaw(concentration: $1)))
    }
    nodes += try rows.enumerated().map {
      ("z_\($0)", .free(try CategoricalLaw(meanParameters: $1)))
    }
    var factors = try (0..<documents).map {
      try LogFactor.prior("p(π_\($0))", of: $0, DirichletLaw(concentration: problem.alpha))
    }
    for k in 0..<topics {
      factors.append(
        try .prior("p(φ_\(k))", of: documents + k, DirichletLaw(concentration: problem.beta)))
    }
    // listing: 07 topics
    for (n, token) in problem.tokens.enumerated() {
      let z = documents + topics + n
      factors.append(
        .choice("p(z_\(n)|π)", z, among: topics, weights: token.document))
      factors.append(
        .gated(
          "p(w_\(n)|z_\(n), φ)", choice: z,
          components: Array(documents..<(documents + topics)),
          statistics: problem.beta.indices.map { $0 == token.word ? 1 : 0 }))
    }
    // end of listing
    return try MessageGraph(nodes: nodes, factors: factors)
  }

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "one-topic-a-document", "draws one topic for the whole document: a mixture of unigrams",
      \.logMixture
    ) { problem in
      problem.documents.reduce(0) { sum, words in
        sum
          + log(
            problem.proportions.indices.reduce(0) { mixed, k in
              mixed + words.reduce(problem.proportions[k]) { $0 * problem.topics[k][$1] }
            })
      }
    },
    Mistake(
      "bags-of-words", "counts the orders of the words too", \.logEvidence,
      from: { right in
        { problem in
          try right(problem)
            + problem.documents.reduce(0) { try $0 + SpecialFunctions.logFactorial($1.count).value }
        }
      }),
    Mistake(
      "leaves-out-the-topics",
      "no divergence of q(φ) from its prior: the topics are fitted for nothing",
      \.bound,
      from: { right in
        { problem in
          let q = problem.posteriors(problem.start.map { [$0, 1 - $0] })
          let prior = try DirichletLaw(concentration: problem.beta)
          return try q.topics.reduce(right(problem)) {
            try $0 + DirichletLaw(concentration: $1).bregmanDivergence(from: prior)
          }
        }
      }),
  ]
}
