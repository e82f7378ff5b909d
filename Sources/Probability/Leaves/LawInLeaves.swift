/// The law of a program of random choices that is still to be visited, in leaves.
///
/// One machine takes the moments of all of it; several take a share of the leaves each, and the sums
/// of all their nodes give the same moments.
public struct LawInLeaves: Sendable {
  private let tree: LeafTree<GatheredMoments>
  private let limits: ChoiceLimits

  /// How many leaves there are.
  public var leaves: Int { tree.leaves }

  /// A law whose leaves are summed by `visit`; together they may have as many outcomes as are allowed.
  init(
    leaves: Int, limits: ChoiceLimits,
    visit: @escaping @Sendable (_ leaf: Int) throws -> GatheredMoments
  ) {
    tree = LeafTree(leaves: leaves, visit: visit)
    self.limits = limits
  }

  /// The law of a program that writes its values where they are wanted.
  public init(
    limits: ChoiceLimits = ChoiceLimits(),
    of program: @escaping @Sendable (inout Exhaustive, inout [Double]) throws -> Void
  ) throws {
    // A program of few outcomes is done before its parts are found.
    var few = limits
    few.outcomes = min(limits.outcomes, 1 << 12)
    do {
      var choices = Exhaustive(limits: few)
      var found = GatheredMoments()
      try found.visit(&choices, limits: few, program)
      let all = found
      self.init(leaves: 1, limits: limits) { _ in all }
    } catch ChoiceError.tooManyOutcomes where few.outcomes < limits.outcomes {
      let parts = try OutcomeParts(limits: limits) { choices in
        var values: [Double] = []
        try program(&choices, &values)
      }
      self.init(leaves: parts.parts.count, limits: limits) { leaf in
        try parts.visit(leaf) { choices in
          var part = GatheredMoments()
          try part.visit(&choices, limits: limits, program)
          return part
        }
      }
    }
  }

  /// The moments, by visiting every outcome.
  public func moments(threads: Int? = nil, report: LeafReport? = nil) throws -> ExactMoments {
    try tree.total(threads: threads, report: report, count: count).moments()
  }

  /// The sums of a share of the leaves.
  public func nodes(of share: LeafShare, report: LeafReport? = nil) throws -> [LeafNode] {
    try tree.nodes(of: share, report: report, count: count)
  }

  /// The moments from nodes that were summed before.
  public func moments(of nodes: [LeafNode]) throws -> ExactMoments {
    try tree.total(of: nodes).moments()
  }

  /// Counts outcomes; refuses leaves that have more of them together than are allowed.
  private var count: LeafTree<GatheredMoments>.LeafCount {
    { leaf, before in
      guard before + leaf.seen.count <= limits.outcomes else {
        throw ChoiceError.tooManyOutcomes(atLeast: limits.outcomes + 1, cap: limits.outcomes)
      }
      return before + leaf.seen.count
    }
  }
}
