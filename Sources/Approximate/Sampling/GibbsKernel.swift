package import Probability

/// Gibbs sampling of a table: a variable is drawn anew given all others.
///
/// ```
/// z_v ~ p(z_v | z_−v) ∝ table[z]
/// ```
/// Each update leaves p as it is, and so does any fixed sequence of them. An update looks the same
/// backwards, and a random choice among updates too; a sweep in a fixed order does not.
/// Reference: Geman and Geman 1984.
package struct GibbsKernel: MarkovKernel {
  /// In which order variables are drawn anew.
  package enum Scan: String, Sendable, CaseIterable {
    /// A step draws every variable, the first one first.
    case systematic
    /// A step draws one variable, chosen uniformly.
    case random
  }

  /// How many values each variable has.
  package let cardinalities: [Int]
  /// Positive potentials, the value of the last variable counting up fastest.
  package let table: [Double]
  /// The order of the updates.
  package let scan: Scan
  /// How far apart in the table two values of each variable lie.
  private let strides: [Int]

  /// The chain on a table with one entry a setting of the variables.
  package init(cardinalities: [Int], table: [Double], scan: Scan) {
    self.cardinalities = cardinalities
    self.table = table
    self.scan = scan
    strides = cardinalities.indices.map { cardinalities[($0 + 1)...].reduce(1, *) }
  }

  /// The state after a sweep, or after the update of one variable.
  package func step<Choices: DiscreteChoices>(
    from state: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> Int {
    switch scan {
    case .systematic:
      var state = state
      for variable in cardinalities.indices { state = try update(variable, of: state, &choices) }
      return state
    case .random:
      return try update(try choices.choose(below: cardinalities.count), of: state, &choices)
    }
  }

  /// The state with one variable drawn given all others.
  package func update<Choices: DiscreteChoices>(
    _ variable: Int, of state: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> Int {
    let stride = strides[variable]
    let first = state - state / stride % cardinalities[variable] * stride
    let alternatives = (0..<cardinalities[variable]).map { first + $0 * stride }
    // Relative to the largest, so that no sum of potentials leaves the doubles.
    let largest = alternatives.reduce(0) { max($0, table[$1]) }
    let potentials = alternatives.map { table[$0] / largest }
    let total = potentials.reduce(0, +)
    return alternatives[try choices.choose(potentials.map { $0 / total })]
  }
}
