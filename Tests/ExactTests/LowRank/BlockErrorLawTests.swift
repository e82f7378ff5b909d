import Exact
import Models
import Networks
import Probability
import Testing

@Suite("What a held-out block is missed by")
struct BlockErrorLawTests {
  // Catches: rows for columns in the noise of B and C, σ² for σ⁴, one term counted once for all of A.
  @Test("The closed form is the mean over every outcome of the noise of A, B and C")
  func enumerated() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      var cases = try Cases(seed: seed, stream: 0)
      let (x, noise) = (
        Matrix(rows: 4, columns: 3, try cases.reals(12, from: -2, to: 1.5)),
        try cases.real(from: 0.1, to: 0.8)
      )
      let means = try FourBlocks(of: x, rows: [0, 1], columns: [0])
      let m = try SingularParts(of: means.d).inverse(rank: 1)
      let judged = try exactMeans { choices in
        func noisy(_ block: Matrix, _ choices: inout Exhaustive) throws -> Matrix {
          block.withEntries(
            try block.array.map { $0 + (try choices.flip(0.5) ? noise : -noise) })
        }
        let (a, b) = (try noisy(means.a, &choices), try noisy(means.b, &choices))
        let c = try noisy(means.c, &choices)
        return [(a - b.times(m).times(c)).array.reduce(0) { $0 + $1 * $1 }]
      }
      let law = BlockErrorLaw(means: means, noise: noise).meanSquare(of: m)
      #expect(abs(judged[0].value - law) < 1e-12 * law)
    }
  }

  // Catches: a mean of 1/x² that is the square of the mean of 1/x.
  @Test("Four noisy entries: the closed form is the mean over sixteen outcomes")
  func four() throws {
    for noise in [0.0, 0.2, 0.5, 1.3] {
      let matrix = try NoisyMatrix(signal: Matrix([[1.1, -0.7], [0.4, 0.9]]), noise: noise)
      let judged = try exactMeans { choices in
        let x = try matrix.draw(&choices)
        let miss = x[0, 0] - x[0, 1] * x[1, 0] / x[1, 1]
        return [miss * miss]
      }
      let law = try BlockErrorLaw.twoByTwo(matrix)
      #expect(abs(judged[0].value - law) < 1e-12 * law, "σ = \(noise)")
    }
    let edge = try NoisyMatrix(signal: Matrix([[1, 1], [1, 0.5]]), noise: 0.5)
    #expect(try BlockErrorLaw.twoByTwo(edge) == .infinity)
    #expect(throws: ModelError.self) {
      try BlockErrorLaw.twoByTwo(NoisyMatrix(signal: Matrix([[1]]), noise: 1))
    }
  }

  // Catches: outcomes that are counted and not weighed; a rank beyond the last that is dropped in silence.
  @Test("The law of a rank adds up to one, and refuses a rank that is none of them")
  func ranks() throws {
    let matrix = try NoisyMatrix(signal: Matrix([[1, 2], [3, 4]]), noise: 0.5)
    let law = try rankLaw(of: matrix, ranks: 2) { $0[0, 0] > 1 && $0[1, 1] > 4 ? 1 : 0 }
    #expect(law.map(\.value) == [0.75, 0.25])
    #expect(throws: ModelError.self) { try rankLaw(of: matrix, ranks: 2) { _ in 2 } }
  }
}
