import GSL
import Testing

@testable import Probability

@Suite("Exponential families as values") struct NaturalFamilyTests {
  /// Slopes of a vector function of η by differences, with what halving the step changes.
  private func slopes(
    at eta: [Double], steps: [Double], _ function: ([Double]) throws -> [Double]
  ) throws -> [(column: [Double], error: Double)] {
    try eta.indices.map { index in
      func slope(_ step: Double) throws -> [Double] {
        var (up, down) = (eta, eta)
        up[index] += step
        down[index] -= step
        return zip(try function(up), try function(down)).map { ($0 - $1) / (2 * step) }
      }
      let (coarse, fine) = (try slope(2 * steps[index]), try slope(steps[index]))
      return (fine, zip(coarse, fine).reduce(0) { max($0, abs($1.0 - $1.1)) })
    }
  }

  /// ∇A = E[t], ∇²A = Cov[t], and both maps lead back.
  private func expectFamily<Family: InvertibleFamily>(_ law: Family) throws {
    let (eta, means) = (law.naturalParameters, try law.meanParameters())
    let size = abs(try law.logPartition()) + 10
    let steps = eta.map { 0x1p-10 * max(min(1, $0.magnitude), 0x1p-6) }
    let first = try slopes(at: eta, steps: steps) {
      [try Family(naturalParameters: $0).logPartition()]
    }
    for (mean, (found, error)) in zip(means, first) {
      let noise = 64 * size * Double.ulpOfOne / (steps.min() ?? 1)
      #expect(abs(found[0] - mean) <= error + noise + 1e-9, "\(law): \(mean) and \(found[0])")
    }
    let covariance = try law.statisticsCovariance()
    let second = try slopes(at: eta, steps: steps) {
      try Family(naturalParameters: $0).meanParameters()
    }
    for (row, (column, error)) in second.enumerated() {
      for (index, found) in column.enumerated() {
        let entry = covariance[index * eta.count + row]
        #expect(abs(found - entry) <= error + 1e-7 * (1 + abs(entry)), "\(law) [\(index)][\(row)]")
      }
    }
    for again in [
      try Family(naturalParameters: eta), try Family(meanParameters: means),
    ] {
      for (a, b) in zip(try again.meanParameters(), means) {
        #expect(abs(a - b) <= 1e-11 * (1 + abs(b)), "\(law): \(a) and \(b)")
      }
      for (a, b) in zip(again.naturalParameters, eta) {
        #expect(abs(a - b) <= 1e-8 * (1 + abs(b)), "\(law): \(a) and \(b)")
      }
    }
  }

  @Test("∇A = E[t], ∇²A = Cov[t], and η and E[t] make the law again", arguments: 0..<12)
  func families(stream: Int) throws {
    var cases = try Cases(seed: 71, stream: UInt64(stream))
    let n = try cases.reals(6, from: 0.4, to: 4)
    let m = try cases.reals(3, from: -2, to: 2)
    try expectFamily(BernoulliLaw(n[0] / 5))
    try expectFamily(PoissonLaw(rate: n[0]))
    try expectFamily(ExponentialLaw(rate: n[0]))
    try expectFamily(NormalLaw(mean: m[0], variance: n[1]))
    try expectFamily(GammaLaw(shape: n[0], rate: n[1]))
    try expectFamily(BetaLaw(on: n[0], off: n[1]))
    try expectFamily(DirichletLaw(concentration: Array(n[..<4])))
    try expectFamily(
      NormalInverseGamma(mean: m[0], kappa: n[0], shape: n[1], rate: n[2]))
    for d in 1...3 {
      let root = try cases.reals(d * d, from: -1, to: 1)
      let square = table(d) { i, j in
        (0..<d).reduce(i == j ? 0.5 : 0) { $0 + root[i * d + $1] * root[j * d + $1] }
      }
      try expectFamily(Gaussian(mean: Array(m[..<d]), covariance: square))
      try expectFamily(WishartLaw(dof: Double(d - 1) + n[3], scale: square, dimension: d))
      try expectFamily(InverseWishartLaw(dof: Double(d - 1) + n[4], scale: square, dimension: d))
      try expectFamily(NormalInverseWishart.random(dimension: d, &cases))
    }
  }

  @Test("A categorical distribution by η, whatever is added to it") func categorical() throws {
    let law = try CategoricalLaw(naturalParameters: [1, 2, 0.5])
    let same = try CategoricalLaw(naturalParameters: [11, 12, 10.5])
    for (a, b) in zip(law.probabilities, same.probabilities) { #expect(abs(a - b) < 1e-14) }
    #expect(abs(law.logDensity(law.indicators(of: 1)) - log(law.probabilities[1])) < 1e-15)
    #expect(abs(law.statisticsCovariance().reduce(0, +)) < 1e-15)
    // Catches: 0 · log 0 for an outcome that cannot come and did not.
    let two = try CategoricalLaw(meanParameters: [0.25, 0, 0.75])
    #expect(two.logDensity([1, 0, 0]) == log(0.25) && two.logDensity([0, 1, 0]) == -.infinity)
  }

  @Test("Densities of two dimensions integrate to what the formulas say") func densities() throws {
    // A Wishart law of one dimension is a gamma law with shape ν/2 and rate 1/(2V).
    let (wishart, gamma) = (
      try WishartLaw(dof: 3.2, scale: [0.7], dimension: 1), GammaLaw(shape: 1.6, rate: 1 / 1.4)
    )
    #expect(abs(try wishart.logDensity([2.1]) - (try gamma.logDensity(2.1))) < 1e-13)
    let gaussian = try Gaussian(mean: [1, -0.5], covariance: [2, 0.3, 0.3, 0.6])
    let byFamily =
      dot(gaussian.naturalParameters, Gaussian.statistics(of: [0.2, 0.4]))
      - (try gaussian.logPartition())
    #expect(abs(byFamily - (try gaussian.logDensity([0.2, 0.4]))) < 1e-13)
  }

  // Catches: a half count that is rounded, and one that is no integer at all.
  @Test("A Poisson law knows whole numbers of events") func counts() throws {
    let law = PoissonLaw(rate: 1.5)
    #expect(abs(try law.logDensity(3) - (3 * log(1.5) - 1.5 - log(6))) < 1e-14)
    for x in [2.5, -1, .infinity, .nan, 1e300] {
      #expect(throws: GSLError.self) { try law.logDensity(x) }
      #expect(throws: GSLError.self) { try PoissonLaw.logBase(of: x) }
    }
  }

  @Test("What belongs to no member is refused") func refusals() throws {
    #expect(throws: GSLError.self) { try GammaLaw(meanParameters: [1, 1]) }
    #expect(throws: GSLError.self) { try NormalLaw(meanParameters: [1, 0.5]) }
    #expect(throws: GSLError.self) { try DirichletLaw(meanParameters: [-0.1, -0.1]) }
    #expect(throws: GSLError.self) { try DirichletLaw(meanParameters: []) }
    #expect(throws: GSLError.self) { try WishartLaw(meanParameters: [1, 0.5]) }
    #expect(throws: GSLError.self) { try WishartLaw(naturalParameters: [1, 2, 3]) }
    #expect(throws: GSLError.self) { try Gaussian(naturalParameters: [1, 0.5]) }
    #expect(throws: GSLError.self) { try CategoricalLaw(naturalParameters: []) }
    #expect(throws: GSLError.self) { try BernoulliLaw(meanParameters: [1]) }
    #expect(throws: GSLError.self) { try NormalInverseWishart(meanParameters: [0, -1, -0.5]) }
  }
}
