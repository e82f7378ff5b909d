import GSL

/// Slopes of a log evidence by the entries of tables, from hidden states that are products of entries.
///
/// ```
/// ∂ log Σ_z p(z, x) / ∂ entry = Σ_z Σ_(places of z with the entry) Π (all other factors of z) / p(x)
/// ```
/// The brute-force twin of gradients: no factor is divided by, so that entries may be zero.
struct EntrySlopes {
  /// One for each entry.
  private(set) var slopes: [Double]
  private let logEvidence: DoubleDouble

  /// No states yet.
  init(_ count: Int, logEvidence: DoubleDouble) {
    slopes = Array(repeating: 0, count: count)
    self.logEvidence = logEvidence
  }

  /// Adds a state: its factors by their entries and logarithms, and the logarithm of what else it is made of.
  mutating func add(
    _ factors: [(entry: Int, logValue: Double)], logRest: CompensatedSum = CompensatedSum()
  ) {
    let zeros = factors.filter { $0.logValue == -.infinity }
    guard zeros.count <= 1 else { return }
    var others = logRest
    for factor in factors where factor.logValue > -.infinity { others += factor.logValue }
    guard others.value > -.infinity else { return }
    let logOthers = others.doubled.minus(logEvidence)
    if let zero = zeros.first {
      slopes[zero.entry] += exp(logOthers)
    } else {
      for factor in factors { slopes[factor.entry] += exp(logOthers - factor.logValue) }
    }
  }
}
