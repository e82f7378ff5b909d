/// Spins that favour a direction each and agree or disagree in pairs.
///
/// ```
/// p(s) = (1/Z) exp(Σ_i h_i s_i + Σ_(i,j) J_ij s_i s_j),      s_i = ±1
/// ```
/// Each pair is listed once; what is listed again is added.
public struct IsingModel: Sendable, Equatable {
  /// Two spins with what their agreement adds to the exponent.
  public struct Coupling: Sendable, Equatable {
    /// The numbers of the two spins.
    public let (one, other): (Int, Int)
    /// J; above 0 they like to agree.
    public let value: Double

    /// A pair with its coupling.
    public init(_ one: Int, _ other: Int, _ value: Double) {
      (self.one, self.other, self.value) = (one, other, value)
    }
  }

  /// h, one for each spin.
  public let fields: [Double]
  /// The pairs.
  public let couplings: [Coupling]

  /// At least one spin, with finite fields and couplings.
  public init(fields: [Double], couplings: [Coupling]) throws(ModelError) {
    try Validate.notEmpty("fields", fields.count)
    try Validate.finite("fields", fields)
    for (number, coupling) in couplings.enumerated() {
      let place = "couplings[\(number)]"
      try Validate.index("\(place).pair[0]", coupling.one, below: fields.count)
      try Validate.index("\(place).pair[1]", coupling.other, below: fields.count)
      guard coupling.one != coupling.other else {
        throw ModelError("\(place).pair", "expected two different spins")
      }
      guard coupling.value.isFinite else {
        throw ModelError("\(place).value", "expected a finite number, found \(coupling.value)")
      }
    }
    self.fields = fields
    self.couplings = couplings
  }

  /// Σ_i h_i s_i + Σ_(i,j) J_ij s_i s_j.
  public func logWeight(_ spins: [Double]) -> Double {
    zip(fields, spins).reduce(0) { $0 + $1.0 * $1.1 }
      + couplings.reduce(0) { $0 + $1.value * spins[$1.one] * spins[$1.other] }
  }
}

extension FactorGraph {
  /// Spins as variables of two values, 0 for −1 and 1 for +1: a table for each field, then one for
  /// each coupling.
  public init(of model: IsingModel) {
    let fields = model.fields.enumerated().map { spin, field in
      Factor([spin], logWeights: [-field, field])
    }
    let couplings = model.couplings.map { pair in
      Factor([pair.one, pair.other], logWeights: [1, -1, -1, 1].map { $0 * pair.value })
    }
    self.init(checked: model.fields.map { _ in 2 }, fields + couplings)
  }
}
