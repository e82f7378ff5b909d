import Approximate
import Exact
import GSL
import LessonKit
import Probability

/// The errata that this lesson shows: E-027, E-028, E-034, E-035.
let errata: [ErratumCase] = [normalWithNormal, dirichletInMixture, whoseCoParents, pointOfEM]

private let normalWithNormal = ErratumCase(
  "E-027",
  model: "x ~ N(0, 1), y|x ~ N(x², 1), y = 3: the kurtosis of x given y, 3 in every normal family"
) {
  let problem = try ConjugacyProblem.example()
  let curved = problem.kurtosis { $0 * $0 }
  // The same moments by an adaptive rule.
  func moment(_ power: Int) throws -> Double {
    let integral = try Quadrature.infinite { (x: Double) -> Double in
      let gap = 3 - x * x
      let weight = exp(-0.5 * x * x - 0.5 * gap * gap)
      return (0..<power).reduce(weight) { product, _ in product * x }
    }
    return integral.value
  }
  let (zeroth, second, fourth) = (try moment(0), try moment(2), try moment(4))
  return .init(
    printed: 3, corrected: curved, independent: fourth * zeroth / (second * second),
    underCondition: (problem.kurtosis { 2 * $0 }, 3), allowed: 1e-8)
}

private let dirichletInMixture = ErratumCase(
  "E-028",
  model: "three data with likelihoods (.1, .9), (.3, .8), (.7, .2), π ~ Beta(1, 1): E[π³|x]"
) {
  let problem = try ConjugacyProblem.example()
  let moments = try problem.weightMoments()
  // By quadrature over π: a polynomial of degree six.
  let rule = try FixedRule.gaussLegendre(count: 8, from: 0, to: 1)
  func integral(_ power: Double) -> Double {
    rule.sum { weight in
      problem.likelihoods.reduce(pow(weight, power)) {
        $0 * (weight * $1[0] + (1 - weight) * $1[1])
      }
    }
  }
  let complete = try CategoricalPair(outcomes: 2).posterior(
    DirichletLaw(concentration: [1, 1]), given: [0, 1, 0])
  return .init(
    printed: ConjugacyProblem.matchedThird(moments), corrected: moments[2],
    independent: integral(3) / integral(0),
    underCondition: (complete.concentration[0], 3))
}

private let whoseCoParents = ErratumCase(
  "E-034",
  model:
    "Y ~ N(0, 1), X_i ~ N(Y + C_i, 1), X = (1, 2), E[C] = (.4, .7): E[Y]; printed: (1 + 2 − 2 (.4 + .7))/3"
) {
  let problem = MessagesProblem.example
  let both = problem.coParents[0] + problem.coParents[1]
  // The normal equations of Y: 3 E[Y] = Σ of what the own co-parents leave over.
  return .init(
    printed: (problem.children[0] + problem.children[1] - 2 * both) / 3,
    corrected: try MessagesExercise.answer.coParent(problem), independent: problem.meanOfParent)
}

private let pointOfEM = ErratumCase(
  "E-035",
  model:
    "three data with likelihoods (.1, .9), (.3, .8), (.7, .2), π ~ Beta(1, 1): the mean of π given x"
) {
  let problem = try OtherWaysProblem.example()
  let point = try problem.mostLikely()
  let rule = try FixedRule.gaussLegendre(count: 8, from: 0, to: 1)
  func integral(_ power: Double) -> Double {
    rule.sum { weight in
      problem.likelihoods.reduce(pow(weight, power)) {
        $0 * (weight * $1[0] + (1 - weight) * $1[1])
      }
    }
  }
  // Given the point, EM's own posterior of z_0 is right: its condition.
  let row = problem.likelihoods[0]
  let local = point * row[0] / (point * row[0] + (1 - point) * row[1])
  return .init(
    printed: point, corrected: try problem.posteriorMean(), independent: integral(1) / integral(0),
    underCondition: (
      local, 1 / (1 + exp(log(row[1] / row[0]) + log1p(-point) - log(point)))
    ))
}
