import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

/// The errata about factorised posteriors and amortisation.
let errata: [ErratumCase] = [
  ErratumCase(
    "E-007",
    model: """
      the ELBO after q(z) is set for the likelier of two states m, and after it is set by the average \
      over both: p(x, z, m) = [[.30, .02], [.10, .40]], q(m) = (.55, .45)
      """
  ) {
    let (printed, corrected) = try alternation(second: [0.55, 0.45])
    let (known, averaged) = try alternation(second: [1, 0])
    // At its best q(z) the bound is log Σ_z exp E[log p] + H(q(m)).
    let l = TwoBits().logJoints
    let expected = l.map { 0.55 * $0[0] + 0.45 * $0[1] }
    return .init(
      printed: printed, corrected: corrected,
      independent: logSumExp(expected) + entropy(of: [0.55, 0.45]),
      underCondition: (printed: known, independent: averaged))
  },
  ErratumCase(
    "E-008", model: "E[z₁|x] for z₂ | z₁ ~ N(.9 z₁, .19), unit noise, x = (1, −2)"
  ) {
    let pair = CoupledPair()
    let mean = WhoseInputDerivation.firstMean
    return .init(
      printed: 0.5 * pair.observations[0], corrected: mean(pair),
      independent: try integratedFirstMean(pair),
      underCondition: (
        printed: 0.5 * pair.observations[0], independent: mean(pair.with(coupling: 0))
      ), allowed: 1e-10)
  },
  ErratumCase(
    "E-025",
    model: """
      the smallest and the largest ELBO over q_1: p(x, z) = [[.10, .20], [.25, .05], [.15, .25]], \
      q_2 = (.4, .6)
      """
  ) {
    let problem = try UpdateProblem.lecture()
    func bound(_ factor: [Double]) -> Double {
      MeanField(factors: [factor, [0.4, 0.6]]).elbo(problem.table).value
    }
    let field = MeanField(factors: problem.factors)
    // The bound is concave in the factor: its minimum is at a corner.
    let corners = [[1.0, 0, 0], [0, 1, 0], [0, 0, 1]].map(bound)
    return .init(
      printed: corners.min(), corrected: bound(field.target(0, problem.table)),
      independent: logSumExp(problem.table.exactExpectedLogJoint(0, problem.factors).map(\.value))
        + entropy(of: [0.4, 0.6]))
  },
  ErratumCase(
    "E-030",
    model: """
      the ELBO at the end of a climb, said not to exist: x = 1, p(x=1|z) = σ(1.7 z₁ − 2.3 z₂ + .9 z₃ − .4), \
      P(z=1) = (.3, .6, .2), sweeps from q_j = (.5, .5)
      """
  ) {
    let table = try ThreeCauses().table()
    let field = settled(on: table)
    let exact = ExactPosterior(logJoints: table.logValues)
    let q = (0..<8).map { field.probability(table.values(of: $0)) }
    let gap = kullbackLeibler(of: q, from: exact.probabilities ?? q)
    return .init(
      printed: nil, corrected: field.elbo(table).value,
      independent: exact.logEvidence.value - gap)
  },
  ErratumCase(
    "E-055",
    model: """
      the covariance of two causes given x: 0 if p(x|z) = f(z₁) g(z₂), although p(x) is shared; with \
      p(x|z) = [[.1, .8], [.8, .9]] and uniform causes it is not 0
      """
  ) {
    // Printed: the shared p(x) correlates. It is shared by a likelihood that is a product, too.
    let bits = TwoBits()
    let covariance = WhatFactorisingLosesDerivation.covariance
    let posterior = ExactPosterior(logJoints: bits.coupled.flatMap { $0 }.map { log($0 / 4) })
    let both = posterior.expectation { Double(($0 >> 1) * ($0 & 1)) } ?? .nan
    let means = [1, 0].map { bit in posterior.expectation { Double($0 >> bit & 1) } ?? .nan }
    return .init(
      printed: covariance(bits.separateCauses), corrected: covariance(bits.coupled),
      independent: both - means[0] * means[1])
  },
  ErratumCase(
    "E-056",
    model: """
      the parameters of a network for three latents, said to be those for two: 5 words, vectors of 4 \
      numbers
      """
  ) {
    let count = WhoseInputDerivation.networkCount
    let pair = CoupledPair()
    let (v, h, d) = (5, 4, 3)
    return .init(
      printed: Double(count(2, 10, pair)), corrected: Double(count(3, 10, pair)),
      independent: Double((v + d) * h + d),
      underCondition: (
        printed: Double(count(2, 10, pair)), independent: Double(count(2, 1000, pair))
      ))
  },
  ErratumCase(
    "E-061",
    model: """
      the mean bound of two data of equal share, with one q for both and with one q each: \
      p(x₁, z) = (.30, .05, .05), p(x₂, z) = (.02, .2, .3)
      """
  ) {
    let data = SeveralData.twoRows
    let one = SeveralData(logJoints: [data.logJoints[0]], weights: [1])
    return .init(
      printed: data.bound(shared: OneForAllExercise.shared(data)).value,
      corrected: data.bound(OneForAllExercise.own(data)).value,
      independent: 0.5 * (log(0.4) + log(0.52)),
      underCondition: (
        printed: one.bound(shared: OneForAllExercise.shared(one)).value, independent: log(0.4)
      ))
  },
  ErratumCase(
    "E-065",
    model: """
      the mean log-likelihood where s maximises the ELBO, and where it maximises the likelihood: z uniform \
      on two bits, p(x=1|z) = s if they differ, .1 if not, a share .35 of the data with x = 1
      """
  ) {
    // What the best bound over s leaves of the likelihood, against its maximum at s = .6.
    let best = try ScalarSearch.minimum(from: 0.05, to: 0.95, guess: 0.5) { s in
      -(try differing(s).bound)
    }.point
    let fixed = try differing(0.6)
    return .init(
      printed: try differing(best).logLikelihood,
      corrected: try differing((0.35 - 0.05) / 0.5).logLikelihood,
      independent: -entropy(of: [0.35, 0.65]),
      underCondition: (printed: fixed.logLikelihood - fixed.divergence, independent: fixed.bound))
  },
]

/// The fixed point that 200 sweeps reach from uniform factors.
private func settled(on table: JointTable) -> MeanField {
  var field = MeanField(uniformOver: table)
  for _ in 0..<200 { _ = field.sweep(table) }
  return field
}

/// The bound after q(z) was set for the likelier m, and after it was set by averaging.
private func alternation(second: [Double]) throws -> (known: Double, averaged: Double) {
  let bits = TwoBits()
  let table = try bits.table()
  let likelier = second[1] > second[0] ? 1 : 0
  let column = bits.joint.map { $0[likelier] }
  let known = column.map { $0 / (column[0] + column[1]) }
  let averaged = MeanField(factors: [[0.3, 0.7], second]).target(0, table)
  let bounds = [known, averaged].map { MeanField(factors: [$0, second]).elbo(table).value }
  return (bounds[0], bounds[1])
}

/// E[z₁ | x] by a trapezoid rule on ±9, where the integrand's tails are below 1e-17.
private func integratedFirstMean(_ pair: CoupledPair) throws -> Double {
  var weights = CompensatedSum()
  var moments = CompensatedSum()
  let (x, a) = (pair.observations, pair.coupling)
  for step in -1800...1800 {
    let z = Double(step) / 200
    // z₂ integrated out: x₂ | z₁ ~ N(a z₁, 1 − a² + 1).
    let logWeight =
      NormalLaw(mean: 0, variance: 1).logDensity(z)
      + NormalLaw(mean: z, variance: 1).logDensity(x[0])
      + NormalLaw(mean: a * z, variance: 2 - a * a).logDensity(x[1])
    weights.add(exp(logWeight))
    moments.add(z * exp(logWeight))
  }
  return moments.value / weights.value
}

/// Log-likelihood, mean-field bound and divergence, averaged over x, for p(x=1|z₁≠z₂) = s.
private func differing(_ s: Double) throws -> (
  logLikelihood: Double, bound: Double, divergence: Double
) {
  var sums = (0.0, 0.0, 0.0)
  for (weight, same, different) in [(0.35, 0.1, s), (0.65, 0.9, 1 - s)] {
    let table = try JointTable(
      rows: [[same, different], [different, same]].map { $0.map { $0 / 4 } })
    let field = settled(on: table)
    let exact = ExactPosterior(logJoints: table.logValues)
    let q = (0..<4).map { field.probability(table.values(of: $0)) }
    sums.0 += weight * exact.logEvidence.value
    sums.1 += weight * field.elbo(table).value
    sums.2 += weight * kullbackLeibler(of: q, from: exact.probabilities ?? q)
  }
  return (sums.0, sums.1, sums.2)
}
