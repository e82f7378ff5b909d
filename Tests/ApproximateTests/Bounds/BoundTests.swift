import Approximate
import GSL
import Models
import Probability
import Testing

/// A random table with a random q, and log p(x) added up in plain probabilities.
private struct Tables {
  let joint: FiniteJoint
  let q: [Double]
  let logEvidence: Double

  static func drawn(_ count: Int) throws -> [Tables] {
    try (0..<count).map { index in
      var cases = try Cases(seed: 7, stream: UInt64(index))
      let states = try cases.integer(2...4)
      let joint = try FiniteJoint.random(states: states, &cases)
      let q = try cases.simplex(states)
      let evidence = zip(joint.prior, joint.likelihood).reduce(0) { $0 + $1.0 * $1.1 }
      return Tables(joint: joint, q: q, logEvidence: log(evidence))
    }
  }

  /// Four states, logarithms below 10 in size, a few roundings each.
  static let rounding = 64 * Double.ulpOfOne * 10
}

@Suite("The bound in its three forms") struct BoundTests {
  @Test("All forms are one number, a divergence below log p(x)") func formsAgree() throws {
    for table in try Tables.drawn(200) {
      let joint = elbo(of: table.q, table.joint).value
      let evidence = exp(table.logEvidence)
      let gap = table.q.indices.reduce(0) { total, z in
        let posterior = table.joint.prior[z] * table.joint.likelihood[z] / evidence
        return total + table.q[z] * log(table.q[z] / posterior)
      }
      #expect(abs(joint - (table.logEvidence - gap)) <= Tables.rounding)
      #expect(abs(elboByEntropy(of: table.q, table.joint).value - joint) <= Tables.rounding)
      #expect(abs(elboByDivergence(of: table.q, table.joint).value - joint) <= Tables.rounding)
      #expect(negativeELBO(of: table.q, table.joint).value == -joint)
    }
  }

  @Test("States that q never visits count for nothing, states that p forbids for −∞")
  func zeros() throws {
    let joint = try FiniteJoint(prior: [0.2, 0.5, 0.3], likelihood: [0.7, 0, 0.4])
    let q = [0.25, 0, 0.75]
    let expected = 0.25 * log(0.14 / 0.25) + 0.75 * log(0.12 / 0.75)
    for form in [elbo, elboByEntropy, elboByDivergence] {
      #expect(abs(form(q, joint).value - expected) <= Tables.rounding)
      #expect(form([0.25, 0.25, 0.5], joint).value == -.infinity)
    }
  }

  @Test("Numbers say what they are") func labels() {
    let joint = FiniteJoint.threeStates
    #expect(elbo(of: joint.prior, joint).label == "lower bound")
    #expect(negativeELBO(of: joint.prior, joint).label == "upper bound")
  }

  @Test("Jensen's gap is the divergence to the reweighted law, and −ELBO up to log p(x)")
  func jensen() throws {
    for table in try Tables.drawn(100) {
      let ratios = table.q.indices.map { exp(table.joint.logJoint($0)) / table.q[$0] }
      #expect(
        abs(log(expectation(of: ratios, under: table.q)) - table.logEvidence) <= Tables.rounding)
      let gap = jensenGap(of: ratios, under: table.q)
      #expect(gap >= -Tables.rounding)
      #expect(
        abs(table.logEvidence - gap - elbo(of: table.q, table.joint).value) <= Tables.rounding)
    }
  }
}

@Suite("The bound of independent bits") struct FactorisedBoundTests {
  /// 2^D states, likelihoods of four words: terms below 40, products of a few rounded factors.
  private let rounding = 256 * Double.ulpOfOne * 40

  @Test("Each form is the table's bound, and one draw has it as its mean") func agreesWithTables()
    throws
  {
    for index in UInt64(0)..<60 {
      var cases = try Cases(seed: 11, stream: index)
      let document = try LatentFactorDocument.random(&cases)
      let q = BernoulliFactors(try cases.probabilities(document.latentCount))
      let prior = BernoulliFactors(document.model.prior)
      var expected = 0.0
      for state in 0..<(1 << q.count) {
        let z = latents(state, count: q.count)
        let logQ = q.logProbability(z)
        expected += exp(logQ) * (document.logPrior(z) + document.logLikelihood(z) - logQ)
      }
      let mean = try exactMean { choices in try sampledELBO(of: q, document, &choices) }
      for value in [
        elbo(of: q, document).value, elboByEntropy(of: q, document).value,
        elboByDivergence(of: q, document, prior: prior).value, mean.value,
      ] { #expect(abs(value - expected) <= rounding) }
    }
  }

  @Test("Certain bits have no entropy and cost −log p(z)") func corners() {
    let corner = BernoulliFactors([1, 0])
    #expect(corner.entropy == 0)
    let price = corner.kullbackLeibler(from: BernoulliFactors([0.3, 0.3]))
    #expect(abs(price + log(0.3) + log(0.7)) <= 8 * Double.ulpOfOne)
    #expect(BernoulliFactors([0.5]).kullbackLeibler(from: BernoulliFactors([0])) == .infinity)
  }
}

@Suite("The bound of a Gaussian") struct GaussianBoundTests {
  @Test("No neighbour is better than the best Gaussian, and no search finds another")
  func bestIsBest() throws {
    for index in UInt64(0)..<40 {
      var cases = try Cases(seed: 3, stream: index)
      let model = try PoissonCount(
        shift: cases.real(from: -2, to: 2), count: cases.integer(0...8))
      let best = model.bestGaussian()
      let top = model.elbo(mean: best.mean, variance: best.variance).value
      for step in [-0.01, 0.01] {
        #expect(model.elbo(mean: best.mean + step, variance: best.variance).value < top)
        #expect(model.elbo(mean: best.mean, variance: best.variance * (1 + step)).value < top)
      }
      // A search without derivatives ends with a simplex of size 1e-6; curvatures are below 100.
      let found = try Minimiser.simplex(from: [0, 0], step: 0.5, tolerance: 1e-6, limit: 2000) {
        -model.elbo(mean: $0[0], variance: exp($0[1])).value
      }
      #expect(abs(-found.value - top) <= 100 * 1e-12)
    }
  }

  @Test("Through a line the bound is tight at the posterior") func tight() {
    let model = LinearGaussian.unit
    let logEvidence = -0.5 * (log(4 * Double.pi) + 0.5)
    #expect(
      abs(model.elbo(mean: 0.5, variance: 0.5).value - logEvidence) <= 16 * Double.ulpOfOne)
    for (mean, variance, bound) in [(0, 1, -1.918939), (0.5, 0.5, -1.515512), (2, 0.1, -4.170231)] {
      #expect(abs(model.elbo(mean: mean, variance: variance).value - bound) <= 5e-7)
    }
  }
}
