import GSL
import Probability
import Testing

@testable import Models

@Suite("Factored models and tables of models")
struct FactoredModelTests {
  private func chain(_ stream: UInt64) throws -> FactoredModel {
    var cases = try Cases(seed: 21, stream: stream)
    return try FactoredModel.randomChain(bits: 3, &cases)
  }

  // Catches: a term that is free of z_d counted as containing it, or the reverse.
  @Test("What is left out of the terms containing a bit does not depend on it", arguments: 0..<20)
  func terms(stream: UInt64) throws {
    let model = try chain(stream)
    for state in 0..<8 {
      for d in 0..<3 {
        let z = latents(state, count: 3)
        let flipped = latents(state ^ (1 << d), count: 3)
        let rest = model.logJoint(z) - model.logJointTerms(containing: d, z)
        let other = model.logJoint(flipped) - model.logJointTerms(containing: d, flipped)
        #expect(abs(rest - other) <= 64 * .ulpOfOne * 20)
      }
    }
  }

  @Test("The ends of a chain have fewer terms than its middle")
  func scopes() throws {
    let model = try FactoredModel(
      prior: [0.5, 0.5, 0.5],
      factors: [
        .init(scope: [0, 1], logValues: [0, 1, 2, 3]),
        .init(scope: [2, 1], logValues: [0, 10, 20, 30]),
      ])
    let half = log(0.5)
    // The first bit of a scope is the lowest of the index: (z2, z1) = (1, 0) is entry 1.
    #expect(model.logJointTerms(containing: 0, [1, 0, 1]) == half + 1)
    #expect(model.logJointTerms(containing: 1, [1, 0, 1]) == half + 1 + 10)
    #expect(model.logJointTerms(containing: 2, [1, 0, 1]) == half + 10)
  }

  @Test("A factor that does not fit is refused with its place")
  func refusals() {
    func place(_ factor: FactoredModel.Factor) -> String? {
      do {
        _ = try FactoredModel(prior: [0.5, 0.5], factors: [factor])
        return nil
      } catch {
        return error.place
      }
    }
    #expect(place(.init(scope: [0, 2], logValues: [0, 0, 0, 0])) == "factors[0].scope[1]")
    #expect(place(.init(scope: [0], logValues: [0, 0, 0])) == "factors[0].logValues")
    #expect(place(.init(scope: [0], logValues: [0, .nan])) == "factors[0].logValues[1]")
    #expect(place(.init(scope: [1], logValues: [0, -1])) == nil)
  }

  @Test("A table of a model is the model")
  func table() throws {
    let document = LatentFactorDocument.twoFactors
    let table = BinaryTable(of: document)
    for state in 0..<4 {
      let z = latents(state, count: 2)
      #expect(table.logJoint(z) == document.logJoint(z))
      #expect(table.logPrior(z) == document.logPrior(z))
      #expect(table.logLikelihood(z) == document.logLikelihood(z))
    }
  }
}
