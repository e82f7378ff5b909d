import Approximate
import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  // Laplace and the best Gaussian.
  "d-error": { _ in
    let error = try Race.bit().errorOfLaplace
    return QuadratureValue(abs(error.value), errorBound: error.errorBound)
  },
  "d-laplace": { _ in try Race.bit().gapOfLaplace() },
  "d-ratio": { _ in
    let race = try Race.bit()
    return ExactValue(try race.gapOfLaplace().value / (try race.gapOfBest().value))
  },
  "rounds-of-many": { _ in
    let model = try Walk.model()
    let long = try PoissonChain(
      initialMean: model.initialMean, initialVariance: model.initialVariance,
      dynamics: model.dynamics, noise: model.noise, offset: model.offset,
      counts: Array(repeating: model.counts, count: 80).flatMap { $0 })
    return ExactValue(Double(try ChainLaplace(of: long).steps))
  },
  "three-exact": { _ in try threeCountsPosterior().logEvidence },
  "three-error": { _ in
    let evidence = try threeCountsPosterior().logEvidence
    let laplace = try LaplaceApproximation(of: try CountsProblem.threeCounts().model).logEvidence
    return QuadratureValue(evidence.value - laplace, errorBound: evidence.errorBound)
  },
  "e-miss": { _ in
    guard let race = try Race.all().first(where: { $0.name == "E" }) else {
      throw ModelError("E", "is not among the six")
    }
    return QuadratureValue(
      abs(race.errorOfLaplace.value), errorBound: race.errorOfLaplace.errorBound)
  },
  "a-leading": { _ in try leadingError(3) },
  "b-leading": { _ in try leadingError(0) },
  "b-error": { _ in try Race.count("B", 0).errorOfLaplace },
  "a-error": { _ in try Race.count("A", 3).errorOfLaplace },
  "a-mode": { _ in ExactValue(try Race.count("A", 3).laplace.q.mean[0]) },
  "a-laplace-variance": { _ in ExactValue(try Race.count("A", 3).laplace.q.covariance[0, 0]) },
  "a-mean": { _ in ExactValue(try Race.count("A", 3).best.q.mean[0]) },
  "a-variance": { _ in ExactValue(try Race.count("A", 3).best.q.covariance[0, 0]) },
  "a-exact-mean": { _ in
    let exact = try Race.count("A", 3).exact
    return QuadratureValue(exact.mean[0], errorBound: exact.errorBound)
  },
  "a-exact-variance": { _ in
    let exact = try Race.count("A", 3).exact
    return QuadratureValue(exact.covariance[0, 0], errorBound: exact.errorBound)
  },
  "a-rate": { _ in try rateAtTheMode(3) },
  "b-rate": { _ in try rateAtTheMode(0) },
  "walk-laplace": { _ in
    BiasedEstimate(try ChainLaplace(of: try ChainProblem.twoSteps().model).logEvidence)
  },
  "walk-exact": { _ in
    PoissonChainPosterior(of: try ChainProblem.twoSteps().model).logEvidence
  },
  "rounds": { _ in ExactValue(Double(try ChainLaplace(of: Walk.model()).steps)) },
  "long-laplace": { _ in BiasedEstimate(try ChainLaplace(of: Walk.model()).logEvidence) },
  "long-exact": { _ in PoissonChainPosterior(of: try Walk.model()).logEvidence },
  // Switching dynamics, neural emissions, a sequential autoencoder.
  "averaged-variance": { _ in
    ExactValue(try SwitchingExercise.answer.averaged(try .fourSteps(), [0.5, 0.5]).variance)
  },
  "evidence": { _ in try fourStepsEvidence() },
  "uniform-end": { _ in LowerBound(try SwitchingNumbers.end(.uniform)) },
  "uniform-gap": { _ in ExactValue(try fourStepsEvidence().value - SwitchingNumbers.end(.uniform))
  },
  "wild-end": { _ in LowerBound(try SwitchingNumbers.end(.wild)) },
  "wild-gap": { _ in ExactValue(try fourStepsEvidence().value - SwitchingNumbers.end(.wild)) },
  "wild-posterior": { _ in
    ExactValue(
      SwitchingPosterior(of: try SwitchProblem.fourSteps().sequence).stateMarginals[3][1])
  },
  "early-posterior": { _ in
    ExactValue(
      SwitchingPosterior(of: try SwitchProblem.fourSteps().sequence).stateMarginals[1][1])
  },
  "sweeps-needed": { _ in
    let (elbos, end) = (try SwitchingStart.exact.run(60).elbos, try SwitchingNumbers.end(.exact))
    return ExactValue(Double((elbos.firstIndex { end - $0 < 1e-4 } ?? 0) + 1))
  },
  "known-first": { _ in
    LowerBound(try SwitchingStart.exact.run(1, takingStatesAsKnown: true).halves[0].0)
  },
  "averaged-first": { _ in LowerBound(try SwitchingStart.exact.run(1).halves[0].0) },
  "known-second": { _ in
    LowerBound(try SwitchingStart.exact.run(1, takingStatesAsKnown: true).halves[0].1)
  },
  "known-loss": { _ in
    let known = try SwitchingStart.exact.run(60, takingStatesAsKnown: true).elbos[59]
    return ExactValue(try SwitchingNumbers.end(.wild) - known)
  },
  "known-locked": { _ in
    LowerBound(try SwitchingStart.uniform.run(60, takingStatesAsKnown: true).elbos[59])
  },
  "whole": { _ in
    let problem = try DrawProblem.twoPoints()
    return ExactValue(try problem.marginals(problem.expectedLogs)[1][1])
  },
  "one-draw": { _ in
    let problem = try DrawProblem.twoPoints()
    return ExactValue(
      try problem.mean(draws: 1) { [try FromDrawsExercise.answer.switches(problem, $0)[1][1]] }[0]
    )
  },
  "network-evidence": { _ in SwitchingNumbers.exponential(NeuralProblem.twoSteps().logEvidence()) },
  "spikes-evidence": { _ in
    SwitchingNumbers.exponential(SpikeProblem.oneThenTwo().posterior.logEvidence)
  },
]

/// The posterior of the three counts of sections 2 and 3.
private func threeCountsPosterior() throws -> LatentGaussianPosterior {
  guard let exact = try LatentGaussianPosterior(of: try CountsProblem.threeCounts().model) else {
    throw ModelError("prior", "the posterior takes too many points")
  }
  return exact
}

/// The error of Laplace's log-evidence of one count, from the third and fourth derivatives at ẑ.
private func leadingError(_ count: Int) throws -> ExactValue {
  let rate = try rateAtTheMode(count).value
  return ExactValue(-rate * (2 * rate - 3) / (24 * pow(1 + rate, 3)))
}

/// e^(ẑ + .2) for one count.
private func rateAtTheMode(_ count: Int) throws -> ExactValue {
  ExactValue(exp(try Race.count("", count).laplace.q.mean[0] + 0.2))
}
