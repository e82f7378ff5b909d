import Approximate
import GSL
import LessonKit
import Models
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "evidence": { _ in ExactValue(try FilterProblem.example().evidence) },
  "log-evidence": { _ in ExactValue(log(try FilterProblem.example().evidence)) },
  "one-log": { _ in LowerBound(try bootstrap(1).logEvidence) },
  "one-filter": { _ in BiasedEstimate(try bootstrap(1).filter?[0] ?? .nan) },
  "three-filter": { _ in BiasedEstimate(try bootstrap(3).filter?[0] ?? .nan) },
  "filter": { _ in ExactValue(try FilterProblem.example().filter[0]) },
  "acceptance": { _ in
    let problem = RejectionProblem.example
    return ExactValue(problem.evidence / problem.ceiling)
  },
  "second-modulus": { _ in
    let problem = MetropolisProblem.example
    let moduli = try TransitionMatrix(rows: problem.transitions).eigenvalueModuli(
      stationary: problem.law.map { log($0) }, isReversible: true)
    return ExactValue(moduli[1])
  },
  "rho": { _ in ExactValue(GibbsProblem.example.correlation) },
  "rho-squared": { _ in
    ExactValue(GibbsProblem.example.correlation * GibbsProblem.example.correlation)
  },
  "first-bound": { _ in LowerBound(try risingBounds()[0]) },
  "second-bound": { _ in LowerBound(try risingBounds()[1]) },
  "third-bound": { _ in LowerBound(try risingBounds()[2]) },
  "fourth-bound": { _ in LowerBound(try risingBounds()[3]) },
  "fifth-bound": { _ in LowerBound(try risingBounds()[4]) },
  "three-states": { _ in ExactValue(log(WeightsProblem.threeStates.evidence)) },
  "learned-start": { _ in LowerBound(LearnedProposal(try .example()).bound) },
  "learned-end": { _ in
    LowerBound(LearnedProposal.course(try .example(), steps: 40)[40].bound)
  },
]

private func bootstrap(_ particles: Int) throws -> ParticleLaw {
  let problem = try FilterProblem.example()
  return try problem.with(problem.prior).law(particles)
}
