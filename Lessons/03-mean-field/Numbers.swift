import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// A probability of grass that is wet for no reason at which the order of a sweep decides.
private let small = 0.01

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "rain": { _ in ExactValue(try Sprinkler().exactMarginals[1]) },
  "sprinkler": { _ in ExactValue(try Sprinkler().exactMarginals[0]) },
  "higher": { _ in try bound(updatingFirst: 2) },
  "lower": { _ in try bound(updatingFirst: 1) },
  "evidence": { _ in try Sprinkler().exact.logEvidence },
  "soft-rain": { _ in ExactValue(try Sprinkler(wetForNoReason: 0.3).exactMarginals[1]) },
  "soft-field": { _ in
    BiasedEstimate(
      try Sprinkler(wetForNoReason: 0.3).meanField(updatingFirst: 2).factors[2][1])
  },
  "soft-gap": { _ in
    let sprinkler = try Sprinkler(wetForNoReason: 0.3)
    return sprinkler.table.exactGap(sprinkler.meanField(updatingFirst: 2).factors)
  },
  "soft-pair": { _ in BiasedEstimate(try softPair().ones[1]) },
  "soft-pair-gap": { _ in
    let (ones, posterior) = try softPair()
    return exactDivergence(of: product(ones), from: posterior)
  },
  "rain-if-both": { _ in
    let posterior = TwoBits().with(joint: try Sprinkler().causes).posterior
    return posterior[3] / (posterior[2] + posterior[3])
  },
  "small": { _ in ExactValue(small) },
  "other-order": { _ in
    BiasedEstimate(try rainAfterSweeps(wetForNoReason: small, order: [1, 2, 0]))
  },
  "library-order": { _ in
    BiasedEstimate(try rainAfterSweeps(wetForNoReason: small, order: [0, 1, 2]))
  },
  "rain-before": { _ in ExactValue(rainAndSprinkler().rain) },
  "rain-if-sprinkler": { _ in
    let chances = rainAndSprinkler()
    return ExactValue(chances.both / chances.sprinkler)
  },
  "hand-dry": { _ in try UpdateProblem.averages()[0] },
  "hand-rain": { _ in try UpdateProblem.averages()[1] },
  "target-dry": { _ in try UpdateProblem.wetGrass().best[0] },
  "target-rain": { _ in try UpdateProblem.wetGrass().best[1] },
  "log-normaliser": { _ in try UpdateProblem.wetGrass().logNormaliser },
  "pair-product-gap": { _ in
    let bits = try TwoBits.lawn()
    return exactDivergence(
      of: product(try nearestProduct(to: bits.logJoints)), from: bits.posterior)
  },
  "cloud-gap": { _ in
    let sprinkler = try Sprinkler(wetForNoReason: Sprinkler.chance)
    return sprinkler.table.exactGap(sprinkler.meanField(updatingFirst: 2).factors)
  },
  "grass-covariance": { _ in
    ExactValue(WhatFactorisingLosesDerivation.covariance(try TwoBits.lawn().coupledCauses))
  },
  "lawn-covariance": { _ in
    ExactValue(WhatFactorisingLosesDerivation.covariance(try TwoBits.lawn().joint))
  },
  "wet": { _ in ExactValue(try Sprinkler.daysByRain()[0].reduce(0, +)) },
  "rain-when-wet": { _ in try SeveralData.lawn().posterior(0)[1] },
  "rain-when-dry": { _ in try SeveralData.lawn().posterior(1)[1] },
  "rain-for-all": { _ in try SeveralData.lawn().best[1] },
  "lost": { _ in try SeveralData.lawn().loss },
  "own-answer": { _ in ExactValue(CoupledPair().observations[0]) / 2 },
  "answer-low": { _ in CoupledPair().exactFirstMean },
  "answer-high": { _ in
    CoupledPair(observations: [CoupledPair().observations[0], 2]).exactFirstMean
  },
  "narrow": { _ in GaussianPair().narrowed },
  "pair-gap": { _ in
    let rho = ExactValue(GaussianPair().correlation)
    return -(1 - rho * rho).logarithm / 2
  },
]

/// P(R = 1), P(S = 1) and P(R = 1, S = 1) before anything is seen.
private func rainAndSprinkler() -> (rain: Double, sprinkler: Double, both: Double) {
  let tables = BayesNet.sprinkler.variables.map(\.table)
  var sums = (rain: 0.0, sprinkler: 0.0, both: 0.0)
  for cloudy in 0...1 {
    let (p, sprinkler, rain) = (tables[0][0][cloudy], tables[1][cloudy][1], tables[2][cloudy][1])
    sums.rain += p * rain
    sums.sprinkler += p * sprinkler
    sums.both += p * sprinkler * rain
  }
  return sums
}

extension UpdateProblem {
  /// The averages of the example's log joint for R = 0 and for R = 1.
  fileprivate static func averages() throws -> [ExactValue] {
    let problem = try wetGrass()
    return problem.table.exactExpectedLogJoint(problem.latent, problem.factors)
  }
}

/// Sprinkler and rain without the cloud at ε = .3: the best product's ones, and the posterior.
private func softPair() throws -> (ones: [Double], posterior: [ExactValue]) {
  let bits = TwoBits().with(joint: try Sprinkler(wetForNoReason: 0.3).causes)
  return (try WhatFactorisingLosesDerivation.exclusiveFit(bits), bits.posterior)
}

private func bound(updatingFirst latent: Int) throws -> LowerBound {
  let sprinkler = try Sprinkler()
  return sprinkler.meanField(updatingFirst: latent).elbo(sprinkler.table)
}

/// q(R=1) where sweeps in some order end that begin with the sprinkler's update.
private func rainAfterSweeps(wetForNoReason chance: Double, order: [Int]) throws -> Double {
  let table = try Sprinkler(wetForNoReason: chance).table
  var field = MeanField(uniformOver: table)
  _ = field.update(1, table)
  for _ in 0..<200 { _ = field.sweep(table, order: order) }
  return field.factors[2][1]
}
