import GSL
import Testing

@testable import Probability

@Suite("Conjugate pairs: inference by addition") struct ConjugatePairTests {
  /// ∇A by differences, each with its error: what halving the step changes, and rounding.
  private func gradient<Prior: ConjugatePrior>(_ prior: Prior) throws -> [(Double, Double)] {
    let eta = prior.naturalParameters
    let size = abs(try prior.logPartition()) + 10
    return try eta.indices.map { index in
      func slope(_ step: Double) throws -> Double {
        var (up, down) = (eta, eta)
        up[index] += step
        down[index] -= step
        return try
          (Prior(naturalParameters: up).logPartition()
          - Prior(naturalParameters: down).logPartition()) / (2 * step)
      }
      let step = 0x1p-10 * min(1, eta.map(\.magnitude).filter { $0 > 0 }.min() ?? 1)
      let (coarse, fine) = (try slope(2 * step), try slope(step))
      return (fine, abs(coarse - fine) + 64 * size * Double.ulpOfOne / step)
    }
  }

  private func expectGradient<Prior: ConjugatePrior>(_ prior: Prior) throws {
    let means = try prior.meanParameters()
    for (mean, (slope, error)) in zip(means, try gradient(prior)) {
      #expect(abs(mean - slope) <= error, "\(prior): \(mean) and \(slope)")
      #expect(error < 1e-3 * max(1, abs(mean)), "\(prior): the differences say nothing")
    }
  }

  @Test("∇A(η) = E[T(θ)], and η makes the law again", arguments: 0..<20)
  func gradients(stream: Int) throws {
    var cases = try Cases(seed: 61, stream: UInt64(stream))
    let numbers = try cases.reals(5, from: 0.4, to: 4)
    let mean = try cases.real(from: -2, to: 2)
    try expectGradient(BetaLaw(on: numbers[0], off: numbers[1]))
    try expectGradient(DirichletLaw(concentration: Array(numbers[..<3])))
    try expectGradient(GammaLaw(shape: numbers[0], rate: numbers[1]))
    try expectGradient(NormalLaw(mean: mean, variance: numbers[2]))
    try expectGradient(
      NormalInverseGamma(mean: mean, kappa: numbers[0], shape: numbers[1], rate: numbers[2]))
    for dimension in 1...2 {
      let prior = try NormalInverseWishart.random(dimension: dimension, &cases)
      try expectGradient(prior)
      if dimension == 1 { try expectSameAsDynamics(prior) }
      let again = try NormalInverseWishart(naturalParameters: prior.naturalParameters)
      #expect(again.dimension == dimension)
      for (a, b) in zip(again.scale.joined(), prior.scale.joined()) {
        #expect(abs(a - b) <= 64 * 16 * Double.ulpOfOne)
      }
    }
  }

  /// The law of one number's dynamics is that of a mean and a variance under other names.
  private func expectSameAsDynamics(_ prior: NormalInverseWishart) throws {
    let dynamics = try MatrixNormalInverseWishart(
      mean: [prior.mean], kappa: [[prior.kappa]], dof: prior.dof, scale: prior.scale)
    #expect(dynamics.naturalParameters == prior.naturalParameters)
    #expect(abs(try dynamics.logPartition() - prior.logPartition()) < 1e-13)
    for (a, b) in zip(try dynamics.meanParameters(), try prior.meanParameters()) {
      #expect(abs(a - b) < 1e-13 * max(1, abs(a)))
    }
  }

  @Test("A map of two numbers and its noise: ∇A(η) = E[T], and η makes the law again")
  func dynamicsOfTwo() throws {
    let prior = try MatrixNormalInverseWishart(
      mean: [[0.9, -0.3], [0.2, 0.8]], kappa: [[3, 0.4], [0.4, 2]], dof: 5,
      scale: [[1.2, 0.3], [0.3, 0.9]])
    try expectGradient(prior)
    let again = try MatrixNormalInverseWishart(naturalParameters: prior.naturalParameters)
    for (a, b) in zip(again.mean.joined(), prior.mean.joined()) { #expect(abs(a - b) < 1e-14) }
    for (a, b) in zip(again.scale.joined(), prior.scale.joined()) { #expect(abs(a - b) < 1e-14) }
  }

  @Test("A gradient of another law is refused")
  func wrongGradient() throws {
    let slopes = try gradient(BetaLaw(on: 1.5, off: 2.5))
    let means = try BetaLaw(on: 1.5, off: 2.501).meanParameters()
    #expect(zip(means, slopes).contains { abs($0 - $1.0) > $1.1 })
  }

  /// log p(x_1 … x_N) by the chain rule, each x given the ones before.
  private func chained<Pair: ConjugatePair>(
    _ pair: Pair, _ observations: [Pair.Observation], _ prior: Pair.Prior
  ) throws -> Double {
    var (posterior, total) = (prior, 0.0)
    for observation in observations {
      total += try pair.logEvidence(of: [observation], under: posterior)
      posterior = try pair.posterior(posterior, given: [observation])
    }
    return total
  }

  /// The logarithm of ∫ p(θ) Π p(x | θ) dθ by an adaptive rule over θ = map(u), 0 < u < 1.
  private func integrated<Pair: ConjugatePair>(
    _ pair: Pair, _ observations: [Pair.Observation], _ prior: Pair.Prior,
    map: @escaping (Double) -> (point: Pair.Prior.Point, slope: Double)
  ) throws -> (log: Double, error: Double) {
    let found = try Quadrature.adaptive(from: 0, to: 1, relative: 1e-10) { u in
      let (point, slope) = map(u)
      let logJoint = try observations.reduce(try prior.logDensity(point)) {
        $0 + (try pair.logLikelihood(of: $1, at: point))
      }
      return logJoint > -.infinity ? exp(logJoint) * slope : 0
    }
    return (log(found.value), 4 * found.error / found.value + 1e-13)
  }

  @Test("Evidence: chain rule, integral over θ", arguments: 0..<12)
  func evidence(stream: Int) throws {
    var cases = try Cases(seed: 67, stream: UInt64(stream))
    let numbers = try cases.reals(4, from: 1.2, to: 4)
    var bits: [Bool] = []
    for _ in 0..<(try cases.integer(1...4)) { bits.append(try cases.flip(0.5)) }
    let counts = try cases.reals(3, from: 0, to: 6).map { Int($0) }
    let reals = try cases.reals(3, from: -2, to: 2)

    let beta = try BetaLaw(on: numbers[0], off: numbers[1])
    try expectEvidence(BernoulliPair(), bits, beta) { ($0, 1) }
    let gamma = GammaLaw(shape: numbers[0], rate: numbers[1])
    try expectEvidence(PoissonPair(), counts, gamma) { u in (u / (1 - u), 1 / ((1 - u) * (1 - u))) }
    let normal = NormalLaw(mean: reals[0], variance: numbers[2])
    try expectEvidence(NormalMeanPair(variance: numbers[3]), reals, normal) { u in
      (log(u / (1 - u)), 1 / (u * (1 - u)))
    }
  }

  private func expectEvidence<Pair: ConjugatePair>(
    _ pair: Pair, _ observations: [Pair.Observation], _ prior: Pair.Prior,
    map: @escaping (Double) -> (point: Pair.Prior.Point, slope: Double)
  ) throws {
    let found = try pair.logEvidence(of: observations, under: prior)
    let size = 20 + abs(found)
    #expect(abs(try chained(pair, observations, prior) - found) <= 256 * size * Double.ulpOfOne)
    let (integral, error) = try integrated(pair, observations, prior, map: map)
    #expect(abs(integral - found) <= error, "\(Pair.self): \(integral) and \(found)")
    #expect(error < 1e-6)
  }

  @Test("Outcomes: Pólya's urn") func urn() throws {
    // α/(α + β + γ) · … : each outcome drawn makes itself more likely.
    let prior = try DirichletLaw(concentration: [0.5, 1.5, 2])
    let pair = CategoricalPair(outcomes: 3)
    let found = try pair.logEvidence(of: [1, 0, 1], under: prior)
    #expect(abs(found - log(1.5 / 4 * 0.5 / 5 * 2.5 / 6)) <= 32 * 8 * Double.ulpOfOne)
    #expect(try pair.logEvidence(of: [3], under: prior) == -.infinity)
    let bits = try BernoulliPair().logEvidence(
      of: [true, false, true], under: BetaLaw(on: 1.5, off: 0.5))
    #expect(abs(bits - log(1.5 / 2 * 0.5 / 3 * 2.5 / 4)) <= 32 * 8 * Double.ulpOfOne)
  }

  @Test("Unknown mean and variance: Student's t, and the same law in one dimension of the other")
  func student() throws {
    let prior = try NormalInverseGamma(mean: 0.4, kappa: 1.3, shape: 2.2, rate: 0.9)
    // p(x) is Student's t with 2a degrees of freedom, centre m, squared scale b(κ + 1)/(aκ).
    let (x, a) = (1.7, 2.2)
    let scale = 0.9 * 2.3 / (a * 1.3)
    let expected =
      try SpecialFunctions.logGamma(a + 0.5).value - SpecialFunctions.logGamma(a).value
      - 0.5 * log(2 * a * Double.pi * scale)
      - (a + 0.5) * log(1 + (x - 0.4) * (x - 0.4) / (2 * a * scale))
    let found = try NormalPair().logEvidence(of: [x], under: prior)
    #expect(abs(found - expected) <= 64 * 8 * Double.ulpOfOne)

    let wide = NormalInverseWishart(checkedMean: [0.4], kappa: 1.3, dof: 4.4, scale: [[1.8]])
    let observations = [1.7, -0.3, 0.9]
    let one = try NormalPair().logEvidence(of: observations, under: prior)
    let other = try MultivariateNormalPair().logEvidence(of: observations.map { [$0] }, under: wide)
    #expect(abs(one - other) <= 256 * 8 * Double.ulpOfOne)
    let law = NormalLaw(mean: 0.2, variance: 0.7)
    let density = try wide.logDensity(Gaussian(mean: 0.2, variance: 0.7))
    #expect(abs(try prior.logDensity(law) - density) <= 64 * 8 * Double.ulpOfOne)
    let likelihood = try NormalPair().logLikelihood(of: x, at: law)
    #expect(abs(likelihood - law.logDensity(x)) <= 64 * 8 * Double.ulpOfOne)
  }

  @Test("Vectors: likelihood, chain rule, and Bayes' rule at every θ", arguments: 0..<10)
  func vectors(stream: Int) throws {
    var cases = try Cases(seed: 71, stream: UInt64(stream))
    let prior = try NormalInverseWishart.random(dimension: 2, &cases)
    var observations: [[Double]] = []
    for _ in 0..<3 { observations.append(try cases.reals(2, from: -2, to: 2)) }
    let pair = MultivariateNormalPair()
    let evidence = try pair.logEvidence(of: observations, under: prior)
    let allowed = 4096 * 40 * Double.ulpOfOne
    #expect(abs(try chained(pair, observations, prior) - evidence) <= allowed)
    let point = try Gaussian(
      mean: cases.reals(2, from: -1, to: 1), covariance: [1.2, 0.4, 0.4, 0.8])
    let posterior = try pair.posterior(prior, given: observations)
    let likelihood = try observations.reduce(0) { $0 + (try point.logDensity($1)) }
    let joint = try prior.logDensity(point) + likelihood
    #expect(abs(joint - evidence - (try posterior.logDensity(point))) <= allowed)
  }

  @Test("A batch of B out of N counts N/B times each; expectations are under q")
  func batches() throws {
    let prior = GammaLaw(shape: 2, rate: 1.5)
    let scaled = try PoissonPair().posterior(prior, given: [3, 1], weight: 5)
    #expect(scaled == GammaLaw(shape: 22, rate: 11.5))
    // E_q[log p(x | λ)] = x E[log λ] − E[λ] − log x!
    let found = try PoissonPair().expectedLogLikelihood(of: 3, under: scaled)
    let expected = 3 * (try SpecialFunctions.digamma(22).value - log(11.5)) - 22 / 11.5 - log(6)
    #expect(abs(found - expected) <= 32 * 16 * Double.ulpOfOne)
  }

  @Test("Natural parameters that belong to no law are refused")
  func refusals() {
    #expect(throws: GSLError.self) { try BetaLaw(naturalParameters: [-1.5, 0]) }
    #expect(throws: GSLError.self) { try BetaLaw(naturalParameters: [1]) }
    #expect(throws: GSLError.self) { try DirichletLaw(naturalParameters: []) }
    #expect(throws: GSLError.self) { try GammaLaw(naturalParameters: [1, 1]) }
    #expect(throws: GSLError.self) { try NormalLaw(naturalParameters: [0, 0.5]) }
    #expect(throws: GSLError.self) { try NormalInverseGamma(naturalParameters: [3, 1, 1, 5]) }
    #expect(throws: GSLError.self) { try NormalInverseWishart(naturalParameters: [0, 1, 1]) }
    #expect(throws: GSLError.self) { try NormalInverseWishart(naturalParameters: [3, 1, 1, 5]) }
  }
}
