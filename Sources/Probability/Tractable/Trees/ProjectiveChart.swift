import GSL

/// The weights of all pieces of projective trees over a semiring.
///
/// ```
/// onward(i, j)    = score(i → j) ⊗ ⊕_{i≤k<j} headFirst(i, k) ⊗ headLast(k+1, j)
/// back(i, j)      = score(j → i) ⊗ the same sum
/// headFirst(i, j) = ⊕_{i<k≤j} onward(i, k) ⊗ headFirst(k, j)
/// headLast(i, j)  = ⊕_{i≤k<j} headLast(i, k) ⊗ back(k, j)
/// Z = headFirst(0, n),      with a single root  ⊕_r score(0 → r) ⊗ headLast(1, r) ⊗ headFirst(r, n)
/// ```
/// About 2n³/3 terms. Every tree is counted once: a head takes its words from the inside out.
struct ProjectiveChart<S: Semiring>: Sendable {
  let potentials: TreePotentials
  private var table: SpanTable<S>

  init(_ potentials: TreePotentials) {
    self.potentials = potentials
    table = SpanTable(length: potentials.wordCount, symbols: ProjectiveItem.Shape.allCases.count)
    let (first, last) = (potentials.singleRoot ? 1 : 0, potentials.wordCount)
    for node in first...last {
      self[.init(.headFirst, node, node)] = .one
      self[.init(.headLast, node, node)] = .one
    }
    for width in 1..<(last - first + 1) {
      for start in first...(last - width) {
        for shape in [ProjectiveItem.Shape.onward, .back, .headFirst, .headLast] {
          fill(.init(shape, start, start + width))
        }
      }
    }
    if potentials.singleRoot { fill(top) }
  }

  /// All trees.
  var top: ProjectiveItem {
    .init(potentials.singleRoot ? .whole : .headFirst, 0, potentials.wordCount)
  }

  private(set) subscript(item: ProjectiveItem) -> S {
    get { table[item.shape.rawValue, item.start, item.end] }
    set { table[item.shape.rawValue, item.start, item.end] = newValue }
  }

  private mutating func fill(_ item: ProjectiveItem) {
    self[item] = S.sum(over: item.splits) { weight(of: item, at: $0) }
  }

  /// The weight of a piece split at one place.
  func weight(of item: ProjectiveItem, at split: Int) -> S {
    let (one, other) = item.parts(at: split)
    guard let edge = item.edge(at: split) else { return self[one] * self[other] }
    // Nothing leads to the root.
    guard edge.modifier > 0 else { return .zero }
    let score = S(logWeight: potentials.scores[edge.head][edge.modifier])
    return score * self[one] * self[other]
  }

  /// From the top down: where each piece is split is chosen among the weights of all places; as heads of words 1 … n.
  func walk<Failure: Error>(choose: ([S]) throws(Failure) -> Int?) throws(Failure) -> [Int]? {
    var heads = [Int](repeating: 0, count: potentials.wordCount)
    var open = [top]
    while let item = open.popLast() {
      guard !item.isWord else { continue }
      let weights = item.splits.map { weight(of: item, at: $0) }
      guard let chosen = try choose(weights) else { return nil }
      let split = item.splits.lowerBound + chosen
      if let edge = item.edge(at: split) { heads[edge.modifier - 1] = edge.head }
      let (one, other) = item.parts(at: split)
      open.append(other)
      open.append(one)
    }
    return heads
  }
}

extension ProjectiveChart<LogSum> {
  /// The probability of each edge, and the entropy of the trees.
  ///
  /// ```
  /// p(piece) = Σ_{larger pieces} p(larger) · weight(larger, split) / weight(larger)
  /// H = Σ_pieces p(piece) H(where it is split)
  /// ```
  /// Larger pieces come first. Everything is a share of the whole, and nothing is subtracted.
  func shares() -> (edgeMarginals: [[Double]], entropy: Double) {
    let nodes = potentials.scores.count
    var marginals = [[Double]](repeating: [Double](repeating: 0, count: nodes), count: nodes)
    var shares = SpanTable<LogSum>(
      length: potentials.wordCount, symbols: ProjectiveItem.Shape.allCases.count)
    var entropy = CompensatedSum()
    func pass(on item: ProjectiveItem) {
      let share = shares[item.shape.rawValue, item.start, item.end]
      guard share != .zero, !item.isWord else { return }
      for split in item.splits {
        let part = weight(of: item, at: split).log - self[item].log
        guard part > -.infinity else { continue }
        let passed = LogSum(logWeight: share.log + part)
        entropy.add(-part * exp(passed.log))
        if let edge = item.edge(at: split) {
          marginals[edge.head][edge.modifier] += exp(passed.log)
        }
        let (one, other) = item.parts(at: split)
        for piece in [one, other] {
          let (shape, start, end) = (piece.shape.rawValue, piece.start, piece.end)
          shares[shape, start, end] = shares[shape, start, end] + passed
        }
      }
    }
    shares[top.shape.rawValue, top.start, top.end] = .one
    if top.shape == .whole { pass(on: top) }
    let (first, last) = (potentials.singleRoot ? 1 : 0, potentials.wordCount)
    for width in (1..<(last - first + 1)).reversed() {
      for start in first...(last - width) {
        for shape in [ProjectiveItem.Shape.headFirst, .headLast, .onward, .back] {
          pass(on: .init(shape, start, start + width))
        }
      }
    }
    return (marginals.map { row in row.map { min(1, $0) } }, max(0, entropy.value))
  }
}
