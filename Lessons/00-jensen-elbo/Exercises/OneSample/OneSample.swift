import Approximate
import LessonKit
import Models
import Probability

extension Page {
  /// The bound from one draw, and the ways to draw it wrong.
  static let oneSample: Exercise<any OneSampleBound, FactorProblem> = Exercise(
    .oneSample,
    answer: LibraryDraw(),
    mistakes: [
      Mistake("draws-from-the-prior", "z ~ p(z) under a bound for q", DrawsFromThePrior()),
      Mistake(
        "drops-log-q", "log p(x, z) alone: an energy, no bound on anything sampled so", DropsLogQ()),
      Mistake(
        "fresh-draw-for-each-term", "one draw for log p(x, z), another for log q(z)",
        FreshDrawForEachTerm()),
    ])
}

private struct LibraryDraw: OneSampleBound {
  func estimate<Choices: DiscreteChoices>(
    _ problem: FactorProblem, _ choices: inout Choices
  ) throws -> Double { try sampledELBO(of: problem.q, problem.document, &choices) }
}

private struct DrawsFromThePrior: OneSampleBound {
  func estimate<Choices: DiscreteChoices>(
    _ problem: FactorProblem, _ choices: inout Choices
  ) throws -> Double {
    let z = try problem.prior.sample(&choices)
    return problem.document.logJoint(z) - problem.q.logProbability(z)
  }
}

private struct DropsLogQ: OneSampleBound {
  func estimate<Choices: DiscreteChoices>(
    _ problem: FactorProblem, _ choices: inout Choices
  ) throws -> Double { problem.document.logJoint(try problem.q.sample(&choices)) }
}

/// Its mean is right, since means add; its spread is not that of the bound's estimate.
private struct FreshDrawForEachTerm: OneSampleBound {
  func estimate<Choices: DiscreteChoices>(
    _ problem: FactorProblem, _ choices: inout Choices
  ) throws -> Double {
    let energy = problem.document.logJoint(try problem.q.sample(&choices))
    return energy - problem.q.logProbability(try problem.q.sample(&choices))
  }
}
