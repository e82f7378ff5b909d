package import Probability

/// How the ancestors of the next particles are drawn from the weights.
///
/// ```
/// E[number of descendants of i] = N w̄_i
/// ```
/// holds for both, and is all that the mean of the evidence asks of them.
package enum Resampling: String, Sendable, CaseIterable {
  /// Every particle draws its ancestor from w̄ by itself.
  case multinomial
  /// One offset u for all: particle n descends from where (n + u)/N falls among the sums of w̄.
  case systematic

  /// The ancestors of as many particles as there are weights.
  ///
  /// Of the offset only the cell between two places matters at which some ancestor changes; the cells
  /// are finitely many, so that a program with one offset has an exact law too.
  /// Reference: Kitagawa 1996; Douc, Cappé and Moulines 2005.
  package func ancestors<Choices: DiscreteChoices>(
    _ weights: [Double], _ choices: inout Choices
  ) throws(ChoiceError) -> [Int] {
    switch self {
    case .multinomial:
      var ancestors: [Int] = []
      for _ in weights { ancestors.append(try choices.choose(weights)) }
      return ancestors
    case .systematic:
      let sums = scaledSums(weights)
      let cuts = ([0, 1] + sums.map { $0 - $0.rounded(.down) }).sorted()
      let cell = try choices.choose(zip(cuts, cuts.dropFirst()).map { $1 - $0 })
      return ancestors(sums, offset: 0.5 * (cuts[cell] + cuts[cell + 1]))
    }
  }

  /// N (w̄_0 + … + w̄_i), the last one exactly N.
  private func scaledSums(_ weights: [Double]) -> [Double] {
    var sum = 0.0
    let count = Double(weights.count)
    var sums = weights.map { weight in
      sum += weight
      return min(count, count * sum)
    }
    // Rounding must not leave the last places to nobody, nor to a particle of weight zero.
    let last = weights.lastIndex { $0 > 0 } ?? weights.count - 1
    for i in last..<weights.count { sums[i] = count }
    return sums
  }

  private func ancestors(_ sums: [Double], offset: Double) -> [Int] {
    var ancestor = 0
    return sums.indices.map { n in
      while ancestor < sums.count - 1, sums[ancestor] <= Double(n) + offset { ancestor += 1 }
      return ancestor
    }
  }
}
