public import Probability

/// A sum over states that have numbers, one by one.
///
/// Straight through it is the readable form of a brute-force route; in leaves it is the same sum on all
/// processors, or on several machines.
struct StateSum<Log: LogScale>: Sendable {
  private let states: Int
  private let parts: Int
  private let visit: @Sendable (_ states: Range<Int>, _ tally: inout LogTally<Log>) -> Void

  /// - Parameters:
  ///   - states: how many states there are.
  ///   - parts: how many things may come with the weight of a state.
  ///   - visit: adds the states of some numbers to a tally.
  init(
    _ states: Double, parts: Int,
    visit: @escaping @Sendable (_ states: Range<Int>, _ tally: inout LogTally<Log>) -> Void
  ) {
    self.states = Int(min(max(1, states), 0x1p62))
    self.parts = parts
    self.visit = visit
  }

  /// The sum from the first state to the last.
  var straight: LogTally<Log> { tally(0..<states) }

  /// The sum in leaves.
  var tree: LeafTree<LogTally<Log>> {
    let leaves = leafCount(of: Double(states))
    return LeafTree(leaves: leaves, isOwn: { [parts] in $0.partCount == parts }) {
      tally(leafStates($0, of: leaves, among: states))
    }
  }

  private func tally(_ states: Range<Int>) -> LogTally<Log> {
    var tally = LogTally<Log>(parts: parts)
    visit(states, &tally)
    return tally
  }
}

/// The states of a leaf: as many in each, or one more in the first ones.
func leafStates(_ leaf: Int, of leaves: Int, among states: Int) -> Range<Int> {
  func first(_ leaf: Int) -> Int { states / leaves * leaf + min(leaf, states % leaves) }
  return first(leaf)..<first(leaf + 1)
}

/// The sums over states that a brute-force answer takes, to be shared out.
public struct SharedSums: Sendable {
  /// How many states they visit together.
  public let states: Double
  private let sums: [@Sendable (LeafShare, LeafReport?) throws -> [LeafNode]]

  init(_ trees: [LeafTree<some LeafSum>], states: Double) {
    self.states = states
    sums = trees.map { tree in { share, report in try tree.nodes(of: share, report: report) } }
  }

  /// What a share of the leaves of each sum gives.
  ///
  /// - Parameters:
  ///   - share: which leaves.
  ///   - progress: told now and then which fraction of them is done.
  /// - Returns: the nodes of each sum.
  /// - Throws: what cannot be computed.
  public func nodes(
    of share: LeafShare, progress: (@Sendable (_ done: Double) -> Void)? = nil
  ) throws -> [[LeafNode]] {
    try sums.enumerated().map { index, nodes in
      try nodes(share) { done, leaves in
        progress?((Double(index) + Double(done) / Double(leaves)) / Double(sums.count))
      }
    }
  }
}

extension ExactRequest {
  /// One of several sums: found before, or found now.
  ///
  /// - Parameters:
  ///   - tree: the sum.
  ///   - index: which of them it is.
  ///   - count: how many there are.
  ///   - states: how many states they visit together.
  /// - Returns: the sum.
  /// - Throws: sums that are not these; what a leaf throws.
  func total<Sum>(
    _ tree: LeafTree<Sum>, _ index: Int, of count: Int, states: Double
  ) throws -> Sum {
    if let found {
      guard found.count == count else { throw ExactRefusal.foreign(.unfit) }
      do throws(LeafError) { return try tree.total(of: found[index]) } catch {
        throw ExactRefusal.foreign(error)
      }
    }
    return try tree.total(report: { [progress] done, leaves in
      progress?(states * (Double(index) + Double(done) / Double(leaves)) / Double(count), states)
    })
  }

  /// Sums whose leaves throw nothing, each as far as all others.
  func tallies<Log>(
    _ sums: [StateSum<Log>], states: Double
  ) throws(ExactRefusal) -> [LogTally<Log>] {
    do {
      return try sums.enumerated().map {
        try total($1.tree, $0, of: sums.count, states: states)
      }
    } catch {
      throw error as? ExactRefusal ?? .foreign(.unfit)
    }
  }
}
