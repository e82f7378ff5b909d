import Approximate
import GSL
import LessonKit
import Probability

extension MessagesExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, MessagesProblem>(
    id: "messages", title: "What nodes tell each other",
    task: """
      Write `toParent`: the message of x_(t+1) to x_t, two numbers that are added to the natural parameters \
      of q(x_t).
      """,
    hints: [
      "Write log N(x_(t+1); a x_t, 1/τ) out and look for x_t and x_t².",
      "What stands at x_t is τ a x_(t+1); x_(t+1) is not known, so its mean goes in.",
      "(τ a E[x_(t+1)], −½ τ a²).",
    ],
    example: .example, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      When nothing moves any more, the means are exact, and every variance is too small or just \
      right. The last line is another graph, in which a child has two parents:
      """)

  static let answer = Parts(
    toChild: { eta in
      let node = NodeBelief.free(try NormalLaw(naturalParameters: eta))
      return try MessageGraph(nodes: [("x", node)], factors: []).meanParameters(of: 0)
    },
    toParent: { problem, t in
      let graph = try graph(problem)
      return graph.factors[t + 1].message(to: t, size: 2) {
        graph.meanParameters(of: $0.node)[$0.index]
      }
    },
    target: { problem, t in try graph(problem).target(t) },
    blanket: { problem, t in try graph(problem).blanket(of: t) },
    halfStep: { problem, t in
      var graph = try graph(problem)
      let update = try graph.move(t, 0.5)
      return HalfStep(natural: naturalParameters(graph, t), gain: update.gain)
    },
    ledger: { problem in
      var graph = try graph(problem)
      return try graph.sweep().map(\.gain)
    },
    fixedPoint: { problem in
      var graph = try graph(problem)
      try graph.settle(limit: 60)
      let all = (0..<problem.count).map { graph.meanParameters(of: $0) }
      return (all.map { $0[0] }, all.map { $0[1] - $0[0] * $0[0] })
    },
    coParent: { problem in
      var graph = try coParentGraph(problem)
      try graph.update(0)
      return graph.meanParameters(of: 0)[0]
    })

  /// Nodes x_0 … x_(T−1), y_0 … y_(T−1); the factor of x_t is number t, that of y_t number T + t.
  static func graph(_ problem: MessagesProblem) throws -> MessageGraph {
    let count = problem.count
    var nodes: [(name: String, belief: NodeBelief)] = (0..<count).map {
      ("x_\($0)", .free(NormalLaw(mean: problem.means[$0], variance: problem.variances[$0])))
    }
    nodes += problem.observations.enumerated().map { ("y_\($0)", .known([$1, $1 * $1])) }
    var factors = [LogFactor.normal("p(x_0)", 0, mean: [], precision: 1)]
    for t in 1..<count {
      factors.append(
        .normal(
          "p(x_\(t)|x_\(t - 1))", t, mean: [(problem.dynamics, t - 1)],
          precision: problem.dynamicsPrecision))
    }
    for t in 0..<count {
      factors.append(
        .normal(
          "p(y_\(t)|x_\(t))", count + t, mean: [(1, t)], precision: problem.observationPrecision))
    }
    return try MessageGraph(nodes: nodes, factors: factors)
  }

  /// η of what is believed of a node.
  private static func naturalParameters(_ graph: MessageGraph, _ t: Int) -> [Double] {
    guard case .free(let law) = graph.beliefs[t] else { return [] }
    return law.naturalParameters
  }

  /// Y, X₁, X₂, C₁, C₂: X₁ ~ N(Y + C₁, 1), X₂ ~ N(Y + C₂, 1), Y ~ N(0, 1).
  private static func coParentGraph(_ problem: MessagesProblem) throws -> MessageGraph {
    let known = { (x: Double) in NodeBelief.known([x, x * x]) }
    return try MessageGraph(
      nodes: [
        ("Y", .free(NormalLaw(mean: 0, variance: 1))), ("X₁", known(problem.children[0])),
        ("X₂", known(problem.children[1])), ("C₁", known(problem.coParents[0])),
        ("C₂", known(problem.coParents[1])),
      ],
      factors: [
        .normal("p(Y)", 0, mean: [], precision: 1),
        .normal("p(X₁|Y, C₁)", 1, mean: [(1, 0), (1, 3)], precision: 1),
        .normal("p(X₂|Y, C₂)", 2, mean: [(1, 0), (1, 4)], precision: 1),
      ])
  }

  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "tells-its-parameters", "a parent tells its natural parameters η in place of E[t(x)]",
      \.toChild
    ) { (natural: [Double]) -> [Double] in natural },
    Mistake(
      "forgets-the-slope", "τ E[x_(t+1)] and −½ τ, without the a of the chain", \.toParent
    ) { problem, t in
      let w = problem.dynamicsPrecision
      return [w * problem.means[t + 1], -0.5 * w]
    },
    Mistake(
      "listens-to-parents-only",
      "leaves the messages of the children out: a prediction, no posterior",
      \.target
    ) { problem, t in
      let (a, w) = (problem.dynamics, problem.dynamicsPrecision)
      return t == 0 ? [0, -0.5] : [w * a * problem.means[t - 1], -0.5 * w]
    },
    Mistake(
      "hears-everyone", "adds a message of every other node, blanket or not", \.target,
      from: { right in
        { problem, t in
          var eta = try right(problem, t)
          for s in 0..<problem.count where abs(s - t) > 1 {
            eta[0] += 0.5 * problem.dynamicsPrecision * problem.dynamics * problem.means[s]
          }
          return eta
        }
      }),
    Mistake(
      "children-and-parents-alone", "the neighbours in the chain, without what is seen", \.blanket
    ) { problem, t in [t - 1, t + 1].filter { (0..<problem.count).contains($0) } },
    Mistake(
      "whole-step", "goes all the way to η̂", \.halfStep
    ) { problem, t in
      var graph = try graph(problem)
      let update = try graph.update(t)
      return HalfStep(natural: naturalParameters(graph, t), gain: update.gain)
    },
    Mistake(
      "ledger-without-entropies", "adds up the means of log f alone", \.ledger
    ) { problem in
      var graph = try graph(problem)
      return try graph.sweep().map { update in
        zip(update.after, update.before).dropLast().reduce(0) { $0 + $1.0.value - $1.1.value }
      }
    },
    Mistake(
      "marginal-variances", "takes the exact marginals' variances for those of the factors",
      source: "SLDS code of StateSpaceDynamics #145 and CoursIA #4610 (mean field called exact)",
      \.fixedPoint,
      from: { right in
        { problem in
          let (n, covariance) = (problem.count, try problem.covariance())
          return (try right(problem).means, (0..<n).map { covariance[$0 * n + $0] })
        }
      }),
    Mistake(
      "stops-after-a-sweep", "one sweep, from left to right", \.fixedPoint
    ) { problem in
      var graph = try graph(problem)
      try graph.sweep()
      let all = (0..<problem.count).map { graph.meanParameters(of: $0) }
      return (all.map { $0[0] }, all.map { $0[1] - $0[0] * $0[0] })
    },
    Mistake(
      "takes-all-co-parents", "takes every co-parent of Y off every child, as printed",
      source: "E-034",
      \.coParent
    ) { problem in
      let both = problem.coParents[0] + problem.coParents[1]
      return (problem.children[0] + problem.children[1] - 2 * both) / 3
    },
  ]
}
