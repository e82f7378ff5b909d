import Approximate
import GSL
import LessonKit
import Models
import Probability

extension SwitchingExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, SwitchProblem>(
    id: "switching",
    title: "The two halves of a sweep",
    task: """
      Write `averaged`, `trajectories`, `switches` and `bounds`: average the log dynamics over q(r), smooth, \
      average them over q(z), pass messages along the chain of r, and say what the ELBO is after each half.
      """,
    hints: [
      "1/U = Σ_k q_k/Q_k and M = U Σ_k q_k A_k/Q_k: precisions are averaged.",
      "D = Σ_k q_k (A_k − M)²/Q_k. Leaving it out makes q(z) too sure of itself.",
      "With s = t − 1: E[(z_t − A z_s)²] = (m_t − A m_s)² + v_t − 2 A Cov(z_t, z_s) + A² v_s.",
      "r₀ has no potential but log π: it selects nothing.",
    ],
    example: try .fourSteps(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    handin: handin,
    afterChain: """
      Both factors are as good as they can be, one given the other. What that does to the bound is the \
      test of any program of this kind:
      """)

  static let answer = Parts(
    averaged: { problem, weights in
      let (mean, variance, doubt) = try ascent(problem).averagedDynamics(weights)
      return Averaged(mean: mean[0][0], variance: variance[0][0], doubt: doubt[0][0])
    },
    trajectories: { problem in
      moments(try ascent(problem).trajectories(given: start(problem)).law)
    },
    switches: { try ascent($0).sweep(from: start($0)).switches.marginals },
    bounds: { problem in
      let sweep = try ascent(problem).sweep(from: start(problem))
      return [sweep.afterTrajectories.value, sweep.afterSwitches.value]
    })

  static func ascent(_ problem: SwitchProblem) throws -> StructuredMeanField {
    try StructuredMeanField(of: problem.sequence)
  }

  static func start(_ problem: SwitchProblem) -> SwitchFactor {
    SwitchFactor(independent: problem.start)
  }

  static func moments(_ law: GaussianChainLaw) -> Moments {
    let states = law.forward.indices.map(law.state)
    return Moments(
      means: states.map { $0.mean[0] }, variances: states.map { $0.covariance[0] },
      neighbours: states.indices.dropLast().map { law.crossCovariance(after: $0)[0][0] })
  }
}

// MARK: The ways to get it wrong

extension SwitchingExercise {
  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "averages-covariances", "takes U = Σ q_k Q_k, as if noises were averaged", \.averaged,
      from: { right in
        { problem, weights in
          var step = try right(problem, weights)
          step.variance = zip(weights, problem.moves).reduce(0) { $0 + $1.0 * $1.1.noise }
          return step
        }
      }),
    Mistake(
      "averages-the-matrices", "takes M = Σ q_k A_k, without the precisions", \.averaged,
      from: { right in
        { problem, weights in
          var step = try right(problem, weights)
          step.mean = zip(weights, problem.moves).reduce(0) { $0 + $1.0 * $1.1.dynamics }
          return step
        }
      }),
    Mistake(
      "forgets-the-doubt", "leaves out D: the mean dynamics are taken for sure ones", \.averaged,
      from: { right in
        { problem, weights in
          var step = try right(problem, weights)
          step.doubt = 0
          return step
        }
      }),
    Mistake(
      "takes-states-as-known", "smooths with the most probable state of each step",
      source: "L0, alternation with known states; E-007", \.trajectories,
      { problem in
        moments(try ascent(problem).trajectories(given: start(problem).mostProbable).law)
      }),
    Mistake(
      "filters", "stops after the pass from the past", \.trajectories,
      { problem in
        let law = try ascent(problem).trajectories(given: start(problem)).law
        var wrong = moments(law)
        for (t, belief) in law.forward.enumerated() {
          let filtered = belief.conditioned(on: law.chain.potentials[t]).belief
          wrong.means[t] = filtered.mean[0]
          wrong.variances[t] = filtered.covariance[0]
        }
        return wrong
      }),
    Mistake(
      "plugs-in-the-mean", "takes log N(E[z_t]; A_k E[z_(t−1)], Q_k) for its mean", \.switches,
      { problem in
        try fromMeans(problem) { means, _, _, t, a in
          let away = means[t] - a * means[t - 1]
          return away * away
        }
      }),
    Mistake(
      "independent-neighbours", "leaves Cov(z_t, z_(t−1)) out of E[(z_t − A_k z_(t−1))²]",
      source: "StateSpaceDynamics.jl #145 sampled marginals instead of the joint", \.switches,
      { problem in
        try fromMeans(problem) { means, variances, _, t, a in
          let away = means[t] - a * means[t - 1]
          return away * away + variances[t] + a * a * variances[t - 1]
        }
      }),
    Mistake(
      "entropy-of-marginals", "adds Σ_t H(q(r_t)) for H(q(r)): pairs are forgotten", \.bounds,
      from: { right in
        { problem in
          var bounds = try right(problem)
          let switches = try ascent(problem).sweep(from: start(problem)).switches
          for (t, pairs) in switches.pairs.enumerated() {
            let independent =
              entropy(of: switches.marginals[t])
              + entropy(of: switches.marginals[t + 1])
            bounds[1] += independent - entropy(of: pairs.flatMap { $0 })
          }
          return bounds
        }
      }),
    Mistake(
      "forgets-the-normalisers", "leaves Σ_k q_k ½ log 2πQ_k out of both bounds", \.bounds,
      from: { right in
        { problem in
          var bounds = try right(problem)
          for t in problem.start.indices.dropFirst() {
            for (weight, move) in zip(problem.start[t], problem.moves) {
              let part = weight * 0.5 * log(2 * Double.pi * move.noise)
              bounds[0] += part
              bounds[1] += part
            }
          }
          return bounds
        }
      }),
  ]

  /// q(r) from squares E[(z_t − A_k z_(t−1))²] that something else says.
  private static func fromMeans(
    _ problem: SwitchProblem,
    _ square: ([Double], [Double], [Double], Int, Double) -> Double
  ) throws -> [[Double]] {
    let right = moments(try ascent(problem).trajectories(given: start(problem)).law)
    let system = problem.sequence.system
    let potentials = problem.outputs.indices.dropFirst().map { t in
      problem.moves.map { move in
        -0.5 * log(2 * Double.pi * move.noise) - 0.5
          * square(right.means, right.variances, right.neighbours, t, move.dynamics) / move.noise
      }
    }
    let law = try markov(system.initialState, system.transition, potentials)
    return (0..<problem.start.count).map(law.stateMarginals)
  }

  /// The law of a chain with a potential for each state from step 1 on.
  static func markov(
    _ initial: [Double], _ transition: [[Double]], _ potentials: [[Double]]
  ) throws -> ChainLaw {
    let steps = transition.map { $0.map { log($0) } }
    let chain = try ChainPotentials(
      nodes: [initial.map { log($0) }] + potentials, edges: potentials.map { _ in steps })
    guard let law = ChainLaw(chain) else { throw ChainIsEmpty() }
    return law
  }

  private struct ChainIsEmpty: Error {}
}
