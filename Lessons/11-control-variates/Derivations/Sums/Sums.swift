import Approximate
import GSL
import LessonKit
import Models
import Probability

extension SumsDerivation {
  /// The derivation, the library's estimators, and the ways to get them wrong.
  static let derivation = Derivation<Parts, SumsProblem>(
    id: "sums", title: "Summed in place of drawn", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      The first line below is the variance of this estimator, the other two are about estimators \
      that sum over something else:
      """)

  static let answer = Parts(
    local: { try Zoo.estimate("local-expectation", of: $0, &$1) },
    sharedNoise: { try Zoo.estimate("common-noise-marginal", of: $0, &$1) },
    partial: { try Zoo.estimate("partial-enumeration", ["sum": .numbers([0])], of: $0, &$1) },
    localSignals: { try Zoo.estimate("local-signals", of: $0, &$1) },
    twice: { try Zoo.estimate("dice", ["order": .number(2)], of: $0, &$1) },
    remembered: { problem, least, choices in
      let settings: [String: ZooValue] = ["memory": .numbers([0, 1]), "clip": .number(least)]
      return try Zoo.estimate("memory-augmented", settings, of: problem, &choices)
    },
    unordered: { problem, baseline, choices in
      let settings: [String: ZooValue] = ["samples": .number(2), "baseline": .flag(baseline)]
      return try Zoo.estimate("unordered-set", settings, of: problem, &choices)
    },
    arrivals: { problem, pair, time in
      var run = problem.run(pair, time)
      let settings: [String: ZooValue] = ["samples": .number(2), "version": .word("plain")]
      return try Zoo.estimate("without-replacement", settings, of: problem.states, &run)
    })
}

extension SumsProblem {
  /// A run in which two states come before a time and the third at it.
  func run(_ pair: [Int], _ time: Double) -> GivenRun {
    GivenRun(
      uniforms: states.law.probabilities.enumerated().map { state, rate in
        -expm1(-rate * (pair.contains(state) ? 0.5 * time : time))
      })
  }
}

// MARK: The ways to get it wrong

extension SumsDerivation {
  private static let mistakes: [Mistake<Parts>] = [
    Mistake("draws-the-bit-too", "f s at the draw: nothing is summed", \.local) {
      problem, choices in
      let z = try problem.law.sample(&choices)
      return problem.law.score(z).map { problem.signals[z] * $0 }
    },
    Mistake(
      "weighs-by-what-came-before",
      "p(z_d|z_(d−1)) in place of p(z_d|all others): what comes after is a witness too",
      \.local
    ) { problem, choices in
      let z = try problem.law.sample(&choices)
      let odds = problem.law.conditionalLogits(at: problem.law.points[z])
      return odds.indices.map { d in
        sigmoid(odds[d]) * sigmoid(-odds[d]) * problem.switched(z, d)
      }
    },
    Mistake(
      "holds-what-follows", "bits after d stay as they were drawn, though z_d moves them",
      \.sharedNoise
    ) { problem, choices in
      let z = try problem.law.sample(&choices)
      let odds = problem.law.conditionalLogits(at: problem.law.points[z])
      return odds.indices.map { d in
        sigmoid(odds[d]) * sigmoid(-odds[d]) * problem.switched(z, d)
      }
    },
    Mistake(
      "fresh-noise-below", "bits after d are drawn anew on each side, with noise of their own",
      \.sharedNoise
    ) { problem, choices in
      let law = problem.law
      let z = try law.sample(&choices)
      let odds = law.conditionalLogits(at: law.points[z])
      var runs: [Double] = []
      for first in [1.0, 0] {
        let next = try choices.flip(sigmoid(law.conditionalLogits(at: [first, 0])[1]))
        runs.append(problem.signals[law.state([first, next ? 1 : 0])])
      }
      return [
        sigmoid(odds[0]) * sigmoid(-odds[0]) * (runs[0] - runs[1]),
        sigmoid(odds[1]) * sigmoid(-odds[1]) * problem.switched(z, 1),
      ]
    },
    Mistake("weighs-both-alike", "½ for either value of the bit that is summed", \.partial) {
      problem, choices in
      let z = try problem.law.sample(&choices)
      return [0, 1].map { d in
        [0.0, 1].reduce(0) { sum, first in
          let c = problem.law.state(z, setting: 0, to: first)
          return sum + 0.5 * problem.signals[c] * problem.law.score(c)[d]
        }
      }
    },
    Mistake(
      "counts-a-cost-for-one-bit",
      "each cost for the first bit that it reads, as if the others did not move it",
      \.localSignals
    ) { problem, choices in
      let z = try problem.law.sample(&choices)
      let (b, score) = (problem.law.points[z], problem.law.score(z))
      return [0, 1].map { d in
        (problem.costs ?? []).filter { $0.bits.first == d }.reduce(0) { $0 + $1.value(at: b) }
          * score[d]
      }
    },
    Mistake(
      "differentiates-a-constant-twice",
      "f ∂s_d: the signal of the surrogate was a constant, and s_d² is lost",
      source: "the surrogate losses that Foerster et al. 2018 (DiCE) were written against", \.twice
    ) { problem, choices in
      let z = try problem.law.sample(&choices)
      return problem.law.logits.map { -problem.signals[z] * sigmoid($0) * sigmoid(-$0) }
    },
    Mistake("forgets-the-masses", "½ for either part, whatever q has in it", \.remembered) {
      problem, _, choices in
      let q = problem.law.probabilities
      let i = try choices.flip(q[1] / (q[0] + q[1])) ? 1 : 0
      return q.indices.map { k in
        0.5
          * (problem.signals[i] * problem.law.score(i)[k] + problem.signals[2]
            * problem.law.score(2)[k])
      }
    },
    Mistake("clips-from-above", "the least weight is taken for the largest", \.remembered) {
      problem, least, choices in
      let q = problem.law.probabilities
      let weight = least > 0 ? min(q[0] + q[1], 0.5 * least) : q[0] + q[1]
      let i = try choices.flip(q[1] / (q[0] + q[1])) ? 1 : 0
      return q.indices.map { k in
        weight * problem.signals[i] * problem.law.score(i)[k]
          + (1 - weight) * problem.signals[2] * problem.law.score(2)[k]
      }
    },
    Mistake(
      "averages-the-set", "the mean over the set, as if its states had been drawn independently",
      \.unordered
    ) { problem, _, choices in
      let pair = try problem.pair(&choices)
      return problem.law.logits.indices.map { k in
        pair.reduce(0) { $0 + 0.5 * problem.signals[$1] * problem.law.score($1)[k] }
      }
    },
    Mistake(
      "forgets-its-own-share", "the other state's signal whole, where q_j R_ij of it belongs",
      \.unordered,
      from: { right in
        { problem, baseline, choices in
          guard baseline else { return try right(problem, false, &choices) }
          let pair = try problem.pair(&choices)
          let q = problem.law.probabilities
          let (i, j) = (pair[0], pair[1])
          let share = (1 - q[j]) / (2 - q[i] - q[j])
          let gap = problem.signals[i] - problem.signals[j]
          return q.indices.map { k in
            gap * (share * problem.law.score(i)[k] - (1 - share) * problem.law.score(j)[k])
          }
        }
      }),
    Mistake(
      "normalises-by-default", "divides by the sum of the weights",
      source: "Storchastic: sampling without replacement has `biased=True`, which normalises",
      \.arrivals
    ) { problem, pair, time in
      var run = problem.run(pair, time)
      let settings: [String: ZooValue] = ["samples": .number(2), "version": .word("normalised")]
      return try Zoo.estimate("without-replacement", settings, of: problem.states, &run)
    },
  ]
}

extension DiscreteProblem {
  /// f(z[d ← 1]) − f(z[d ← 0]).
  func switched(_ state: Int, _ d: Int) -> Double {
    signals[law.state(state, setting: d, to: 1)] - signals[law.state(state, setting: d, to: 0)]
  }

  /// Two different states, the second drawn among those that are left.
  fileprivate func pair(_ choices: inout CutUniforms) throws -> [Int] {
    let q = law.probabilities
    let first = try choices.choose(q)
    let second = try choices.choose(
      q.indices.map { $0 == first ? 0 : q[$0] / (1 - q[first]) })
    return [first, second]
  }
}
