import GSL
import JSONText
import Testing

@testable import Interchange

/// The tables of the approximations that no other test reads word for word.
@Suite("Approximations: what a person sees are the numbers of the answer")
struct ShownApproximationTests {
  static let autoencoder = "vae-1d-gaussian-tanh"
  static let estimators = [
    "scoreFunction", "reparameterised", "analyticKL", "stickingTheLanding",
  ]

  static let scalars: [Shown] = [
    Shown(autoencoder, "log p(x)") { $0.column("logEvidence") },
    Shown(autoencoder, "ELBO") { $0.column("elbo") },
    Shown(autoencoder, "KL(q‖p(z|x))") { $0.column("gap") },
    Shown(autoencoder, "E_q[log p(x|z)]") { $0.column("reconstruction") },
    Shown(autoencoder, "KL(q‖p(z))") { $0.column("kl") },
    Shown(autoencoder, "q and the posterior") { answer in
      let q = answer.flat("spec", "q")
      return [
        [q[0], exp(2 * q[1])],
        answer.flat("posterior", "mean") + answer.flat("posterior", "variance"),
      ]
    },
    Shown(autoencoder, "one draw: mean and variance of each gradient estimator") { answer in
      estimators.map { answer.flat("estimators", .key($0)) }
    },
    Shown(autoencoder, "K draws: the bound, and the variances of two estimators of its gradient") {
      answer in
      ["K1", "K2", "K3"].map { key in
        answer.flat("importanceWeighted", .key(key), "bound")
          + answer.flat("importanceWeighted", .key(key), "gradient", "variances")
          + answer.flat("importanceWeighted", .key(key), "doublyReparameterised", "variances")
      }
    },
    Shown(autoencoder, "E_q[log p(x|z)] − β KL(q‖p(z))") { $0.column("betaElbo") },
  ]

  static let machine = "wake-sleep-two-hidden-two-visible"
  static let binaries: [Shown] = [
    Shown(machine, "KL(data‖model)") { $0.column("averages", "klDataModel") },
    Shown(machine, "mean log p(x)") { $0.column("averages", "logEvidence") },
    Shown(machine, "mean ELBO") { $0.column("averages", "elbo") },
    Shown(machine, "means for states") { $0.column("meanFieldObjective") },
    Shown(machine, "each datum") {
      beside($0.column("logEvidence"), $0.column("elbo"), $0.column("klQP"), $0.column("klPQ"))
    },
    Shown(machine, "cosines") { $0.column("cosines") },
    Shown(machine, "reweighted wake-sleep") { answer in
      ["K1", "K2", "K3"].map {
        answer.flat("reweighted", .key($0), "bound")
          + answer.flat("reweighted", .key($0), "biasNorm")
      }
    },
  ]

  static let filter = "particle-filter-bootstrap-three-steps"
  static let switches = "structured-mean-field-three-states-vectors"
  static let chains: [Shown] = [
    Shown(filter, "log p(x)") { $0.column("logEvidence") },
    Shown(filter, "the evidence that N particles estimate, over every run") { answer in
      ["N1", "N2", "N3"].map { key in
        ["expectedEvidence", "varianceOfEvidence", "expectedLogEvidence", "extinction"].flatMap {
          answer.flat("particles", .key(key), .key($0))
        }
      }
    },
    Shown(filter, "the last state: the filter, and the mean weighted histogram of runs that live") {
      beside(
        $0.column("filter"), $0.column("particles", "N1", "expectedFilter"),
        $0.column("particles", "N2", "expectedFilter"),
        $0.column("particles", "N3", "expectedFilter"))
    },
    Shown(switches, "log p(y)") { $0.column("logEvidence") },
    Shown(switches, "ELBO") { $0.column("elbo") },
    Shown(switches, "KL(q‖p(x, s|y))") { $0.column("klGap") },
    Shown(switches, "the ELBO, sweep by sweep") { $0.rows("sweeps") },
    Shown(switches, "states of the chain: q(s_t = k), then p(s_t = k|y)") {
      beside($0.rows("stateMarginals"), $0.rows("exact", "stateMarginals"))
    },
    Shown(switches, "states x: mean and standard deviation under q, then the exact mean") {
      inTurns($0.rows("means"), $0.deviations("covariances"), $0.rows("exact", "means"))
    },
  ]

  static let mixture = "variational-mixture-two-components"
  static let mixtures: [Shown] = [
    Shown(mixture, "log p(x)") { $0.column("logEvidence") },
    Shown(mixture, "ELBO") { $0.column("elbo") },
    Shown(mixture, "KL(q‖p(z, π, μ, Σ|x))") { $0.column("klGap") },
    Shown(mixture, "the ELBO, sweep by sweep") { answer in
      answer.rows("sweeps").map { Array($0.prefix(2)) }
    },
    Shown(mixture, "its terms at the end") { $0.column("sweeps", 3, "terms") },
    Shown(mixture, "the components at the end") {
      beside(
        $0.column("final", "concentration"), $0.column("final", "kappa"), $0.column("final", "dof"),
        $0.rows("final", "mean"))
    },
    Shown(mixture, "responsibilities at the end") { $0.rows("final", "responsibilities") },
    Shown(mixture, "a stochastic natural step: the ELBO") { answer in
      ["elboBefore", "elbo", "meanElbo", "fullBatchElbo"].map { answer.flat("svi", .key($0)) }
    },
    Shown(mixture, "natural coordinates after it") {
      beside(
        $0.column("svi", "natural"), $0.column("svi", "meanNatural"),
        $0.column("svi", "fullBatchNatural"))
    },
  ]

  static let (laplace, best) = (
    "laplace-poisson-chain-two-steps", "gaussian-vi-logistic-two-dimensions"
  )
  static let gaussians: [Shown] = [
    Shown(laplace, "log p(y)") { $0.column("logEvidence") },
    Shown(laplace, "Laplace's log-evidence") { $0.column("laplaceLogEvidence") },
    Shown(laplace, "ELBO of Laplace's") { $0.column("elbo") },
    Shown(laplace, "KL(q‖p(z|y))") { $0.column("klQP") },
    Shown(laplace, "KL(p(z|y)‖q)") { $0.column("klPQ") },
    Shown(laplace, "Laplace's Gaussian and the posterior: means and deviations") {
      beside(
        $0.column("mode"), $0.column("posterior", "mean"), roots($0.rows("covariance")),
        roots($0.rows("posterior", "covariance")))
    },
    Shown(best, "ELBO of the best Gaussian") { $0.column("elbo") },
    Shown(best, "ELBO of Laplace's") { $0.column("laplace", "elbo") },
    Shown(best, "Laplace's log-evidence") { $0.column("laplace", "logEvidence") },
    // Of Laplace's Gaussian, the second of three, the answer has no moments.
    Shown(best, "the best Gaussian, Laplace's, and the posterior: means and deviations") {
      let unknown = $0.column("mean").map { _ in [Double.nan] }
      return beside(
        $0.column("mean"), unknown, $0.column("posterior", "mean"), roots($0.rows("covariance")),
        unknown, roots($0.rows("posterior", "covariance")))
    },
  ]

  static let structured: [Shown] = ["mixture-three-points", "chain-three-steps"].flatMap { kind in
    let name = "structured-vae-\(kind)"
    return [
      Shown(name, "surrogate, which bounds nothing") { $0.column("surrogate") },
      Shown(name, "ELBO") { $0.column("elbo") },
      Shown(name, "log p(y)") { $0.column("logEvidence") },
      Shown(name, "gap") { $0.column("klGap") },
      Shown(name, "|local term| / |natural gradient|") { $0.column("localTermRatio") },
      Shown(name, "cosine without the local term") { $0.column("cosine") },
      Shown(name, "local factors") {
        beside(
          $0.column("local", "mean"),
          $0.column("local", "variance").map { $0.map { $0.squareRoot() } })
      },
    ]
  }

  // Catches: a column under the name of another, a variance for a deviation, a gap of another sweep.
  @Test(
    "Row by row", arguments: scalars + binaries + chains + mixtures + gaussians + structured)
  func rows(shown: Shown) throws {
    let golden = try #require(ApproximationCase.all.first { $0.name == shown.golden })
    let spec = try #require(try golden.read()["spec"])
    let answer = try approximation(JSONPlace(spec))
    guard case .object(let members) = answer.json else { return }
    // What stands in the spec is shown too.
    #expect(shown.differences(answer.sections, .object(members + [("spec", spec)])) == [])
  }
}

/// The roots of a diagonal, each in a row.
private func roots(_ matrix: [[Double]]) -> [[Double]] {
  matrix.indices.map { [matrix[$0][$0].squareRoot()] }
}
