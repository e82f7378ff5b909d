import Exact
import GSL
import Models
import Probability
import Testing
import Verification

@Suite("Probabilistic principal components, and two latents by quadrature")
struct ProbabilisticComponentsTests {
  struct Drawn: Sendable {
    let model: ProbabilisticComponents
    let x: [Double]

    init(_ cases: inout Cases, latents: Int = 2) throws {
      var rows: [[Double]] = []
      for _ in 0..<3 { rows.append(try cases.reals(latents, from: -1.5, to: 1.5)) }
      model = try ProbabilisticComponents(weights: rows, noise: try cases.real(from: 0.2, to: 2))
      x = try cases.reals(3, from: -2, to: 2)
    }

    /// |x − W z|².
    func squaredError(_ z: [Double]) -> Double {
      let errors: [Double] = zip(x, model.decoded(z)).map { $0 - $1 }
      return errors.reduce(0) { $0 + $1 * $1 }
    }
  }

  // Catches: a wrong power of v, a matrix that is turned over, a sign in the inverse.
  @Test("The evidence by D × D and by K × K matrices is the same", arguments: [1, 2, 3])
  func routes(latents: Int) {
    let verdict = holds("evidence, \(latents) latents", on: 100) {
      try Drawn(&$0, latents: latents)
    } check: { drawn in
      .equal(
        try drawn.model.logEvidence(of: drawn.x), try drawn.model.logEvidenceByLatents(of: drawn.x),
        rounding: .of(terms: 64, size: 200, because: "squares of up to 12 over a noise of .2"))
    }
    #expect(verdict.holds, "\(verdict)")
  }

  // Catches: a posterior that is not p(x, z)/p(x).
  @Test("log p(x) = log p(x, z) − log p(z|x) at any z") func bayes() {
    let verdict = holds("Bayes' rule", on: 100) { cases in
      (try Drawn(&cases), try cases.reals(2, from: -1, to: 1))
    } check: { drawn, z in
      let (model, x) = (drawn.model, drawn.x)
      let square: Double = drawn.squaredError(z)
      let logLikelihood: Double =
        -1.5 * log(2 * Double.pi * model.noise) - 0.5 * square / model.noise
      let logPrior: Double = -0.5 * (z[0] * z[0] + z[1] * z[1]) - log(2 * Double.pi)
      let logPosterior = try model.posterior(of: x).logDensity(z)
      return .equal(
        logLikelihood + logPrior - logPosterior, try model.logEvidence(of: x),
        rounding: .of(terms: 64, size: 400, because: "squares of up to 50 over a noise of .2"))
    }
    #expect(verdict.holds, "\(verdict)")
  }

  // Catches: a spacing that is not squared, a reach that is too short, a bound that is none.
  @Test("Quadrature over two latents finds the closed form, within its bound") func plane() throws {
    var cases = try Cases(seed: 11, stream: 0)
    for _ in 0..<5 {
      let drawn = try Drawn(&cases)
      let (model, x) = (drawn.model, drawn.x)
      let top = -1.5 * log(2 * Double.pi * model.noise)
      let found = LatentPlaneEvidence(highest: top) { one, two in
        top - 0.5 * drawn.squaredError([one, two]) / model.noise
      }
      let exact = try model.logEvidence(of: x)
      let error = abs(found.logEvidence.value - exact)
      #expect(error <= found.logEvidence.errorBound + 1e-13, "\(error) \(found)")
      #expect(found.logEvidence.errorBound < 1e-10 && found.leftOut < 1e-14)
    }
  }

  // Catches: weights that another W beats, the smallest eigenvalues for the largest.
  @Test("No other weights are more likely than the fitted ones") func fitted() throws {
    let moments = [[2.0, 0.6, -0.3], [0.6, 1.4, 0.2], [-0.3, 0.2, 0.9]]
    let fitted = try ProbabilisticComponents(fitting: moments, latentCount: 2, noise: 0.5)
    func likelihood(_ model: ProbabilisticComponents) throws -> Double {
      let covariance = try model.evidence.covariance
      let quotient = try LinearAlgebra.solve(
        order: 3, covariance, right: moments.flatMap { $0 }, rightColumns: 3)
      let trace = quotient[0] + quotient[4] + quotient[8]
      return -0.5 * (trace + (try model.evidence.logDeterminant()))
    }
    let best = try likelihood(fitted)
    for row in 0..<3 {
      for column in 0..<2 {
        for step in [-0.1, 0.1] {
          var weights = fitted.weights
          weights[row][column] += step
          let other = try ProbabilisticComponents(weights: weights, noise: 0.5)
          #expect(try likelihood(other) < best - 1e-6)
        }
      }
    }
  }

  // Catches: a refusal that lets through what has no evidence.
  @Test("Rows of different lengths, no noise and too many numbers are refused") func refusals()
    throws
  {
    #expect(throws: GSLError.self) {
      try ProbabilisticComponents(weights: [[1, 2], [3]], noise: 1)
    }
    #expect(throws: GSLError.self) { try ProbabilisticComponents(weights: [[1], [3]], noise: 0) }
    #expect(throws: GSLError.self) { try ProbabilisticComponents(weights: [], noise: 1) }
    #expect(throws: GSLError.self) {
      try ProbabilisticComponents(fitting: [[1, 0], [0, 1]], latentCount: 3, noise: 1)
    }
    let model = try ProbabilisticComponents(weights: [[1], [3]], noise: 1)
    #expect(throws: GSLError.self) { try model.logEvidence(of: [1]) }
    #expect(throws: GSLError.self) { try model.posterior(of: [1, 2, 3]) }
  }
}
