import Exact
import GSL
import LessonKit
import Models
import Probability

/// The errata about marginals.
let marginalErrata: [ErratumCase] = [
  naiveBayes, exponentialTime, unboundedGibbs, wrongSymbol, independentDraws,
  shorterByInterpolation, likelihoodFunction,
]

/// P(1, 1) of two bits: as independent coins, and summed over the class.
private let naiveBayes = ErratumCase(
  "E-020",
  model: """
    the probability that two pixels are on, for two equiprobable classes of biases .9 and .1. L1 \
    takes pixels for independent coin flips; with one class they are
    """
) {
  let classes = try BernoulliMixture(
    weights: [0.5, 0.5], probabilities: [[0.9, 0.9], [0.1, 0.1]])
  let one = try BernoulliMixture(weights: [1], probabilities: [[0.9, 0.9]])
  func on(_ mixture: BernoulliMixture) -> Double {
    zip(mixture.weights, mixture.probabilities).reduce(0) { $0 + $1.0 * $1.1[0] }
  }
  return ErratumCase.Comparison(
    printed: on(classes) * on(classes),
    corrected: exp(exactLogEvidence(of: classes, [[1, 1]]).value),
    independent: 0.5 * 0.81 + 0.5 * 0.01,
    underCondition: (
      printed: on(one) * on(one), independent: exp(exactLogEvidence(of: one, [[1, 1]]).value)
    ))
}

/// The number of terms that D = 12 equal weights need.
private let exponentialTime = ErratumCase(
  "E-066",
  model: "the terms of the sum for 12 switches of equal weights. L4 says 2^D, whatever the weights "
    + "are; with weights 1, 2, 4 … it is"
) {
  let weights = [Double](repeating: 0.2, count: 12)
  let law = lawOfWeightedSum(
    prior: weights.map { _ in 0.35 }, multiples: weights.map { _ in 1 })
  let powers = (0..<5).map { Double(1 << $0) }
  return ErratumCase.Comparison(
    printed: 4096, corrected: Double(law.count), independent: Double(distinctSums(of: weights)),
    underCondition: (printed: 32, independent: Double(distinctSums(of: powers))))
}

/// Cov(z_1, z_2 | y) under e^{−E}/Z, where a Gibbs distribution was said not to exist.
private let unboundedGibbs = ErratumCase(
  "E-067",
  model: """
    the covariance of z_1 and z_2 given y = 4, for z_1, z_2 ~ Poisson(1.3) and \
    y ~ Poisson(exp(.3 z_1 + .5 z_2 − 1)). L4 says that its posterior is not Gibbs, because z is \
    unbounded; but the sum of e^{−E(z)} converges, and that is all that is needed
    """
) {
  func product(_ z1: Int, _ z2: Int) -> Double {
    let rate = exp(0.3 * Double(z1) + 0.5 * Double(z2) - 1)
    let prior = poisson(z1, rate: 1.3) * poisson(z2, rate: 1.3)
    return (prior * poisson(4, rate: ExactValue(rate))).value
  }
  func covariance(_ side: Int, _ law: [Double]) -> Double {
    var sums = [0.0, 0, 0, 0]
    for (cell, p) in law.enumerated() {
      let (z1, z2) = (Double(cell % side), Double(cell / side))
      for (entry, value) in [1, z1, z2, z1 * z2].enumerated() { sums[entry] += p * value }
    }
    return sums[3] / sums[0] - sums[1] / sums[0] * sums[2] / sums[0]
  }
  // On 20² cells through energies, on 40² through products: nothing is left beyond either.
  let energies = (0..<400).map { -log(product($0 % 20, $0 / 20)) }
  let gibbs = ExactPosterior(logJoints: energies.map { -$0 }).probabilities ?? []
  let products = (0..<1600).map { product($0 % 40, $0 / 40) }
  return ErratumCase.Comparison(
    printed: nil, corrected: covariance(20, gibbs), independent: covariance(40, products))
}

/// Var[Y | λ, b]: as one Poisson law, and with z summed out.
private let wrongSymbol = ErratumCase(
  "E-068",
  model: "the variance of y for rates 2 and 9, the second with probability .4. L4 writes one "
    + "Poisson distribution; if z is known it is one"
) {
  let mixture = PoissonMixture.twoRates
  let component = try PoissonMixture(weights: [0, 1], rates: mixture.rates)
  return ErratumCase.Comparison(
    printed: MixtureMoments(of: mixture).mean, corrected: MixtureMoments(of: mixture).variance,
    independent: tabulatedMoments(mixture.exactTable(below: 80)).variance,
    underCondition: (
      printed: MixtureMoments(of: component).mean,
      independent: tabulatedMoments(component.exactTable(below: 80)).variance
    ))
}

/// P(w, w) of the first two words of a document.
private let independentDraws = ErratumCase(
  "E-069",
  model: """
    the probability that the first two words of a document are both the word with probabilities \
    .9 and .1 under two equiprobable z (the numbers of E-020 for words). L4 calls the words independent; \
    if z is known they are
    """
) {
  let words = try CategoricalMixture(
    weights: [0.5, 0.5], probabilities: [[0.9, 0.1], [0.1, 0.9]])
  let once = exp(exactLogEvidence(of: words, [0]).value)
  let documents = try BernoulliMixture(
    weights: [0.5, 0.5], probabilities: [[0.9, 0.9], [0.1, 0.1]])
  return ErratumCase.Comparison(
    printed: once * once, corrected: exp(exactLogEvidence(of: documents, [[1, 1]]).value),
    independent: (0.9 * 0.9 + 0.1 * 0.1) / 2,
    underCondition: (
      printed: exp(2 * words.logLikelihood(0, 0)),
      independent: exp(documents.logLikelihood(0, [1, 1]))
    ))
}

/// ‖2 u_1 − u_2‖, which is not below one.
private let shorterByInterpolation = ErratumCase(
  "E-073",
  model: """
    the norm of 2 u_1 − u_2 for orthonormal u_1 and u_2. L4 says that interpolated unit vectors have a \
    norm below 1; with weights ½ and ½ they have, with 2 and −1 not
    """
) {
  let laws = MixingIsNotAveragingDerivation.answer
  func norm(_ weights: [Double]) -> Double {
    sqrt(laws.interpolate(weights, [[1, 0], [0, 1]]).reduce(0) { $0 + $1 * $1 })
  }
  return ErratumCase.Comparison(
    printed: 1, corrected: norm([2, -1]), independent: hypot(2, 1),
    underCondition: (printed: norm([0.5, 0.5]), independent: sqrt(0.5)))
}

/// Called the likelihood function, and used as a mean: the log-likelihood is the sum.
private let likelihoodFunction = ErratumCase(
  "E-077",
  model: """
    the log-likelihood of two data with p(x, z) = (.30, .05, .05) and (.02, .20, .30), a sum. L4 has \
    the mean under that name; with one datum both are the same
    """
) {
  let joints = [[0.30, 0.05, 0.05], [0.02, 0.20, 0.30]]
  let logEvidences = joints.map { row in
    ExactPosterior(logJoints: row.map { log($0) }).logEvidence.value
  }
  return ErratumCase.Comparison(
    printed: logEvidences.reduce(0, +) / 2, corrected: logEvidences.reduce(0, +),
    independent: log(joints[0].reduce(0, +) * joints[1].reduce(0, +)),
    underCondition: (printed: logEvidences[0] / 1, independent: log(joints[0].reduce(0, +))))
}
