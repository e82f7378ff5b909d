import Kernels
import Testing

/// Arrays that do not fit together are refused before a kernel reads them; catches a forgotten check,
/// after which memory of others would be read.
@Suite struct ProblemTests {
  @Test func chainsOfWrongShape() {
    let row = [Double](repeating: 0, count: 16)
    #expect(
      ChainSum.Problem(initial: [1], transition: [[1]], weights: row, symbols: [0, 0]) != nil)
    #expect(ChainSum.Problem(initial: [1], transition: [[1]], weights: row, symbols: [1]) == nil)
    #expect(ChainSum.Problem(initial: [1], transition: [[1]], weights: row, symbols: [-1]) == nil)
    #expect(ChainSum.Problem(initial: [1], transition: [[1]], weights: row, symbols: []) == nil)
    #expect(ChainSum.Problem(initial: [1], transition: [[1]], weights: [1], symbols: nil) == nil)
    #expect(ChainSum.Problem(initial: [1], transition: [[1]], weights: [], symbols: nil) == nil)
    #expect(
      ChainSum.Problem(initial: [1], transition: [[1, 0]], weights: row, symbols: nil) == nil)
    #expect(ChainSum.Problem(initial: [1], transition: [], weights: row, symbols: nil) == nil)
    #expect(ChainSum.Problem(initial: [], transition: [], weights: row, symbols: nil) == nil)
  }

  @Test func grammarsOfWrongShape() {
    func problem(
      symbols: Int = 2, start: Int = 0, rules: [Int32] = [0, 1, 1], leaves: Int = 4
    ) -> GrammarSum.Problem? {
      GrammarSum.Problem(
        symbols: symbols, start: start, rules: rules, probabilities: [0.5],
        leaves: Array(repeating: 0.5, count: leaves))
    }
    #expect(problem() != nil)
    #expect(problem(symbols: 0) == nil)
    #expect(problem(symbols: 1000) == nil)
    #expect(problem(start: 2) == nil)
    #expect(problem(start: -1) == nil)
    #expect(problem(rules: [0, 1]) == nil)
    #expect(problem(rules: [0, 2, 1]) == nil)
    #expect(problem(rules: [0, -1, 1]) == nil)
    #expect(problem(leaves: 3) == nil)
    #expect(problem(leaves: 0) == nil)
  }

  @Test func graphsOfWrongShape() {
    #expect(ArborescenceSum(scores: [0, 0, 0, 0], nodes: 2, rootScores: nil) != nil)
    #expect(ArborescenceSum(scores: [0, 0, 0], nodes: 2, rootScores: nil) == nil)
    #expect(ArborescenceSum(scores: [0, 0, 0, 0], nodes: 2, rootScores: [0]) == nil)
    #expect(ArborescenceSum(scores: [], nodes: 0, rootScores: nil) == nil)
  }
}
