import Approximate
import Exact
import LessonKit
import Models
import Probability

extension RaoBlackwellDerivation {
  /// Conditional means and local signals as the library has them, and the ways to get them wrong.
  static let derivation = Derivation<Parts, RaoBlackwellProblem>(
    id: "rao-blackwell", title: "What can be left out of a signal", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      There a mean over y₂ took the place of a draw. The signal of one bit is shortened in \
      another way: terms without this bit are left out. The mean stays, but the variance may \
      rise:
      """)

  private static let answer = Parts(
    conditional: { conditionalMeans(of: $0.values, joint: $0.joint) },
    local: { problem, choices in try problem.elbo().gradient(by: LocalSignals(), &choices) },
    full: { problem, choices in
      try problem.elbo().gradient(by: ScoreFunction(None()), &choices)
    },
    outsideMean: { problem in
      problem.states.reduce(0) {
        $0 + $1.q * problem.outside($1.z) * problem.q.score($1.z)[0]
      }
    },
    neighbourhoodMean: { problem, first in problem.meanOverBlanket(at: first) },
    fullMean: { $0.meanOverNeighbourhood },
    modelStep: { problem, choices in
      let z = try problem.q.sample(&choices)
      return (0..<4).map { $0 == Int(z[0] + 2 * z[1]) ? 1 : 0 }
    },
    round: { problem, rate, choices in
      let first = try problem.elbo().gradient(by: LocalSignals(), &choices)[0]
      let moved = problem.stepping([rate * first, 0])
      let second = try moved.elbo().gradient(by: LocalSignals(), &choices)[1]
      let z = try moved.stepping([0, rate * second]).q.sample(&choices)
      return [first, second] + (0..<4).map { $0 == Int(z[0] + 2 * z[1]) ? 1 : 0 }
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "replaces-the-mean", "puts the number E[f] in place of E[f | X]", source: "E-029",
      \.conditional
    ) { problem in
      let mean = zip(problem.values.joined(), problem.joint.joined()).reduce(0) {
        $0 + $1.0 * $1.1
      }
      return [mean, mean]
    },
    Mistake(
      "forgets-to-condition", "Σ_y p(x, y) f without dividing by p(x)", \.conditional
    ) { problem in
      zip(problem.values, problem.joint).map { zip($0, $1).reduce(0) { $0 + $1.0 * $1.1 } }
    },
    Mistake(
      "forgets-its-own-entropy", "the local signal without −log q_d(z_d)", \.local
    ) { problem, choices in
      let model = try problem.model()
      let z = try problem.q.sample(&choices)
      return z.indices.map {
        model.logJointTerms(containing: $0, z) * problem.q.score(z)[$0]
      }
    },
    Mistake(
      "takes-the-whole-signal",
      "uses the whole signal and calls it local: right mean, other variance", \.local
    ) { problem, choices in try problem.elbo().gradient(by: ScoreFunction(None()), &choices) },
    Mistake(
      "weighs-the-outside-by-the-prior", "averages the outside terms under p(z), the score under q",
      \.outsideMean
    ) { problem in
      let masses = factorised(problem.prior)
      return problem.states.indices.reduce(0) { total, state in
        let z = problem.states[state].z
        return total + masses[state] * problem.outside(z) * problem.q.score(z)[0]
      }
    },
    Mistake(
      "leaves-itself-out", "averages over the blanket without Z_i and calls it the gradient",
      source: "E-044", \.fullMean
    ) { $0.meanOverBlanket(at: 1) },
    Mistake(
      "averages-itself-too", "reads ‘blanket’ as blanket and variable", source: "E-044",
      \.neighbourhoodMean
    ) { problem, _ in problem.meanOverNeighbourhood },
    Mistake(
      "steps-twice", "draws twice and adds both steps where one was to be taken", \.modelStep,
      from: { right in
        { problem, choices in
          let once = try right(problem, &choices)
          return zip(once, try right(problem, &choices)).map { $0 + $1 }
        }
      }),
    Mistake(
      "all-at-once", "both factors and A take their steps from q as it was before the round",
      \.round
    ) { problem, _, choices in
      let steps = try problem.elbo().gradient(by: LocalSignals(), &choices)
      let z = try problem.q.sample(&choices)
      return steps + (0..<4).map { $0 == Int(z[0] + 2 * z[1]) ? 1 : 0 }
    },
  ]
}

extension RaoBlackwellProblem {
  /// E_q(z₂)[(terms with z₁) · score₁] at a value of z₁.
  fileprivate func meanOverBlanket(at first: Double) -> Double {
    [0.0, 1].reduce(0) { total, second in
      let z = [first, second]
      return total + (second == 1 ? b[1] : 1 - b[1]) * local(z) * q.score(z)[0]
    }
  }

  /// The same with z₁ averaged, too.
  fileprivate var meanOverNeighbourhood: Double {
    states.reduce(0) { $0 + $1.q * local($1.z) * q.score($1.z)[0] }
  }
}
