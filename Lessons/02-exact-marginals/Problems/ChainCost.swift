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

  /// Neighbours multiplied in pairs: T − 2 products of two matrices, and one of a row with a matrix.
  var inPairs: Int { (steps - 2) * states * states * states + states * states }
}
