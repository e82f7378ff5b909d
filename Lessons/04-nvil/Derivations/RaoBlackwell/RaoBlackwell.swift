import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// Conditional means and local signals: what `rao-blackwell` puts to the test.
struct NeighbourhoodRules: Rules {
  /// E[f | x] for each x.
  var conditional: @Sendable (NeighbourhoodProblem) -> [Double]
  /// The local estimator of ∇ELBO at one draw, both components.
  var local: @Sendable (NeighbourhoodProblem, inout Exhaustive) throws -> [Double]
  /// E_q[(outside terms) · score₁].
  var outsideMean: @Sendable (NeighbourhoodProblem) -> Double
  /// score₁ · (terms with z₁), averaged over what is called the neighbourhood, at a value of z₁.
  var neighbourhoodMean: @Sendable (NeighbourhoodProblem, Double) -> Double
  /// Σ over the neighbourhood of z₁ with z₁ in it.
  var fullMean: @Sendable (NeighbourhoodProblem) -> Double
  /// One stochastic step for the table A: which of its four entries gains.
  var modelStep: @Sendable (NeighbourhoodProblem, inout Exhaustive) throws -> [Double]

  static let answer: NeighbourhoodRules = NeighbourhoodRules(
    conditional: { conditionalMeans(of: $0.values, joint: $0.joint) },
    local: { problem, choices in
      try ExpectedValue.elbo(of: try problem.model(), under: problem.q)
        .gradient(by: LocalSignals(), &choices)
    },
    outsideMean: { problem in
      problem.states.reduce(0) {
        $0 + $1.q * problem.outside($1.z) * problem.q.score($1.z)[0]
      }
    },
    neighbourhoodMean: { problem, first in
      [0.0, 1].reduce(0) { total, second in
        let z = [first, second]
        let weight = second == 1 ? problem.b[1] : 1 - problem.b[1]
        return total + weight * problem.local(z) * problem.q.score(z)[0]
      }
    },
    fullMean: { problem in
      problem.states.reduce(0) { $0 + $1.q * problem.local($1.z) * problem.q.score($1.z)[0] }
    },
    modelStep: { problem, choices in
      let z = try problem.q.sample(&choices)
      return (0..<4).map { $0 == Int(z[0] + 2 * z[1]) ? 1 : 0 }
    })

  static let mistakes: [Mistake<NeighbourhoodRules>] = [
    Mistake(
      "replaces-the-mean", "puts the number E[f] in place of E[f | X]", source: "E-029",
      answer.with(\.conditional) { problem in
        let mean = zip(problem.values.joined(), problem.joint.joined()).reduce(0) {
          $0 + $1.0 * $1.1
        }
        return [mean, mean]
      }),
    Mistake(
      "forgets-to-condition", "Σ_y p(x, y) f without dividing by p(x)",
      answer.with(\.conditional) { problem in
        zip(problem.values, problem.joint).map { zip($0, $1).reduce(0) { $0 + $1.0 * $1.1 } }
      }),
    Mistake(
      "forgets-its-own-entropy", "the local signal without −log q_d(z_d)",
      answer.with(\.local) { problem, choices in
        let model = try problem.model()
        let z = try problem.q.sample(&choices)
        return z.indices.map {
          model.logJointTerms(containing: $0, z) * problem.q.score(z)[$0]
        }
      }),
    Mistake(
      "takes-the-whole-signal",
      "uses the whole signal and calls it local: right mean, other variance",
      answer.with(\.local) { problem, choices in
        try ExpectedValue.elbo(of: try problem.model(), under: problem.q)
          .gradient(by: ScoreFunction(None()), &choices)
      }),
    Mistake(
      "weighs-the-outside-by-the-prior", "averages the outside terms under p(z), the score under q",
      answer.with(\.outsideMean) { problem in
        let masses = factorised(problem.prior)
        return problem.states.indices.reduce(0) { total, state in
          let z = problem.states[state].z
          return total + masses[state] * problem.outside(z) * problem.q.score(z)[0]
        }
      }),
    Mistake(
      "leaves-itself-out", "averages over the blanket without Z_i and calls it the gradient",
      source: "E-044",
      answer.with(\.fullMean) { answer.neighbourhoodMean($0, 1) }),
    Mistake(
      "averages-itself-too", "reads ‘blanket’ as blanket and variable", source: "E-044",
      answer.with(\.neighbourhoodMean) { problem, _ in answer.fullMean(problem) }),
    Mistake(
      "steps-twice", "draws twice and adds both steps where one was to be taken",
      answer.with(\.modelStep) { problem, choices in
        let once = try answer.modelStep(problem, &choices)
        return zip(once, try answer.modelStep(problem, &choices)).map { $0 + $1 }
      }),
  ]
}
