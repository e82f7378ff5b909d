import JSONText
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Golden cases: mixtures and latent factors") struct GoldenMixtureTests {
  @Test("Poisson") func poisson() throws {
    let golden = try GoldenCase("mixture-poisson-two")
    let rates = list(golden.spec["components"]).flatMap { numbers($0["rate"]) }
    try golden.expect(
      PoissonMixture(weights: numbers(golden.spec["weights"]), rates: rates),
      numbers(golden.spec["observations"]).map { Int($0) })
  }

  @Test("Gaussian, with an observation far in the tail") func gaussian() throws {
    let golden = try GoldenCase("mixture-gaussian-three")
    let components = list(golden.spec["components"])
    try golden.expect(
      GaussianMixture(
        weights: numbers(golden.spec["weights"]), means: components.flatMap { numbers($0["mean"]) },
        variances: components.flatMap { numbers($0["variance"]) }),
      numbers(golden.spec["observations"]))
  }

  @Test("Gaussian in the plane") func plane() throws {
    let golden = try GoldenCase("mixture-multivariate-gaussian")
    let components = list(golden.spec["components"])
    try golden.expect(
      MultivariateGaussianMixture(
        weights: numbers(golden.spec["weights"]), means: components.map { numbers($0["mean"]) },
        covariances: components.map { list($0["covariance"]).map { numbers($0) } }),
      list(golden.spec["observations"]).map { numbers($0) })
  }

  @Test("Categorical, with an impossible observation") func categorical() throws {
    let golden = try GoldenCase("mixture-categorical-impossible")
    try golden.expect(
      CategoricalMixture(
        weights: numbers(golden.spec["weights"]),
        probabilities: list(golden.spec["components"]).map { numbers($0["probabilities"]) }),
      numbers(golden.spec["observations"]).map { Int($0) })
  }

  @Test(
    "Latent factors",
    arguments: [
      "latent-factor-two-factors", "latent-factor-five-factors", "latent-factor-certain-prior",
    ])
  func factors(name: String) throws {
    let golden = try GoldenCase(name)
    let model = try LatentFactorModel(
      prior: numbers(golden.spec["prior"]),
      weights: list(golden.spec["weights"]).map { numbers($0) }, bias: numbers(golden.spec["bias"]))
    let documents = list(golden.spec["observations"]).map { numbers($0).map { Int($0) } }
    let found = try documents.map { DocumentPosterior(of: try model.observing($0)) }
    golden.expect(found.map(\.logEvidence.value), golden.expected["logEvidence"], "logEvidence")
    golden.expect(
      found.flatMap { $0.marginals ?? [] }, golden.expected["posteriorMarginals"],
      "posteriorMarginals")
    let (sum, gradient) = (found.sumOfGradients(under: model), golden.expected["gradient"])
    golden.expect(sum.weights.flatMap { $0 }, gradient?["weights"], "weights")
    golden.expect(sum.bias, gradient?["bias"], "bias")
    golden.expect(sum.prior ?? [], gradient?["prior"], "prior")
  }
}

extension GoldenCase {
  fileprivate func expect<M: Mixture>(_ mixture: M, _ data: [M.Datum]) {
    let found = data.map { MixturePosterior(of: mixture, $0) }
    expect(found.map(\.logEvidence.value), expected["logEvidence"], "logEvidence")
    expect(
      found.flatMap { $0.responsibilities ?? [] }, expected["responsibilities"],
      "responsibilities")
    #expect(found.count == list(expected["responsibilities"]).count)
  }
}

private func list(_ json: JSON?) -> [JSON] { json?.elements ?? [] }

private func numbers(_ json: JSON?) -> [Double] { json?.numbers ?? [] }
