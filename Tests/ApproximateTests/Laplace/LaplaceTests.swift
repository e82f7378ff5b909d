import Approximate
import Exact
import GSL
import Models
import Networks
import Probability
import Testing

@Suite("Two Gaussians for a latent seen through counts or bits") struct LaplaceTests {
  private func random(_ cases: inout Cases) throws -> LatentGaussian {
    let n = try cases.integer(1...3)
    let law: EventLaw = try cases.flip(0.5) ? .poisson : .bernoulli
    let roots = try (0..<n).map { _ in try cases.reals(n, from: -1, to: 1) }
    let covariance = (0..<n).map { i in
      (0..<n).map { j in
        (i == j ? 0.3 : 0) + (0..<n).reduce(0) { $0 + roots[i][$1] * roots[j][$1] }
      }
    }
    let count = try cases.integer(1...4)
    return try LatentGaussian(
      mean: try cases.reals(n, from: -1, to: 1), covariance: covariance,
      features: try (0..<count).map { _ in try cases.reals(n, from: -2, to: 2) },
      offset: try cases.reals(count, from: -2, to: 2), law: law,
      observations: try (0..<count).map { _ in try cases.integer(law == .poisson ? 0...9 : 0...1) })
  }

  // Catches: a step that stops before the top, a curvature in other coordinates than the mode.
  @Test("At the mode the slope is zero, and covariance and −H are inverses")
  func stationary() throws {
    var cases = try Cases(seed: 4, stream: 0)
    for _ in 0..<60 {
      let model = try random(&cases)
      let laplace = try LaplaceApproximation(of: model)
      let (slope, curvature) = model.derivatives(at: laplace.q.mean)
      #expect(slope.array.allSatisfy { abs($0) < 1e-11 })
      let product = laplace.negativeHessian.times(laplace.q.covariance)
      for i in 0..<model.dimension {
        for j in 0..<model.dimension {
          #expect(abs(product[i, j] - (i == j ? 1 : 0)) < 1e-10)
          #expect(
            abs(curvature[i, j] - laplace.negativeHessian[i, j]) < 1e-10
              * (1 + abs(curvature[i, j])))
        }
      }
    }
  }

  // Catches: a fourth, third or mixed derivative that is wrong, or a search that ends too early.
  @Test("The best Gaussian obeys its fixed point, and no neighbour has a larger ELBO")
  func best() throws {
    var cases = try Cases(seed: 5, stream: 0)
    for _ in 0..<30 {
      let model = try random(&cases)
      let best = try BestGaussian(for: model)
      let (slope, precision) = try model.boundDerivatives(at: best.q)
      #expect(slope.array.allSatisfy { abs($0) < 1e-9 })
      let product = precision.times(best.q.covariance)
      for i in 0..<model.dimension { #expect(abs(product[i, i] - 1) < 1e-9) }
      #expect(abs(try model.elbo(of: best.q) - best.elbo) < 1e-10 * (1 + abs(best.elbo)))
      let wider = try GaussianFactor(mean: best.q.mean, covariance: 1.02 * best.q.covariance)
      let moved = try GaussianFactor(mean: best.q.mean + 0.01, covariance: best.q.covariance)
      #expect(try model.elbo(of: wider) < best.elbo)
      #expect(try model.elbo(of: moved) < best.elbo)
      #expect(try model.elbo(of: LaplaceApproximation(of: model).q) <= best.elbo + 1e-12)
      let diagonal = try BestGaussian(for: model, isDiagonal: true)
      #expect(diagonal.elbo <= best.elbo + 1e-12)
      #expect(diagonal.q.dimension == 1 || diagonal.q.covariance[0, 1] == 0)
      #expect(diagonal.steps < 60 && best.steps < 60)
    }
  }

  // Catches: an ELBO that is no bound, or that agrees with no quadrature.
  @Test("The bound is below the evidence, and that of the quadrature") func bound() throws {
    var cases = try Cases(seed: 6, stream: 0)
    for _ in 0..<12 {
      let model = try random(&cases)
      guard model.dimension < 3 else { continue }
      let best = try BestGaussian(for: model)
      guard let exact = try LatentGaussianPosterior(of: model) else { continue }
      #expect(best.elbo <= exact.logEvidence.value + 1e-11)
      #expect(abs(try model.exactELBO(of: best.q).value - best.elbo) < 1e-10 * (1 + abs(best.elbo)))
    }
  }

  // Catches: a chain whose messages and matrix disagree.
  @Test("A chain is the latent of its states, in mode, variances and evidence")
  func chain() throws {
    for counts in [[3], [1, 3], [0, 0, 7], [40, 0, 1]] {
      let chain = try PoissonChain(
        initialMean: 0.2, initialVariance: 1.5, dynamics: 0.8, noise: 0.4, offset: 0.1,
        counts: counts)
      let (messages, matrix) = (
        try ChainLaplace(of: chain), try LaplaceApproximation(of: try chain.latentGaussian())
      )
      for t in counts.indices {
        #expect(abs(messages.mode[t] - matrix.q.mean[t]) < 1e-11)
        #expect(abs(messages.law.state(at: t).covariance[0] - matrix.q.covariance[t, t]) < 1e-11)
      }
      #expect(abs(messages.logEvidence - matrix.logEvidence) < 1e-10)
    }
  }

  // Catches: a smoother that takes more than linear time, or steps that overshoot for ever.
  @Test("A long chain, and one whose rates start far off") func long() throws {
    let counts = (0..<600).map { $0 % 7 == 0 ? 5 : $0 % 3 }
    let chain = try PoissonChain(
      initialMean: 0, initialVariance: 1, dynamics: 0.99, noise: 0.05, offset: 0, counts: counts)
    #expect(try ChainLaplace(of: chain).steps < 20)
    let far = try PoissonChain(
      initialMean: 30, initialVariance: 0.01, dynamics: 1, noise: 0.01, offset: 0, counts: [0, 2])
    let laplace = try ChainLaplace(of: far)
    // Newton's method with the matrix, in another language.
    #expect(abs(laplace.mode[0] - 7.61009915) < 1e-7 && abs(laplace.mode[1] - 5.40498045) < 1e-7)
    #expect(laplace.logEvidence.isFinite)
  }

  // Catches: a grid of as many nodes as a law is wide.
  @Test("The mean of a bit under a law wider than ten thousand is refused") func wide() throws {
    let model = try LatentGaussian(
      mean: [0], covariance: [[1]], features: [[1]], offset: [0], law: .bernoulli, observations: [1]
    )
    func bound(_ variance: Double) throws -> Double {
      try model.elbo(
        of: GaussianFactor(mean: Vector([0]), covariance: Matrix(rows: 1, columns: 1, [variance])))
    }
    #expect(try bound(1e6).isFinite)
    let error = #expect(throws: GSLError.self) { try bound(1.1e8) }
    #expect("\(try #require(error))".contains("a deviation of η up to 10000"))
  }

  // Catches: input that traps, or that is taken for what it is not.
  @Test("What is no model is refused in one line")
  func refused() {
    func words(_ make: () throws -> Void) -> String {
      do { try make() } catch { return "\(error)" }
      return ""
    }
    #expect(
      words {
        _ = try LatentGaussian(
          mean: [0], covariance: [[1]], features: [[1]], offset: [0], law: .bernoulli,
          observations: [2])
      } == "observations[0]: expected 0 or 1, found 2")
    #expect(
      words {
        _ = try PoissonChain(
          initialMean: 0, initialVariance: 1, dynamics: 1, noise: 0, offset: 0, counts: [1])
      } == "noise: expected a positive variance, found 0.0")
    #expect(
      words {
        _ = try LatentGaussian(
          mean: [0, 0, 0, 0], covariance: (0..<4).map { i in (0..<4).map { i == $0 ? 1 : 0 } },
          features: [[1, 1, 1, 1]], offset: [0], law: .poisson, observations: [2])
      } == "z: expected 1 to 3 numbers, found 4")
  }
}
