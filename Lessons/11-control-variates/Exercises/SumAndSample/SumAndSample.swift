import Approximate
import LessonKit
import Models
import Probability

extension SumAndSampleExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, SumAndSampleProblem>(
    id: "sum-and-sample", title: "Sum the probable, sample the rest",
    task: """
      Write `estimate`: the sum of q(z) (f(z) − c) s(z) over the most probable states, and one draw that stands \
      for all the others. The parameters are the logits of a softmax, so s_k(z) = [z = k] − q(k).
      """,
    hints: [
      "Sort the states by q. What is left of the probability after the first |A| is q(R).",
      "The draw must come from R alone: divide its probabilities by q(R).",
      "Σ_{z ∈ A} q(z) (f(z) − c) s(z) + q(R) (f(i) − c) s(i),  i drawn with q(i)/q(R).",
    ],
    example: .example, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      Both lines contain the mass q(R) that was not summed. What is saved is never negative:
      """)

  static let answer = Parts(
    estimate: { problem, choices in
      let settings: [String: ZooValue] = [
        "sum": .number(Double(problem.count)), "baseline": .number(problem.baseline),
      ]
      return try Zoo.estimate("sum-and-sample", settings, of: problem.discrete, &choices)
    })
}

// MARK: The ways to get it wrong

extension SumAndSampleExercise {
  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "draws-from-all-states", "the draw may fall into A again, with the weight q(R)", \.estimate
    ) { problem, choices in
      let (head, rest) = problem.split
      let i = try choices.choose(problem.discrete.law.probabilities)
      return weighted(problem, problem.masses(head) + [(i, problem.mass(rest))])
    },
    Mistake("adds-the-sum-on-top", "the sum over A, and a whole score function besides", \.estimate)
    {
      problem, choices in
      let i = try choices.choose(problem.discrete.law.probabilities)
      return weighted(problem, problem.masses(problem.split.head) + [(i, 1)])
    },
    Mistake("forgets-the-mass-of-the-rest", "the draw counts with weight 1", \.estimate) {
      problem, choices in
      let (head, rest) = problem.split
      return weighted(problem, problem.masses(head) + [(try problem.pick(rest, &choices), 1)])
    },
    Mistake(
      "weighs-the-draw-by-itself", "q(i) in place of q(R): the importance of a draw counted twice",
      \.estimate
    ) { problem, choices in
      let (head, rest) = problem.split
      let i = try problem.pick(rest, &choices)
      return weighted(problem, problem.masses(head) + problem.masses([i]))
    },
    Mistake(
      "normalises-the-sum", "divides the sum over A by q(A)",
      \.estimate
    ) { problem, choices in
      let (head, rest) = problem.split
      let total = problem.mass(head)
      return weighted(
        problem,
        problem.masses(head).map { ($0.0, $0.1 / total) }
          + [(try problem.pick(rest, &choices), problem.mass(rest))])
    },
    Mistake(
      "sums-the-rare", "sums the least probable states: the right mean, and another spread",
      \.estimate
    ) {
      problem, choices in
      let ranked = problem.split.head + problem.split.rest
      let (rare, others) = (
        Array(ranked.suffix(problem.count)), Array(ranked.dropLast(problem.count))
      )
      return weighted(
        problem,
        problem.masses(rare) + [(try problem.pick(others, &choices), problem.mass(others))])
    },
    Mistake(
      "sums-the-first", "sums the first states as they are listed, not the most probable",
      \.estimate
    ) { problem, choices in
      let states = Array(problem.q.indices)
      let (first, others) = (
        Array(states.prefix(problem.count)), Array(states.dropFirst(problem.count))
      )
      return weighted(
        problem,
        problem.masses(first) + [(try problem.pick(others, &choices), problem.mass(others))])
    },
    Mistake(
      "subtracts-from-the-draw-alone",
      "c is taken from the drawn signal and not from those that are summed",
      \.estimate
    ) { problem, choices in
      let (head, rest) = problem.split
      let i = try problem.pick(rest, &choices)
      let drawn = weighted(problem, [(i, problem.mass(rest))])
      let summed = weighted(problem, problem.masses(head), baseline: 0)
      return zip(drawn, summed).map { $0 + $1 }
    },
    Mistake("leaves-the-baseline-out", "f in place of f − c", \.estimate) { problem, choices in
      let (head, rest) = problem.split
      let i = try problem.pick(rest, &choices)
      return weighted(problem, problem.masses(head) + [(i, problem.mass(rest))], baseline: 0)
    },
  ]

  /// Σ weight (f − c) s over some states.
  private static func weighted(
    _ problem: SumAndSampleProblem, _ terms: [(Int, Double)], baseline: Double? = nil
  ) -> [Double] {
    let c = baseline ?? problem.baseline
    return problem.q.indices.map { k in
      terms.reduce(0) { sum, term in
        sum + term.1 * (problem.values[term.0] - c) * problem.discrete.law.score(term.0)[k]
      }
    }
  }
}

extension SumAndSampleProblem {
  /// Some states with their probabilities.
  fileprivate func masses(_ states: [Int]) -> [(Int, Double)] {
    states.map { ($0, discrete.law.probabilities[$0]) }
  }

  /// Their probability together.
  fileprivate func mass(_ states: [Int]) -> Double { masses(states).reduce(0) { $0 + $1.1 } }

  /// One of them.
  fileprivate func pick(_ states: [Int], _ choices: inout CutUniforms) throws -> Int {
    let total = mass(states)
    return states[try choices.choose(masses(states).map { $0.1 / total })]
  }
}
