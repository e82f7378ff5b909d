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
]

/// e^(ẑ + .2) for one count.
private func rateAtTheMode(_ count: Int) throws -> ExactValue {
  ExactValue(exp(try Race.count("", count).laplace.q.mean[0] + 0.2))
}
