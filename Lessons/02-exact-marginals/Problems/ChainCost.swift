import Exact

/// What it costs to sum over all paths of a chain, in terms that are added.
struct ChainCost: Sendable {
  /// K.
  let states: Int
  /// T.
  let steps: Int

  /// K + (T − 1) K²: one place after the other.
  var recursion: Int { states + (steps - 1) * states * states }

  /// ⌈log₂ T⌉, as the scan itself counts them.
  var rounds: Int { prefixScan([Int](repeating: 0, count: steps)) { first, _ in first }.rounds }

  /// Neighbours multiplied, all pairs at once and round after round, until one row is left: the row of
  /// the first step meets one matrix in each round, the other products are of two matrices.
  var inPairs: (rows: Int, matrices: Int, terms: Int) {
    var (rows, matrices) = (0, 0)
    var factors = steps
    while factors > 1 {
      (rows, matrices) = (rows + 1, matrices + factors / 2 - 1)
      factors = (factors + 1) / 2
    }
    let square = states * states
    return (rows, matrices, states + rows * square + matrices * states * square)
  }
}
