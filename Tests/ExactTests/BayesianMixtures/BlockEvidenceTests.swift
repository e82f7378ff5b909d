import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("The evidence of a block of observations") struct BlockEvidenceTests {
  /// A block whose log evidence was computed with 60 digits from the formula.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let block: [[Double]]
    let prior: NormalInverseWishart
    let logEvidence: Double

    init(
      _ name: String, _ block: [[Double]], mean: [Double], kappa: Double, dof: Double,
      scale: [[Double]], _ logEvidence: Double
    ) throws {
      testDescription = name
      self.block = block
      prior = try NormalInverseWishart(mean: mean, kappa: kappa, dof: dof, scale: scale)
      self.logEvidence = logEvidence
    }
  }

  static func cases() throws -> [Case] {
    let leaning = [[1, 0.2], [0.2, 1]]
    let unequal = [[1, 0.3], [0.3, 2]]
    return [
      try Case(
        "one point", [[0.3]], mean: [0], kappa: 1, dof: 1.5, scale: [[0.7]], -1.1200337032586086058),
      try Case(
        "a cluster at 10^8", [[1e8, 1e8 + 1], [1e8 + 2, 1e8 - 1], [1e8, 1e8]], mean: [0, 0],
        kappa: 0.5, dof: 3, scale: leaning, -119.31161861490392531),
      try Case(
        "two near, one at 10^8", [[0, 0.3], [0.5, 1], [1e8, -1e8]], mean: [0, 0.1], kappa: 0.5,
        dof: 3, scale: leaning, -117.50746300254709399),
      try Case(
        "a scale of condition 10^13", [[0.1, 0.2], [0.3, 0.1]], mean: [0, 0], kappa: 1, dof: 2.5,
        scale: [[1, 1 - 1e-13], [1 - 1e-13, 1]], -33.146988218031669218),
      try Case(
        "four equal points", Array(repeating: [2, -1], count: 4), mean: [0, 0], kappa: 0.01, dof: 4,
        scale: unequal, -8.9611704603427320675),
      try Case(
        "degrees of freedom just above d − 1", [[0.4, 0.5]], mean: [0, 0], kappa: 2, dof: 1 + 1e-9,
        scale: unequal, -23.436048823296890296),
      try Case(
        "10^15 degrees of freedom", [[0.4, 0.5], [1, -1]], mean: [0, 0], kappa: 2, dof: 1e15,
        scale: [[1e15, 3e14], [3e14, 2e15]], -5.7758213093638783993),
      try Case(
        "kappa 10^-300", [[3], [4]], mean: [0], kappa: 1e-300, dof: 2, scale: [[1]],
        -347.68999764145255418),
      try Case(
        "a point at 10^300", [[1e300]], mean: [0], kappa: 1, dof: 2, scale: [[1]],
        -2072.3265836946411158),
      try Case(
        "a scale of 10^-300", [[1], [2]], mean: [0], kappa: 1, dof: 2, scale: [[1e-300]],
        -693.85585828951705082),
      try Case(
        "five dimensions", [[1, 2, 3, 4, 5.5], [2, 1, 0, 1, 2.25]], mean: [0, 0, 0, 0, 0], kappa: 1,
        dof: 6, scale: (0..<5).map { i in (0..<5).map { i == $0 ? 2 : 0.5 } },
        -22.106886830038823196),
    ]
  }

  @Test("Against 60 digits: a few roundings of the largest term, however far out")
  func table() throws {
    for item in try Self.cases() {
      let found = try BlockEvidence(item.prior).logEvidence(of: item.block)
      // Some thirty terms, of which a determinant's logarithm times the dof may be the largest.
      let allowed = 64 * Double.ulpOfOne * max(1, abs(item.logEvidence)) * Double(item.block.count)
      #expect(abs(found - item.logEvidence) <= allowed, "\(item.testDescription): \(found)")
    }
  }

  @Test("The same formula with Cholesky in doubles is refused by the table")
  func doublesAreTooShort() throws {
    let far = try #require(try Self.cases().first { $0.testDescription == "a cluster at 10^8" })
    let exact = try BlockEvidence(far.prior).logEvidence(of: far.block)
    let inDoubles = try? plainLogEvidence(of: far.block, far.prior)
    #expect(inDoubles.map { abs($0 - exact) > 1e-9 } ?? true)
    let near = try #require(try Self.cases().first { $0.testDescription == "four equal points" })
    let plain = try plainLogEvidence(of: near.block, near.prior)
    #expect(abs(plain - near.logEvidence) <= 1e-12)
  }

  @Test("A block is the product of the Student-t densities of each point given those before")
  func chainRule() throws {
    let joint = Route<DrawnMixture>("the block") { drawn in
      [try BlockEvidence(drawn.mixture.prior).logEvidence(of: drawn.observations.map { [$0[0]] })]
    }
    let chain = Route<DrawnMixture>("point by point") { drawn in
      [try pointByPoint(drawn.mixture.prior, drawn.observations.map { $0[0] })]
    }
    try expectAgreement(
      joint, chain, faultsInOne: [joint.offByAPercent()], faultsInOther: [chain.offByAPercent()],
      roundings: 1024
    ) { cases in
      let drawn = try DrawnMixture.random(&cases)
      let prior = try NormalInverseWishart.random(dimension: 1, &cases)
      return DrawnMixture(
        mixture: try BayesianMixture(concentration: [1], prior: prior),
        observations: drawn.observations)
    }
  }

  // Catches: a term of the series for large numbers that has the other sign, or is left out.
  @Test("Two half steps are a whole one")
  func halfSteps() throws {
    for a in stride(from: 60, to: 2000, by: 7.5) {
      let halves = try logRising(halves: 1, a) + logRising(halves: 1, a + 0.5)
      // log Γ(a) itself has fewer digits than the series, which begins at 100.
      let roundings = a < 100 ? 4 * a * log(a) : 8 * log(a)
      #expect(abs(halves - log(a)) <= roundings * Double.ulpOfOne, "\(a)")
      #expect(abs(halves - (try logRising(halves: 2, a))) <= roundings * Double.ulpOfOne)
    }
  }
}

/// The formula of ``BlockEvidence`` with determinants by Cholesky in doubles.
private func plainLogEvidence(of block: [[Double]], _ prior: NormalInverseWishart) throws -> Double
{
  let (n, d) = (Double(block.count), prior.dimension)
  let centre = (0..<d).map { a in block.reduce(0) { $0 + $1[a] } / n }
  let shift = zip(centre, prior.mean).map { $0 - $1 }
  func logDeterminant(_ entries: [Double]) throws -> Double {
    let factor = try LinearAlgebra.cholesky(order: d, entries)
    return (0..<d).reduce(0) { $0 + 2 * log(factor[$1 * d + $1]) }
  }
  var scatter: [Double] = []
  for a in 0..<d {
    for b in 0..<d {
      let pooled = prior.kappa * n / (prior.kappa + n) * shift[a] * shift[b]
      scatter.append(
        block.reduce(prior.scale[a][b] + pooled) { $0 + ($1[a] - centre[a]) * ($1[b] - centre[b]) })
    }
  }
  let gammas =
    try SpecialFunctions.logMultivariateGamma(dimension: d, (prior.dof + n) / 2).value
    - SpecialFunctions.logMultivariateGamma(dimension: d, prior.dof / 2).value
  return -0.5 * n * Double(d) * log(Double.pi) + 0.5 * Double(d)
    * log(prior.kappa / (prior.kappa + n))
    + gammas + 0.5 * prior.dof * (try logDeterminant(Array(prior.scale.joined())))
    - 0.5 * (prior.dof + n) * (try logDeterminant(scatter))
}

/// Σ log t(x_i | x_1 … x_(i−1)) in one dimension: the prior is updated after every point.
private func pointByPoint(_ prior: NormalInverseWishart, _ points: [Double]) throws -> Double {
  var (mean, kappa, dof, scale) = (prior.mean[0], prior.kappa, prior.dof, prior.scale[0][0])
  var total = 0.0
  for x in points {
    let spread = scale * (kappa + 1) / kappa
    total +=
      try SpecialFunctions.logGamma((dof + 1) / 2).value - SpecialFunctions.logGamma(dof / 2).value
      - 0.5 * log(Double.pi * spread)
      - 0.5 * (dof + 1) * log1p((x - mean) * (x - mean) / spread)
    scale += kappa / (kappa + 1) * (x - mean) * (x - mean)
    mean = (kappa * mean + x) / (kappa + 1)
    (kappa, dof) = (kappa + 1, dof + 1)
  }
  return total
}
