import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Hidden Markov models that emit counts, points and several values") struct EmittedChainTests
{
  static func product(
    _ initial: [Double], _ transition: [[Double]], _ laws: [StateLaws]
  ) throws -> ProductHiddenMarkovModel {
    try ProductHiddenMarkovModel(
      initial: initial, transition: transition, laws: ProductLaws(laws))
  }

  private func same(_ one: ObservedChainPosterior, _ other: ObservedChainPosterior) -> Bool {
    let numbers = zip(
      [one.logEvidence.value] + (one.stateMarginals ?? []) + one.transitionCounts,
      [other.logEvidence.value] + (other.stateMarginals ?? []) + other.transitionCounts)
    return numbers.allSatisfy { abs($0 - $1) <= 1e-12 * max(1, abs($1)) }
  }

  // Catches: an emission of another state, a step left out, a family that is read as another.
  @Test("One factor is the model of its family: tables and normal laws as before") func families()
    throws
  {
    for index in 0..<30 {
      var cases = try Cases(seed: 71, stream: UInt64(index))
      let table = try HiddenMarkovModel.random(states: 3, symbols: 2, &cases)
      let symbols: [Int?] = [try cases.choose(below: 2), nil, try cases.choose(below: 2), 1]
      let weights = [Double](repeating: 1 / 3, count: 3)
      let asProduct = try Self.product(
        table.initial, table.transition,
        [.categorical(CategoricalMixture(weights: weights, probabilities: table.emission))])
      let found = try ExactAnswers(of: asProduct, [symbols.map { [$0.map { .whole($0) }] }])
      #expect(
        same(found.posteriors[0], ObservedChainPosterior(of: try table.chain(observing: symbols))))

      let (means, variances) = (
        try cases.reals(3, from: -2, to: 2), try cases.reals(3, from: 0.5, to: 2)
      )
      let normal = try GaussianHiddenMarkovModel(
        initial: table.initial, transition: table.transition, means: means, variances: variances)
      let numbers: [Double?] = [try cases.real(from: -2, to: 2), nil, 0.5]
      let line = try Self.product(
        table.initial, table.transition,
        [.gaussian(GaussianMixture(weights: weights, means: means, variances: variances))])
      let steps: [[ObservedValue?]] = numbers.map { [$0.map { .number($0) }] }
      let chain = ObservedChainPosterior(of: try normal.chain(observing: numbers))
      for method in ExactRoute.allCases {
        let found = try ExactAnswers(of: line, [steps], ExactRequest(route: method))
        #expect(same(found.posteriors[0], chain))
      }
      let plane = try Self.product(
        table.initial, table.transition,
        [
          .multivariate(
            MultivariateGaussianMixture(
              weights: weights, means: means.map { [$0] },
              covariances: variances.map { [[$0]] }))
        ])
      let points: [[ObservedValue?]] = numbers.map { [$0.map { .point([$0]) }] }
      #expect(same(try ExactAnswers(of: plane, [points]).posteriors[0], chain))
    }
  }

  // Catches: a factor that is counted twice, or in one state only.
  @Test("One state: the sum of all log densities, and values that were not seen") func oneState()
    throws
  {
    let model = try Self.product(
      [1], [[1]],
      [
        .poisson(PoissonMixture(weights: [1], rates: [3])),
        .gaussian(GaussianMixture(weights: [1], means: [1], variances: [4])),
      ])
    let found = try ExactAnswers(
      of: model, [[[.whole(2), .number(2)], [nil, nil], [.whole(0), nil]]])
    let wanted =
      log(4.5) - 3 - 0.5 * log(8 * Double.pi) - 0.125 - 3
    #expect(abs(found.logEvidence[0] - wanted) <= 1e-13)
  }

  // Catches: digits of a double where these do not tell two covariances apart.
  @Test("Strongly correlated points: 32 digits, or a refusal where 16 were asked for") func digits()
    throws
  {
    let laws = try LostDigitsOfMixturesTests.processes(points: 12, jitter: 1e-9)
    let model = try Self.product([0.5, 0.5], [[0.5, 0.5], [0.25, 0.75]], [.multivariate(laws)])
    let datum = (0..<12).map { sin(Double($0) / 3) }
    let steps: [[ObservedValue?]] = [[.point(datum)]]
    let found = try ExactAnswers(of: model, [steps])
    #expect(found.way.hasSuffix("with 32 digits"))
    let mixture = try ExactAnswers(of: laws, [datum])
    #expect(abs(found.logEvidence[0] - mixture.logEvidence[0]) <= 1e-12)
    // Catches: digits that are not looked at where marginals are not kept.
    for keepsMarginals in [true, false] {
      #expect(throws: ExactRefusal.lossy("observations[0]")) {
        try ExactAnswers(
          of: model, [steps], ExactRequest(digits: .sixteen), keepsMarginals: keepsMarginals)
      }
      #expect(
        try ExactAnswers(of: model, [steps], keepsMarginals: keepsMarginals).way
          .hasSuffix("with 32 digits"))
    }
  }

  // Catches: a density below the doubles that is called impossible because a table stands beside it.
  @Test("Below the doubles is refused, impossible is answered") func below() throws {
    let model = try Self.product(
      [1], [[1]],
      [
        .categorical(CategoricalMixture(weights: [1], probabilities: [[1, 0]])),
        .gaussian(GaussianMixture(weights: [1], means: [0], variances: [1])),
      ])
    #expect(throws: ExactRefusal.overflow("observations[0]")) {
      try ExactAnswers(of: model, [[[.whole(0), .number(1e300)]]])
    }
    #expect(try ExactAnswers(of: model, [[[.whole(1), nil]]]).logEvidence == [-.infinity])
  }
}
