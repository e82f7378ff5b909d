import GSL
import Probability
import Testing

@Suite("Eigenvalues of chains whose steps are alike") struct LumpedChainTests {
  // Catches: groups whose probabilities are not added up, a stationary law of the wrong group, zeros
  // that are forgotten.
  @Test("States with one row are one state of a smaller chain", arguments: 1...20)
  func groups(seed: UInt64) throws {
    var choices = try Sampler(seed: seed)
    let kinds = try choices.integer(2...4)
    var law: [[Double]] = []
    for _ in 0..<kinds { law.append(try choices.simplex(7)) }
    var kind: [Int] = []
    for _ in 0..<7 { kind.append(try choices.choose(below: kinds)) }
    let chain = TransitionMatrix(rows: kind.map { law[$0] })
    // What a long run comes to.
    let stationary = chain.laws(from: 0, steps: 400).last ?? []
    let moduli = try chain.eigenvalueModuli(
      stationary: stationary.map { log($0) }, isReversible: false)
    let whole = try LinearAlgebra.eigenvalues(order: 7, chain.rows.flatMap { $0 })
      .map(\.modulus).sorted(by: >)
    #expect(moduli.count == 7)
    for (one, other) in zip(moduli, whole) { #expect(abs(one - other) < 1e-7) }
    #expect(abs(moduli[0] - 1) < 1e-13)
  }
}
