import Models
import Probability
import Testing

@testable import Exact

@Suite("What is asked of documents") struct DocumentQuestionTests {
  // Catches: a factor's row added where it is off, a prior taken for its absence, a bit drawn with the share of
  // another beginning, an entropy of the factors as if they were independent.
  @Test("The tree of beginnings is the law of all states, also with certain factors")
  func tree() throws {
    for stream in 0..<30 {
      var cases = try Cases(seed: 31, stream: UInt64(stream))
      let drawn = try LatentFactorDocument.random(&cases)
      var prior = drawn.model.prior
      if stream % 3 == 1 { prior[0] = 1 }
      if stream % 3 == 2 { prior[prior.count - 1] = 0 }
      let model = try LatentFactorModel(
        prior: prior, weights: drawn.model.weights, bias: drawn.model.bias)
      let document = try model.observing(stream % 5 == 0 ? [] : drawn.words)
      let tree = document.factorTree
      try expectSameLaw(tree, document.visitedStates, "\(stream)")
    }
  }

  // Catches: a tree of no bits that has no beginning.
  @Test("Without factors there is one state, and nothing is open")
  func noFactors() throws {
    let document = try LatentFactorModel(prior: [], weights: [], bias: [0, 1]).observing([1])
    try expectSameLaw(document.factorTree, document.visitedStates, "no factors")
    #expect(document.factorTree.entropy == 0)
  }

  // Catches: ties broken otherwise on the two routes; equal factors of which the later is named.
  @Test("Of equally probable states the first is named")
  func ties() throws {
    let document = try LatentFactorModel(
      prior: [0.5, 0.5], weights: [[1, 0], [1, 0]], bias: [0, 0]
    ).observing([])
    #expect(document.factorTree.explanation?.state == [false, false])
    #expect(try document.visitedStates.explanation?.state == [false, false])
  }

  // Catches: a tree that is made although memory is not given to it; brute force that is refused with it.
  @Test("More states than are allowed are refused before they are visited")
  func refused() throws {
    let model = try LatentFactorModel(
      prior: Array(repeating: 0.5, count: 28), weights: Array(repeating: [1, 0], count: 28),
      bias: [0, 0])
    let document = try model.observing([0])
    #expect(throws: ExactRefusal.self) { try document.hiddenLaw(ExactRequest()) }
    #expect(throws: ExactRefusal.self) {
      try document.hiddenLaw(ExactRequest(route: .bruteForce, maxStates: 0x1p20))
    }
    #expect(try document.hiddenLaw(ExactRequest(route: .bruteForce)) is VisitedStates<[Bool]>)
  }
}
