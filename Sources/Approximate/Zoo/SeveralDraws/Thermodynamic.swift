import GSL
public import Models
public import Probability

extension DiscreteZoo {
  static let tvo = several(
    "tvo",
    formula:
      "Σ_i (β_{i+1} − β_i) [C (1 − β_i) Σ_k ω_k (f_k − f̄)(s_k − s̄) − Σ_k ω_k s_k],  ω ∝ w^β_i",
    papers: ["Masrani, Le, Wood 2019"],
    settings: [
      ZooSetting("partition", .partition, "0 = β_0 < … = 1"),
      ZooSetting("correction", .flag, "whether C = K/(K − 1)"),
    ],
    aim: { settings throws(ZooError) in
      .thermodynamic(partition: try settings.numbers("partition"))
    },
    bias: .biased("self-normalised at every β: of order 1/K")
  ) { _, settings throws(ZooError) in
    Thermodynamic(
      samples: settings.samples, partition: try settings.numbers("partition"),
      isCorrected: try settings.flag("correction"))
  }
}

/// The gradient of the thermodynamic variational objective, from draws weighted at each β.
///
/// ```
/// log p(x) = ∫₀¹ E_{π_β}[f] dβ ≥ Σ_i (β_{i+1} − β_i) E_{π_i}[f],     π_β ∝ p^β q^(1−β)
/// ∇E_π[f] = (1 − β) Cov_π(f, s) − E_π[s]
/// ```
/// Each mean is taken by self-normalised weights w^β. C is K/(K − 1) for a covariance of draws.
/// Reference: Masrani, Le and Wood 2019.
public struct Thermodynamic: ZooProgram {
  let samples: Int
  let partition: [Double]
  let isCorrected: Bool

  // listing: zoo tvo
  /// A weighted covariance and a weighted score at each β.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let (draws, f) = try problem.drawnWeights(samples, &choices)
    let correction = isCorrected && samples > 1 ? Double(samples) / Double(samples - 1) : 1
    var estimate = problem.law.logits.map { _ in 0.0 }
    for (beta, next) in zip(partition, partition.dropFirst()) {
      let total = logSumExp(f.map { beta * $0 })
      let weights = f.map { exp(beta * $0 - total) }
      let mean = zip(weights, f).reduce(0) { $0 + $1.0 * $1.1 }
      // Σ ω (f − f̄)(s − s̄) = Σ ω (f − f̄) s.
      let terms = zip(weights, f).map { weight, f in
        weight * (correction * (1 - beta) * (f - mean) - 1)
      }
      for (d, term) in problem.summedScore(draws, terms).enumerated() {
        estimate[d] += (next - beta) * term
      }
    }
    return estimate
  }
  // end of listing
}
