internal import CKernels

/// Forward and backward over a Markov chain seen through its observations, in plain doubles.
///
/// ```
/// sum over paths of initial[z_1] w_1(z_1) transition[z_1][z_2] w_2(z_2) …
/// ```
/// Every message and every row of weights that belongs to a symbol is brought near 1 by a power of two,
/// so that nothing is rounded by it and sequences of any length stay within range as long as no state
/// falls behind the others by 2^1000.
public struct ChainSum: Sendable {
  /// What is summed.
  public struct Problem: Sendable {
    /// The number of states.
    public var stateCount: Int { states }
    /// The number of steps.
    public var stepCount: Int { steps }
    let states: Int
    let steps: Int
    let initial: [Double]
    let transition: [Double]
    let weights: [Double]
    /// Which row of the weights a step has; empty where step t has row t.
    let symbols: [Int]

    /// A chain of at least one state and one step, nil if the parts do not fit together.
    ///
    /// - Parameters:
    ///   - initial: A weight for each state.
    ///   - transition: A row for each state.
    ///   - weights: Rows of ``width(of:)`` numbers, zero beyond the states.
    ///   - symbols: The row of each step; nil where step t has row t, which is then near 1.
    public init?(
      initial: [Double], transition: [[Double]], weights: [Double], symbols: [Int]?
    ) {
      let width = Self.width(of: initial.count)
      guard !initial.isEmpty, initial.count <= 1 << 14, transition.count == initial.count,
        !weights.isEmpty, weights.count.isMultiple(of: width)
      else { return nil }
      let rows = weights.count / width
      if let symbols {
        guard !symbols.isEmpty, symbols.allSatisfy({ $0 >= 0 && $0 < rows }) else { return nil }
      }
      states = initial.count
      steps = symbols?.count ?? rows
      self.initial = initial + [Double](repeating: 0, count: width - initial.count)
      self.weights = weights
      self.symbols = symbols ?? []
      var square = [Double](repeating: 0, count: width * width)
      for (i, row) in transition.enumerated() {
        guard row.count == initial.count else { return nil }
        for j in row.indices { square[i * width + j] = row[j] }
      }
      self.transition = square
    }

    /// The length of a row of the weights: the number of states, made a multiple of sixteen.
    public static func width(of states: Int) -> Int { (states + 15) & ~15 }
  }

  /// What is asked for beside the sum.
  public enum Extent: Sendable, Comparable {
    /// Nothing: forward only.
    case sum
    /// How often each state comes first and follows each other one.
    case counts
    /// The counts, and every marginal.
    case marginals
  }

  /// The sum over all paths is sum · 2^exponent.
  public let sum: Double
  /// The power of two beside it.
  public let exponent: Double
  /// The share of the paths that begin in each state; empty if not asked for or nothing has weight.
  public let first: [Double]
  /// How often state j is expected to follow state i, row by row; empty likewise.
  public let pairs: [Double]
  /// The share of the paths in each state, step by step; empty likewise.
  public let marginals: [Double]

  /// Passes messages along the chain; nil if a number on the way left the doubles.
  public init?(_ problem: Problem, _ extent: Extent) {
    let (states, width) = (problem.states, Problem.width(of: problem.states))
    let counting = extent >= .counts
    let marginalCount = extent == .marginals ? problem.steps * states : 0
    var first = [Double](repeating: 0, count: counting ? width : 0)
    var pairs = [Double](repeating: 0, count: counting ? width * width : 0)
    var marginals = [Double](repeating: 0, count: marginalCount)
    var sumAndExponent = [0.0, 0.0]
    let status = unsafe kernel_chain_sum(
      Int32(states), Int64(problem.steps), problem.initial, problem.transition, problem.weights,
      problem.symbols.isEmpty ? 0 : problem.weights.count / width, problem.symbols, &sumAndExponent,
      counting ? 1 : 0, &first,
      &pairs, marginalCount > 0 ? 1 : 0, &marginals)
    guard isWithinRange(status) else { return nil }
    (sum, exponent) = (sumAndExponent[0], sumAndExponent[1])
    guard counting, sum > 0 else {
      (self.first, self.pairs, self.marginals) = ([], [], [])
      return
    }
    self.first = Array(first[..<states])
    self.marginals = marginals
    var packed: [Double] = []
    packed.reserveCapacity(states * states)
    for i in 0..<states { packed += pairs[(i * width)..<(i * width + states)] }
    self.pairs = packed
  }
}
