import Exact
import Models
import Probability
import Testing

@Suite("Marginals in flat memory")
struct ExactMarginalsTests {
  @Test("One pass over the states agrees with the posterior that is kept whole")
  func agrees() throws {
    for index in 0..<50 as Range<UInt64> {
      var cases = try Cases(seed: 5, stream: index)
      let document = try LatentFactorDocument.random(&cases)
      let whole = ExactPosterior(of: document)
      let streamed = ExactMarginals(of: document)
      let bound = whole.logEvidence.roundingBound + streamed.logEvidence.roundingBound
      #expect(abs(whole.logEvidence.value - streamed.logEvidence.value) <= bound)
      let expected = try #require(whole.marginals(latentCount: document.latentCount))
      let found = try #require(streamed.marginals)
      for (one, other) in zip(expected, found) { #expect(abs(one - other) <= 64 * bound) }
      #expect(streamed.states == 1 << document.latentCount)
    }
  }

  @Test("An impossible observation has evidence −∞ and no marginals")
  func impossible() {
    struct Impossible: BinaryLatentModel {
      let latentCount = 2
      func logPrior(_ latents: [Double]) -> Double { -.infinity }
      func logLikelihood(_ latents: [Double]) -> Double { 0 }
    }
    let answer = ExactMarginals(of: Impossible())
    #expect(answer.logEvidence.value == -.infinity)
    #expect(answer.marginals == nil)
  }

  @Test("The ELBO of a factorised q by both routes, and the fault of a dropped state is seen")
  func bounds() throws {
    let document = LatentFactorDocument.twoFactors
    let b = [0.6, 0.33]
    let states = (0..<4).map { document.logJoint(latents($0, count: 2)) }
    let whole = exactELBO(of: factorised(b), logJoints: states)
    let streamed = exactELBO(factorised: b, of: document)
    #expect(abs(whole.value - streamed.value) <= whole.roundingBound + streamed.roundingBound)
    let dropped = exactELBO(of: factorised(b).dropLast(), logJoints: states)
    #expect(abs(dropped.value - streamed.value) > 0.01)
  }
}
