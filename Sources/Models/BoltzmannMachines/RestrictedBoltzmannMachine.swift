public import Probability

/// Visible and hidden units that are on or off, joined across and not among themselves.
///
/// ```
/// p(v, h) = (1/Z) exp(Σ_i a_i v_i + Σ_j b_j h_j + Σ_ij v_i W_ij h_j)
/// ```
/// Reference: Smolensky, "Foundations of harmony theory", 1986.
public struct RestrictedBoltzmannMachine: Sendable, Equatable {
  /// a, one for each visible unit.
  public let visibleBias: [Double]
  /// b, one for each hidden unit.
  public let hiddenBias: [Double]
  /// W, a row for each visible unit.
  public let weights: [[Double]]

  /// A machine of finite numbers; either side may be without units.
  public init(
    visibleBias: [Double], hiddenBias: [Double], weights: [[Double]]
  ) throws(ModelError) {
    try Validate.finite("visibleBias", visibleBias)
    try Validate.finite("hiddenBias", hiddenBias)
    try Validate.finiteTable(
      "weights", weights, rows: visibleBias.count, columns: hiddenBias.count)
    self.init(checked: visibleBias, hiddenBias, weights)
  }

  private init(checked visibleBias: [Double], _ hiddenBias: [Double], _ weights: [[Double]]) {
    (self.visibleBias, self.hiddenBias, self.weights) = (visibleBias, hiddenBias, weights)
  }

  /// The exponent of p(v, h); log p(v, h) + log Z.
  public func logWeight(_ visible: [Bool], _ hidden: [Bool]) -> Double {
    hiddenInputs(visible).enumerated().reduce(
      visibleBias.indices.reduce(0) { $0 + (visible[$1] ? visibleBias[$1] : 0) }
    ) { $0 + (hidden[$1.offset] ? $1.element : 0) }
  }

  /// b_j + Σ_i v_i W_ij: the log odds of each hidden unit.
  public func hiddenInputs(_ visible: [Bool]) -> [Double] {
    var inputs = hiddenBias
    for (row, isOn) in zip(weights, visible) where isOn {
      for hidden in inputs.indices { inputs[hidden] += row[hidden] }
    }
    return inputs
  }

  /// The same machine with its sides exchanged.
  public var transposed: RestrictedBoltzmannMachine {
    RestrictedBoltzmannMachine(
      checked: hiddenBias, visibleBias,
      hiddenBias.indices.map { hidden in weights.map { $0[hidden] } })
  }

  /// Settings of the visible units, as many as there are units.
  public func validate(_ visible: [Bool]) throws(ModelError) {
    try Validate.count("visible", visible.count, expected: visibleBias.count)
  }

  /// Random biases and weights between −2 and 2.
  public static func random(
    visible: Int, hidden: Int, _ cases: inout Cases
  ) throws(ChoiceError) -> RestrictedBoltzmannMachine {
    let visibleBias = try cases.reals(visible, from: -2, to: 2)
    let hiddenBias = try cases.reals(hidden, from: -2, to: 2)
    var weights: [[Double]] = []
    for _ in 0..<visible { weights.append(try cases.reals(hidden, from: -2, to: 2)) }
    return RestrictedBoltzmannMachine(checked: visibleBias, hiddenBias, weights)
  }
}
