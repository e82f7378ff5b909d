import Kernels
import Synchronization

/// What has been added up of a sum over outcomes, and can be put together with what comes behind it.
package protocol LeafSum: Sendable {
  /// Adds what the next outcomes have given.
  mutating func add(_ next: Self) throws
  /// All that it holds, to be written down.
  var numbers: [Double] { get }
  /// The same sum again; nil for numbers that no sum of this kind holds.
  init?(numbers: [Double])
}

/// A sum over outcomes that is cut into leaves, once and for all.
///
/// ```
/// S(a ..< b) = S(a ..< m) + S(m ..< b)          m − a = the largest power of two below b − a
/// ```
/// Leaves and tree depend on nothing but what is summed. So every sum is the same to the last bit,
/// however many threads or machines have shared the leaves.
package struct LeafTree<Sum: LeafSum>: Sendable {
  /// How many leaves there are, at least one.
  package let leaves: Int
  private let isOwn: @Sendable (Sum) -> Bool
  private let visit: @Sendable (_ leaf: Int) throws -> Sum
  package typealias LeafCount = @Sendable (_ leaf: Sum, _ before: Int) throws -> Int

  /// A tree whose leaves are summed by `visit`; `isOwn` says whether a sum that was read may be one of this tree.
  package init(
    leaves: Int, isOwn: @escaping @Sendable (Sum) -> Bool = { _ in true },
    visit: @escaping @Sendable (_ leaf: Int) throws -> Sum
  ) {
    self.leaves = max(1, leaves)
    self.isOwn = isOwn
    self.visit = visit
  }

  /// The sum of all leaves.
  ///
  /// - Parameters:
  ///   - threads: how many threads visit the leaves, unless as many as there are processors.
  ///   - report: told whenever a leaf is done.
  ///   - count: adds what a leaf holds to a number, by one thread at a time; may refuse to.
  /// - Returns: the sum.
  /// - Throws: what a leaf or its count throws.
  package func total(
    threads: Int? = nil, report: LeafReport? = nil, count: @escaping LeafCount = { $1 }
  ) throws -> Sum {
    try sum(0..<leaves, try visited(0..<leaves, threads, report, count))
  }

  /// The sums of the leaves of a share, in as few nodes of the tree as there are.
  package func nodes(
    of share: LeafShare, report: LeafReport? = nil, count: @escaping LeafCount = { $1 }
  ) throws -> [LeafNode] {
    let own = share.leaves(of: leaves)
    let known = try visited(own, nil, report, count)
    return try cover(0..<leaves) { own.contains($0) }.map { node in
      LeafNode(leaves: node, numbers: try sum(node, known).numbers)
    }
  }

  /// The sum of all leaves from nodes that were found before.
  package func total(of nodes: [LeafNode]) throws(LeafError) -> Sum {
    var known: [Range<Int>: Sum] = [:]
    for node in nodes {
      let sum = Sum(numbers: node.numbers)
      if let sum, !isOwn(sum) { throw .unfit }
      known[node.leaves] = sum
    }
    do {
      return try sum(0..<leaves, known)
    } catch let error as LeafError {
      throw error
    } catch {
      throw .unfit
    }
  }

  /// Visits some of the leaves, on all processors: the sums of nodes of a 64th of the tree at most.
  private func visited(
    _ own: Range<Int>, _ threads: Int?, _ report: LeafReport?,
    _ count: @escaping LeafCount
  ) throws -> [Range<Int>: Sum] {
    let nodes = cover(0..<leaves) { own.contains($0) && $0.count <= max(1, leaves / 64) }
    let state = Mutex((done: 0, counted: 0))
    let sums = try inParts(nodes.count, threads: threads ?? processorCount()) { number in
      try sum(nodes[number]) { leaf in
        let sum = try visit(leaf)
        try state.withLock { state in
          state.counted = try count(sum, state.counted)
          state.done += 1
          report?(state.done, own.count)
        }
        return sum
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(nodes, sums))
  }

  private func sum(_ node: Range<Int>, _ known: [Range<Int>: Sum]) throws -> Sum {
    if let sum = known[node] { return sum }
    guard node.count > 1 else { throw LeafError.missing(node.lowerBound) }
    let (first, second) = halves(of: node)
    var sum = try self.sum(first, known)
    try sum.add(self.sum(second, known))
    return sum
  }

  private func sum(_ node: Range<Int>, _ visit: (Int) throws -> Sum) throws -> Sum {
    guard node.count > 1 else { return try visit(node.lowerBound) }
    let (first, second) = halves(of: node)
    var sum = try self.sum(first, visit)
    try sum.add(self.sum(second, visit))
    return sum
  }
}

/// Told, on long work, how many leaves are done of those that are visited.
public typealias LeafReport = @Sendable (_ done: Int, _ leaves: Int) -> Void

/// The largest nodes below one that are wanted.
private func cover(_ node: Range<Int>, _ isWanted: (Range<Int>) -> Bool) -> [Range<Int>] {
  if isWanted(node) { return [node] }
  guard node.count > 1 else { return [] }
  let (first, second) = halves(of: node)
  return cover(first, isWanted) + cover(second, isWanted)
}

private func halves(of node: Range<Int>) -> (Range<Int>, Range<Int>) {
  var size = 1
  while 2 * size < node.count { size *= 2 }
  let middle = node.lowerBound + size
  return (node.lowerBound..<middle, middle..<node.upperBound)
}

extension Range<Int> {
  fileprivate func contains(_ node: Range<Int>) -> Bool {
    lowerBound <= node.lowerBound && node.upperBound <= upperBound
  }
}

/// How many leaves a sum over so many outcomes has: one for few, and never more than 4,096.
///
/// A leaf of 65,536 outcomes is a fraction of a second of work; 64 leaves keep many processors busy.
package func leafCount(of outcomes: Double) -> Int {
  guard outcomes > 0x1p12 else { return 1 }
  return Int(min(4096, max(64, outcomes / 0x1p16)))
}

/// The most outcomes that a sum which is read may hold: those of all leaves together are still an integer.
package let mostVisited = 1 << 50
