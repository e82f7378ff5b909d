import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("What is asked of Bayesian mixtures") struct BayesianMixtureQuestionTests {
  private static func drawn(_ stream: Int) throws -> DrawnMixture {
    var cases = try Cases(seed: 47, stream: UInt64(stream))
    return try DrawnMixture.random(&cases)
  }

  private static let brute = ExactRequest(route: .bruteForce)

  // Catches: a set drawn without regard to what is left, maxima over the wrong table, labels of another component,
  // an entropy of partitions instead of labels.
  @Test("The dynamic program over sets is the law of all labelled assignments")
  func law() throws {
    for stream in 0..<16 {
      let drawn = try Self.drawn(stream)
      let evidence = try AssignmentEvidence(drawn.mixture, drawn.observations)
      try expectSameLaw(
        SubsetLaw(evidence), drawn.mixture.visitedAssignments(evidence), "\(stream)")
    }
  }

  // Catches: empty components counted as clusters; sizes of another component.
  @Test("Sizes and clusters are those of brute force, and sizes add up to all")
  func counts() throws {
    for stream in 0..<12 {
      let drawn = try Self.drawn(stream)
      let (own, all) = (
        try drawn.mixture.expectedSizes(drawn.observations, ExactRequest()),
        try drawn.mixture.expectedSizes(drawn.observations, Self.brute)
      )
      #expect(zip(own.sizes + [own.clusters], all.sizes + [all.clusters]).allSatisfy(near))
      #expect(near(own.sizes.reduce(0, +), Double(drawn.observations.count)))
    }
  }

  // Catches: a slope by one parameter that is another's; the normaliser of the labels' law left out; an odd block's
  // half step of the digamma.
  @Test("Slopes are those of brute force and of the evidence, by differences")
  func slopes() throws {
    for stream in 0..<8 {
      let drawn = try Self.drawn(stream)
      let (mixture, observations) = (drawn.mixture, drawn.observations)
      let slopes = try mixture.slopes(observations, ExactRequest())
      let all = try mixture.slopes(observations, Self.brute)
      #expect(zip(slopes.flattened, all.flattened).allSatisfy(near), "\(stream)")
      let (prior, h) = (mixture.prior, 1e-5)
      func evidence(
        _ concentration: [Double], _ mean: [Double], _ kappa: Double, _ dof: Double,
        _ scale: [[Double]]
      ) throws -> Double {
        let moved = try BayesianMixture(
          concentration: concentration,
          prior: NormalInverseWishart(mean: mean, kappa: kappa, dof: dof, scale: scale))
        return try BayesianMixturePosterior(bySubsets: moved, observations).logEvidence.value
      }
      func agree(_ found: Double, _ name: String, _ move: (Double) throws -> Double) throws {
        let difference = (try move(h) - move(-h)) / (2 * h)
        #expect(abs(found - difference) < 1e-6 * max(1, abs(found)), "\(stream) \(name)")
      }
      for k in mixture.concentration.indices {
        try agree(slopes.concentration[k], "concentration \(k)") { step in
          var moved = mixture.concentration
          moved[k] += step
          return try evidence(moved, prior.mean, prior.kappa, prior.dof, prior.scale)
        }
      }
      try agree(slopes.kappa, "kappa") {
        try evidence(mixture.concentration, prior.mean, prior.kappa + $0, prior.dof, prior.scale)
      }
      try agree(slopes.dof, "dof") {
        try evidence(mixture.concentration, prior.mean, prior.kappa, prior.dof + $0, prior.scale)
      }
      for i in prior.mean.indices {
        try agree(slopes.mean[i], "mean \(i)") { step in
          var moved = prior.mean
          moved[i] += step
          return try evidence(
            mixture.concentration, moved, prior.kappa, prior.dof, prior.scale)
        }
        for j in 0...i {
          let both = slopes.scale[i][j] + (i == j ? 0 : slopes.scale[j][i])
          try agree(both, "scale \(i) \(j)") { step in
            var moved = prior.scale
            moved[i][j] += step
            if i != j { moved[j][i] += step }
            return try evidence(
              mixture.concentration, prior.mean, prior.kappa, prior.dof, moved)
          }
        }
      }
    }
  }

  // Catches: the slope by large degrees of freedom taken as a difference of two digammas without their digits.
  @Test("With many degrees of freedom the slope by them is small, and keeps its digits")
  func manyDegrees() throws {
    let prior = try NormalInverseWishart(mean: [0], kappa: 1, dof: 1e5, scale: [[1e5]])
    let mixture = try BayesianMixture(concentration: [1], prior: prior)
    let slope = try mixture.slopes([[0.5]], ExactRequest()).dof
    // ½ [ψ(ν/2 + ½) − ψ(ν/2)] − ½ log(1 + ε) with ε = 0.125/1e5 and ψ(x + ½) − ψ(x) = 1/(2x) + 1/(8x²) + O(x⁻⁴).
    let x = 0.5e5
    let expected = 0.5 * (1 / (2 * x) + 1 / (8 * x * x)) - 0.5 * log1p(0.125 / 1e5)
    #expect(abs(slope - expected) < 1e-15)
  }

  // Catches: more terms than are allowed; logarithms that doubles do not tell apart; no observations.
  @Test("Too many, too large and none")
  func edges() throws {
    let prior = try NormalInverseWishart(mean: [0], kappa: 1, dof: 2, scale: [[1]])
    let mixture = try BayesianMixture(concentration: [1, 2], prior: prior)
    let many = (0..<12).map { [Double($0)] }
    for route in ExactRoute.allCases {
      #expect(throws: ExactRefusal.self) {
        try mixture.hiddenLaw(many, ExactRequest(route: route, maxStates: 1000))
      }
      let none = try mixture.hiddenLaw([], ExactRequest(route: route))
      #expect(try none.entropy == 0 && none.explanation?.state == [])
      #expect(try mixture.expectedSizes([], ExactRequest(route: route)).clusters == 0)
    }
    // Catches: slopes of blocks before the observations are looked at, which has no end or reads what is not there.
    let plane = try BayesianMixture(
      concentration: [1, 2],
      prior: NormalInverseWishart(mean: [0, 0], kappa: 1, dof: 3, scale: [[1, 0], [0, 1]]))
    for (misfit, observations) in [(plane, [[1.0]]), (mixture, (0..<60).map { [Double($0)] })] {
      #expect(throws: ExactRefusal.self) { try misfit.slopes(observations, ExactRequest()) }
    }
    let sparse = try BayesianMixture(concentration: [1e-8, 1e-8], prior: prior)
    #expect(throws: ExactRefusal.self) { try sparse.slopes([[1], [2]], ExactRequest()) }
    let wide = try BayesianMixture(
      concentration: [1, 2],
      prior: NormalInverseWishart(mean: [0], kappa: 1, dof: 1e9, scale: [[1]]))
    #expect(throws: ExactRefusal.imprecise("observations")) {
      try wide.hiddenLaw([[1], [2]], ExactRequest())
    }
  }
}
