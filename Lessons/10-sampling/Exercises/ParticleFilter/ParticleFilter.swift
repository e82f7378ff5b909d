import Approximate
import GSL
import LessonKit
import Models
import Probability

extension ParticleFilterExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, FilterProblem>(
    id: "particle-filter", title: "Weigh, resample, multiply",
    task: """
      Write the three steps of a particle filter: `log_weight` of a proposal, `ancestors` of the next particles, \
      and `increment`, what a step adds to log Ẑ.
      """,
    hints: [
      "A weight is p(z, x_t|z′) over what z was drawn from.",
      "Particle by particle, draw an index with the probabilities w̄.",
      "Ẑ grows by the mean weight: log Σ_i w_i − log N.",
    ],
    example: try .example(), draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      Ẑ is right on average. Its logarithm is not, and neither is the histogram that it \
      divides:
      """)

  static let answer = Parts(
    logWeight: { problem, step, from, state in
      log(move(problem).joint(step, from: from)[state])
        - log(problem.proposal[step][from ?? 0][state])
    },
    ancestors: { try Resampling.multinomial.ancestors($0, &$1) },
    increment: { weighted($0).bound },
    run: { problem, particles, choices in
      let move = move(problem)
      let run = try ParticleFilter(particles: particles, steps: problem.steps)
        .run(&choices) { (step, from, choices: inout Exhaustive) throws(ChoiceError) in
          try move(step, from, &choices)
        }
      return Run(
        logEvidence: run.logEvidence,
        filter: run.last.map { last in
          last.average { particle in [0, 1].map { $0 == particle.state ? 1 : 0 } }
        })
    })

  static func move(_ problem: FilterProblem) -> HiddenMarkovMove {
    HiddenMarkovMove(problem.sequence, .given(problem.proposal))
  }

  private static func weighted(_ logWeights: [Double]) -> WeightedDraws<Int> {
    WeightedDraws(Array(logWeights.indices)) { logWeights[$0] }
  }
}

// MARK: The ways to get it wrong

extension ParticleFilterExercise {
  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "weighs-as-bootstrap", "p(x_t|z), though z was not drawn from p(z|z′)", \.logWeight
    ) { problem, step, _, state in
      log(problem.sequence.model.emission[state][problem.sequence.observations[step]])
    }.and(\.run, madeOf: { assembled($0) }),
    Mistake(
      "forgets-the-observation", "p(z|z′)/q(z|z′), without p(x_t|z)", \.logWeight
    ) { problem, step, from, state in
      log(problem.prior[step][from ?? 0][state]) - log(problem.proposal[step][from ?? 0][state])
    }.and(\.run, madeOf: { assembled($0) }),
    Mistake(
      "sums-the-weights", "multiplies the sums of the weights: a factor N every step", \.increment
    ) { logSumExp($0) }.and(\.run, madeOf: { assembled($0) }),
    Mistake(
      "averages-the-logarithms", "adds the mean of log w: no run can die, none is unbiased",
      \.increment
    ) { logWeights in
      logWeights.reduce(0) { $0 + max($1, -700) } / Double(logWeights.count)
    }.and(\.run, madeOf: { assembled($0) }),
    Mistake(
      "revives-the-dead", "starts anew with equal weights where all are zero",
      source: "treeppl #64 reports an evidence of 1 for a model that can die out", \.increment
    ) { logWeights in
      let total = logSumExp(logWeights)
      return total == -.infinity ? 0 : total - log(Double(logWeights.count))
    }.and(\.run, madeOf: { assembled($0) }),
    Mistake(
      "keeps-the-first", "the first particle is its own ancestor, whatever it weighs",
      source: "mcl_3dl #232", \.ancestors,
      from: { right in
        { weights, choices in [0] + (try right(weights, &choices)).dropFirst() }
      }
    ).and(\.run, madeOf: { assembled($0) }),
    Mistake(
      "never-resamples", "each particle descends from itself, and its old weight is forgotten",
      source: "pf #18; MacroEconometricModels #128", \.ancestors
    ) { weights, _ in Array(weights.indices) }.and(\.run, madeOf: { assembled($0) }),
    Mistake(
      "follows-the-heaviest", "everyone descends from the particle of the largest weight",
      \.ancestors
    ) { weights, _ in
      weights.map { _ in weights.firstIndex(of: weights.max() ?? 0) ?? 0 }
    }.and(\.run, madeOf: { assembled($0) }),
    Mistake(
      "counts-weights-twice", "keeps the weights after they have been resampled by",
      source: "Kalman-and-Bayesian-Filters-in-Python #146", \.run
    ) { try assembled(answer, carries: true)($0, $1, &$2) },
    Mistake("plain-histogram", "reads the filter off the last particles without weights", \.run) {
      try assembled(answer, weighs: false)($0, $1, &$2)
    },
  ]

  /// A run made of its parts.
  private static func assembled(
    _ parts: Parts, carries: Bool = false, weighs: Bool = true
  ) -> @Sendable (FilterProblem, Int, inout Exhaustive) throws -> Run {
    { problem, particles, choices in
      var parents = [Int?](repeating: nil, count: particles)
      var carried = [Double](repeating: 0, count: particles)
      var (logEvidence, histogram) = (0.0, [0.0, 0.0])
      for step in 0..<problem.steps {
        var states: [Int] = []
        for parent in parents {
          states.append(try choices.choose(problem.proposal[step][parent ?? 0]))
        }
        let logWeights = states.indices.map {
          carried[$0] + parts.logWeight(problem, step, parents[$0], states[$0])
        }
        logEvidence += parts.increment(logWeights)
        let total = logSumExp(logWeights)
        guard logEvidence > -.infinity else { return Run(logEvidence: logEvidence, filter: nil) }
        let weights = logWeights.map {
          total == -.infinity ? 1 / Double(particles) : exp($0 - total)
        }
        histogram = [0, 1].map { state in
          states.indices.reduce(0) {
            $0 + (states[$1] == state ? (weighs ? weights[$1] : 1 / Double(particles)) : 0)
          }
        }
        let ancestors = try parts.ancestors(weights, &choices)
        parents = ancestors.map { states[$0] }
        if carries { carried = ancestors.map { log(weights[$0] * Double(particles)) } }
      }
      return Run(logEvidence: logEvidence, filter: histogram)
    }
  }
}
