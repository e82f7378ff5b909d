import Foundation
import GSL
import JSONText
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Mixtures and factors by two routes") struct MixtureOracleTests {
  @Test("Datum by datum, and over all assignments")
  func assignments() throws {
    let factored = Route<Drawn>("datum by datum") {
      [exactLogEvidence(of: $0.mixture, $0.counts).value]
    }
    let assigned = Route<Drawn>("all assignments") {
      [exactLogEvidenceByAssignments(of: $0.mixture, $0.counts).value]
    }
    let oneForAll = Route<Drawn>("one component for all data") { drawn in
      [
        logSumExp(
          drawn.mixture.weights.indices.map { k in
            drawn.counts.reduce(log(drawn.mixture.weights[k])) {
              $0 + drawn.mixture.logLikelihood(k, $1)
            }
          })
      ]
    }
    try expectAgreement(
      factored, assigned, faultsInOne: [oneForAll, factored.offByAPercent()],
      faultsInOther: [assigned.offByAPercent()], roundings: 512, draw: Drawn.random)
  }

  @Test("The laws of total mean and variance, and a table of counts")
  func moments() throws {
    let law = Route<Drawn>("laws") {
      let moments = MixtureMoments(of: $0.mixture)
      return [moments.mean, moments.variance]
    }
    let table = Route<Drawn>("table") {
      let (mean, variance) = tabulatedMoments($0.mixture.exactTable(below: 100))
      return [mean, variance]
    }
    let withoutBetween = Route<Drawn>("without the part between") {
      let moments = MixtureMoments(of: $0.mixture)
      return [moments.mean, moments.within]
    }
    try expectAgreement(
      law, table, faultsInOne: [withoutBetween], faultsInOther: [table.offByAPercent()],
      roundings: 2048, draw: Drawn.random)
  }

  @Test("A posterior, and the gradient of the evidence")
  func responsibilities() throws {
    let bayes = Route<Drawn>("Bayes") { drawn in
      MixtureAnswers(of: drawn.mixture, drawn.counts).responsibilities.flatMap { $0 ?? [] }
    }
    let gradient = Route<Drawn>("gradient") { drawn in
      drawn.counts.flatMap { count in
        differentiatedResponsibilities(
          logWeights: drawn.mixture.weights.map { log($0) },
          logLikelihoods: drawn.mixture.weights.indices.map {
            drawn.mixture.logLikelihood($0, count)
          })
      }
    }
    try expectAgreement(
      bayes, gradient, faultsInOne: [bayes.offByAPercent()],
      faultsInOther: [gradient.offByAPercent()], roundings: 512, draw: Drawn.random)
  }

  @Test("All states, and the distinct rates only")
  func distinctRates() throws {
    let states = Route<Switches>("2^D states") {
      [ExactPosterior(of: try $0.model.observing($0.count)).logEvidence.value]
    }
    let rates = Route<Switches>("distinct rates") {
      [
        try exactLogEvidence(
          ofCount: $0.count, prior: $0.model.prior, unit: 0.2, multiples: $0.multiples
        ).value
      ]
    }
    let alike = Route<Switches>("all weights alike") {
      [
        try exactLogEvidence(
          ofCount: $0.count, prior: $0.model.prior, unit: 0.2,
          multiples: $0.multiples.map { _ in 1 }
        ).value
      ]
    }
    try expectAgreement(
      states, rates, faultsInOne: [states.offByAPercent()], faultsInOther: [alike],
      roundings: 2048, draw: Switches.random)
  }

  @Test("The ledger's two models of structured weights")
  func ledger() throws {
    let equal = try PoissonFactorModel(
      prior: [Double](repeating: 0.35, count: 12), weights: [Double](repeating: 0.2, count: 12))
    let byStates = ExactPosterior(of: try equal.observing(4)).logEvidence.value
    let byRates = try exactLogEvidence(
      ofCount: 4, prior: equal.prior, unit: 0.2, multiples: equal.prior.map { _ in 1 })
    #expect(abs(exp(byStates) - 0.11660138882807) < 5e-15)
    #expect(abs(exp(byRates.value) - 0.11660138882807) < 5e-15)
    #expect(distinctSums(of: equal.weights) == 13)
    #expect(distinctSums(of: [1, 2, 2, 3, 5]) == 14)
    let pair = ExactPosterior(of: try PoissonFactorModel.twoFactors.observing(5))
    #expect(abs((pair.probabilities?[3] ?? 0) - 0.495065) < 5e-7)
  }

  struct Drawn: Sendable {
    let mixture: PoissonMixture
    let counts: [Int]
    static func random(_ cases: inout Cases) throws -> Drawn {
      let mixture = try PoissonMixture.random(components: try cases.integer(2...4), &cases)
      return Drawn(
        mixture: mixture,
        counts: [try cases.integer(0...20), try cases.integer(0...20), try cases.integer(0...9)])
    }
  }

  struct Switches: Sendable {
    let model: PoissonFactorModel
    let multiples: [Int]
    let count: Int
    static func random(_ cases: inout Cases) throws -> Switches {
      let (model, multiples) = try PoissonFactorModel.random(
        factors: try cases.integer(3...6), unit: 0.2, &cases)
      return Switches(model: model, multiples: multiples, count: try cases.integer(0...8))
    }
  }
}

@Suite("Golden cases: mixtures and latent factors") struct GoldenMixtureTests {
  struct Case {
    let spec: JSON
    let expected: JSON
    let tolerance: Double

    init(_ name: String) throws {
      let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
        path: "../../Reference/golden")
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
      let answers = MixtureAnswers(of: mixture, data)
      expect(answers.logEvidence.map(\.value), expected["logEvidence"], "logEvidence")
      expect(
        answers.responsibilities.flatMap { $0 ?? [] }, expected["responsibilities"],
        "responsibilities")
      #expect(answers.responsibilities.count == list(expected["responsibilities"]).count)
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
    let answers = try LatentFactorAnswers(of: model, documents)
    golden.expect(answers.logEvidence.map(\.value), golden.expected["logEvidence"], "logEvidence")
    golden.expect(
      answers.posteriorMarginals.flatMap { $0 ?? [] }, golden.expected["posteriorMarginals"],
      "posteriorMarginals")
    let gradient = golden.expected["gradient"]
    golden.expect(answers.gradient.weights.flatMap { $0 }, gradient?["weights"], "weights")
    golden.expect(answers.gradient.bias, gradient?["bias"], "bias")
    golden.expect(answers.gradient.prior ?? [], gradient?["prior"], "prior")
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
