import Exact
import GSL
import Models
import Networks
import Probability
import Testing

/// A model of counts or bits on a line.
private func line(
  variance: Double = 1, offset: Double = 0.2, law: EventLaw = .poisson, _ events: Int
) throws -> LatentGaussian {
  try LatentGaussian(
    mean: [0], covariance: [[variance]], features: [[1]], offset: [offset], law: law,
    observations: [events])
}

@Suite("A Gaussian latent seen through counts or bits") struct LatentGaussianPosteriorTests {
  private func posterior(_ model: LatentGaussian) throws -> LatentGaussianPosterior {
    try #require(try LatentGaussianPosterior(of: model))
  }

  // Catches: a bend that takes the slope out twice, a height or a volume that is left out.
  @Test("One count: the trapezoid rule with a proven bound", arguments: [0, 1, 3, 8])
  func oneCount(count: Int) throws {
    for shift in [-1.5, 0.2, 1] {
      let found = try posterior(try line(offset: shift, count)).logEvidence
      let proven = try PoissonCount(shift: shift, count: count).exactLogEvidence
      #expect(abs(found.value - proven.value) <= found.errorBound + proven.errorBound)
      #expect(found.errorBound < 1e-11)
    }
  }

  // Catches: a lattice of which only one direction is measured.
  @Test("The Poisson chain of two steps: twelve digits, and its grid filter")
  func twoSteps() throws {
    let chain = try PoissonChain(
      initialMean: 0, initialVariance: 1, dynamics: 0.9, noise: 0.19, offset: 0.3, counts: [1, 3])
    let found = try posterior(try chain.latentGaussian())
    #expect(abs(found.logEvidence.value + 3.829105676064) < 1e-12)
    let filter = PoissonChainPosterior(of: chain)
    #expect(abs(filter.logEvidence.value - found.logEvidence.value) < 1e-11)
    for t in 0..<2 {
      #expect(abs(filter.means[t].value - found.mean[t]) < 1e-11)
      #expect(abs(filter.variances[t].value - found.covariance[t, t]) < 1e-11)
    }
  }

  // Catches: numbers of z that depend on each other where nothing ties them.
  @Test("Two numbers that nothing ties: evidences add, and no covariance appears")
  func independent() throws {
    for law in EventLaw.allCases {
      let one = try posterior(try line(variance: 4, law: law, 1))
      let other = try posterior(try line(variance: 0.5, offset: -0.4, law: law, 0))
      let both = try posterior(
        try LatentGaussian(
          mean: [0, 0], covariance: [[4, 0], [0, 0.5]], features: [[1, 0], [0, 1]],
          offset: [0.2, -0.4], law: law, observations: [1, 0]))
      let sum = one.logEvidence.value + other.logEvidence.value
      #expect(abs(both.logEvidence.value - sum) < 1e-11)
      #expect(abs(both.covariance[0, 1]) < 1e-11)
      #expect(abs(both.mean[0] - one.mean[0]) < 1e-11)
      #expect(
        abs(both.meanLogJoint.value - one.meanLogJoint.value - other.meanLogJoint.value) < 1e-10)
    }
  }

  // Catches: a probability that is not one half where a bit and its mirror are alike.
  @Test("A bit with log odds symmetric around zero is a coin, however wide the prior is")
  func coin() throws {
    for variance in [1e-8, 1, 100, 1e6] {
      let found = try posterior(try line(variance: variance, offset: 0, law: .bernoulli, 1))
      #expect(abs(found.logEvidence.value + log(2)) < 1e-11, "\(variance)")
    }
  }

  // Catches: digits lost where counts are large or rates far off, and steps that never arrive.
  @Test("Large counts, rates far off, and narrow priors have an answer")
  func edges() throws {
    for model in [
      try line(offset: 30, 0), try line(offset: -30, 2), try line(variance: 4, 1_000_000),
      try line(variance: 1e-10, 7), try line(variance: 9, offset: 700, 3),
    ] {
      let found = try posterior(model)
      #expect(found.logEvidence.value.isFinite && found.logEvidence.errorBound < 1e-9)
      #expect(
        found.covariance[0, 0] > 0 && found.covariance[0, 0] <= model.root[0, 0] * model.root[0, 0])
    }
    // log p(y) of a large count: log N(log y; offset, variance) − log y, to first order.
    let large = try posterior(try line(variance: 4, offset: 0, 1_000_000)).logEvidence.value
    let z = log(1e6)
    #expect(abs(large - (-0.5 * (log(8 * Double.pi) + z * z / 4) - z)) < 1e-5)
  }

  // Catches: a divergence without its entropy, or of the other direction.
  @Test("The divergence from the prior is that of the posterior's moments and evidence")
  func divergence() throws {
    let model = try line(3)
    let found = try posterior(model)
    let prior = try GaussianFactor(mean: 0, variance: 1)
    // KL(p‖prior) = E_p[log p(y|z)] − log p(y).
    let fit =
      found.meanLogJoint.value
      + 0.5 * (log(2 * Double.pi) + found.covariance[0, 0] + found.mean[0] * found.mean[0])
    let wanted = fit - found.logEvidence.value
    #expect(abs(try found.kullbackLeibler(from: prior).value - wanted) < 1e-11)
    #expect(wanted > 0.1)
  }

  // Catches: a lattice that is given up, or one that never is.
  @Test("What takes too many points is not answered")
  func tooMany() throws {
    #expect(try LatentGaussianPosterior(of: try line(3), mostPoints: 10) == nil)
  }
}

@Suite("A chain of counts on a grid") struct PoissonChainPosteriorTests {
  // Catches: a likelihood from behind that does not hear the counts, or is not moved by a step.
  @Test("Three steps: the lattice in three directions")
  func threeSteps() throws {
    let chain = try PoissonChain(
      initialMean: 0.5, initialVariance: 2, dynamics: 1.1, noise: 0.3, offset: -0.5,
      counts: [0, 6, 2])
    let (filter, lattice) = (
      PoissonChainPosterior(of: chain),
      try #require(try LatentGaussianPosterior(of: try chain.latentGaussian()))
    )
    #expect(abs(filter.logEvidence.value - lattice.logEvidence.value) < 1e-10)
    for t in 0..<3 {
      #expect(abs(filter.means[t].value - lattice.mean[t]) < 1e-10)
      #expect(abs(filter.variances[t].value - lattice.covariance[t, t]) < 1e-10)
    }
    let mass = filter.densities[0].reduce(0, +) * (filter.places[1] - filter.places[0])
    #expect(abs(mass - 1) < 1e-12)
  }

  // Catches: a grid that does not reach where a count pulls the state.
  @Test("One step is one count") func oneStep() throws {
    for count in [0, 2, 40] {
      let chain = try PoissonChain(
        initialMean: 0, initialVariance: 1, dynamics: 0.3, noise: 1, offset: 0.2, counts: [count])
      let lattice = try #require(try LatentGaussianPosterior(of: try chain.latentGaussian()))
      let found = PoissonChainPosterior(of: chain).logEvidence
      #expect(abs(found.value - lattice.logEvidence.value) < 1e-11)
    }
  }
}
