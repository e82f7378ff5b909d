extension CompiledFactorGraph {
  /// The most probable values of all variables, those of the evidence among them; nil when the
  /// evidence is impossible.
  ///
  /// ```
  /// m_c(x_S) = max_(x_R) ψ_c(x_S, x_R) Π_(children d) m_d
  /// ```
  /// The same messages with a maximum in place of the sum; then, from the roots down, each clique
  /// looks up what was the largest for the values of its separator. Of equal ones, some one.
  ///
  /// - Parameter evidence: a value or nil for each variable.
  /// - Returns: a value for each variable.
  /// - Throws: the refusal of evidence that is none.
  public func explanation(_ evidence: [Int?]) throws(ExactRefusal) -> [Int]? {
    try require(evidence)
    var tables = doubles(evidence)
    var found = tables?.peaks()
    if found == nil {
      var tables = wideNumbers(evidence)
      found = tables?.peaks()
    }
    guard let found, found.isPossible else { return nil }
    var values = tree.cardinalities.map { _ in 0 }
    for (number, clique) in tree.cliques.enumerated() {
      tree.fill(&values, clique, found.peaks[number][tree.block(of: clique, values)])
    }
    return zip(evidence, values).map { $0 ?? $1 }
  }
}

extension CliqueTables {
  /// Where the largest cell of each block lies, with the messages from below; nil where digits were
  /// lost.
  fileprivate mutating func peaks() -> (peaks: [[Int]], isPossible: Bool)? {
    var tables = takeTables()
    var peaks = [[Int]](repeating: [], count: tables.count)
    var isPossible = true
    for (number, clique) in tree.cliques.enumerated().reversed() {
      let size = clique.cells / clique.separatorCells
      peaks[number] = tables[number].blockPeaks(clique.separatorCells)
      var message = peaks[number].enumerated().map { tables[number][$0 * size + $1] }
      _ = message.scaleDown()
      if let parent = clique.parent {
        guard tables[parent].multiply(by: message, clique.fromParent) else { return nil }
      } else if message[0].isZero {
        isPossible = false
      }
    }
    return (peaks, isPossible)
  }
}

extension JunctionTree {
  /// Which block of a clique's table the values of its separator are at.
  func block(of clique: Clique, _ values: [Int]) -> Int {
    clique.variables.prefix(clique.separatorCount).reduce(0) {
      $0 * cardinalities[$1] + values[$1]
    }
  }

  /// Gives the variables that a clique does not share with its parent their values at a place of the
  /// block.
  func fill(_ values: inout [Int], _ clique: Clique, _ place: Int) {
    let rest = Array(clique.variables.dropFirst(clique.separatorCount))
    for (variable, value) in rest.values(at: place, cardinalities) { values[variable] = value }
  }
}
