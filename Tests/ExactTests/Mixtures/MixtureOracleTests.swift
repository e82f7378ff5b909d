import GSL
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
      drawn.counts.flatMap { MixturePosterior(of: drawn.mixture, $0).responsibilities ?? [] }
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
