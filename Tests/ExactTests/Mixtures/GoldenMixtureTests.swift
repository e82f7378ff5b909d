import Foundation
import JSONText
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Golden cases: mixtures and latent factors") struct GoldenMixtureTests {
  struct Case {
    let spec: JSON
    let expected: JSON
    let tolerance: Double

    init(_ name: String) throws {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../../Reference/golden")
      let text = try String(contentsOf: folder.appending(path: "\(name).json"), encoding: .utf8)
      let json = try JSON(parsing: text)
      spec = try #require(json["spec"])
      expected = try #require(json["expected"])
      tolerance = try #require(numbers(json["tolerance"]).first)
    }

    /// |got − want| ≤ tolerance · max(1, |want|), entry by entry.
    func expect(_ got: [Double], _ want: JSON?, _ name: String) {
      let want = numbers(want)
      #expect(got.count == want.count, "\(name)")
      for (g, w) in zip(got, want) where g != w {
        #expect(abs(g - w) <= tolerance * max(1, abs(w)), "\(name): \(g) against \(w)")
      }
    }

    func expect<M: Mixture>(_ mixture: M, _ data: [M.Datum]) {
      let found = data.map { MixturePosterior(of: mixture, $0) }
      expect(found.map(\.logEvidence.value), expected["logEvidence"], "logEvidence")
      expect(
        found.flatMap { $0.responsibilities ?? [] }, expected["responsibilities"],
        "responsibilities")
      #expect(found.count == list(expected["responsibilities"]).count)
    }
  }

  @Test("Poisson") func poisson() throws {
    let golden = try Case("mixture-poisson-two")
    let rates = list(golden.spec["components"]).flatMap { numbers($0["rate"]) }
    golden.expect(
      try PoissonMixture(weights: numbers(golden.spec["weights"]), rates: rates),
      numbers(golden.spec["observations"]).map { Int($0) })
  }

  @Test("Gaussian, with an observation far in the tail") func gaussian() throws {
    let golden = try Case("mixture-gaussian-three")
    let components = list(golden.spec["components"])
    golden.expect(
      try GaussianMixture(
        weights: numbers(golden.spec["weights"]), means: components.flatMap { numbers($0["mean"]) },
        variances: components.flatMap { numbers($0["variance"]) }),
      numbers(golden.spec["observations"]))
  }

  @Test("Gaussian in the plane") func plane() throws {
    let golden = try Case("mixture-multivariate-gaussian")
    let components = list(golden.spec["components"])
    golden.expect(
      try MultivariateGaussianMixture(
        weights: numbers(golden.spec["weights"]), means: components.map { numbers($0["mean"]) },
        covariances: components.map { list($0["covariance"]).map { numbers($0) } }),
      list(golden.spec["observations"]).map { numbers($0) })
  }

  @Test("Categorical, with an impossible observation") func categorical() throws {
    let golden = try Case("mixture-categorical-impossible")
    golden.expect(
      try CategoricalMixture(
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
    let golden = try Case(name)
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

private func list(_ json: JSON?) -> [JSON] {
  if case .array(let elements) = json { elements } else { [] }
}

/// All numbers of nested lists in a row; "-inf" is minus infinity and null is nothing.
private func numbers(_ json: JSON?) -> [Double] {
  switch json {
  case .array(let elements): elements.flatMap { numbers($0) }
  case .number(let value): [value]
  case .string("-inf"): [-.infinity]
  default: []
  }
}
