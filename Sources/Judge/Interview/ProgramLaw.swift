public import JSONText

/// What a program returns, over every outcome of its choices.
public struct ProgramLaw: Sendable {
  /// A run that was completed.
  public struct Outcome: Sendable {
    /// The outcomes of its choices.
    public let trail: [Double]
    /// The product of their probabilities.
    public let probability: Double
    /// What it returned.
    public let result: JSON
  }

  /// Every outcome of positive probability, once.
  public let outcomes: [Outcome]
  /// The largest number of choices in one run.
  public let depth: Int
  /// How many runs were repeated in another order and in a process of its own.
  public internal(set) var repeated = 0
  /// How far it is believed where there were uniforms or normals; nil where it is exact.
  public internal(set) var quadrature: Quadrature?

  /// The probabilities, in the order of `outcomes`.
  public var probabilities: [Double] { outcomes.map(\.probability) }

  /// What two laws by quadrature must agree on.
  var sums: ResultSums {
    var sums = ResultSums()
    for outcome in outcomes { sums.add(outcome.result, weight: outcome.probability) }
    return sums
  }
}

/// What stands behind a law that was found at the nodes of a rule.
public struct Quadrature: Sendable, Equatable {
  /// The sizes that were compared: "5 and 7 nodes (Gauss–Hermite)".
  public let words: String
  /// How far apart means and squares are under the two sizes, as a share of the size of the numbers.
  public let distance: Double
  /// Whether all noises were visited at both sizes, or each alone.
  public let isOfAll: Bool
}
