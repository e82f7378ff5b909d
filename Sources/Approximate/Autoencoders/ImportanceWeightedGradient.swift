import GSL
public import Models
public import Probability

/// One set of K samples of a Gaussian code: the bound's value, and two estimates of its gradient.
///
/// ```
/// log (1/K) Σ_k w_k,     w_k = p(x, z_k)/q(z_k),     w̄_k = w_k / Σ_j w_j
/// gradient                 Σ_k w̄_k  (g(z_k), g(z_k) σ ε_k + 1)
/// doubly reparameterised   Σ_k w̄_k² (g(z_k) + ε_k/σ) (1, σ ε_k)
/// ```
/// Reference: Burda, Grosse and Salakhutdinov 2016; Tucker, Lawson, Gu and Maddison 2019.
public struct ImportanceWeightedSample: Sendable, Equatable {
  /// The value whose mean is the bound.
  public let value: Double
  /// Σ_k w̄_k ∇f(z_k).
  public let gradient: [Double]
  /// The same mean by a second reparameterisation of the weights' score.
  public let doublyReparameterised: [Double]

  /// K draws.
  public init<Choices: RandomChoices>(
    _ model: some LatentLine, _ code: GaussianCode, samples: Int, _ choices: inout Choices
  ) throws(ChoiceError) {
    guard samples > 0 else { throw .tooFewSamples(found: samples, needed: 1) }
    var noises: [Double] = []
    for _ in 0..<samples { noises.append(try choices.standardNormal()) }
    self.init(model, code, noises: noises)
  }

  /// The values at given noises.
  public init(_ model: some LatentLine, _ code: GaussianCode, noises: [Double]) {
    // listing: 06 weighted
    let signals = noises.map { model.signal(code.latent($0), under: code) }
    let logSum = logSumExp(signals)
    let weights = signals.map { exp($0 - logSum) }
    let path = noises.map { PathwiseGradient().terms(model, code, noise: $0) }
    let alone = noises.map { PathOnlyGradient().terms(model, code, noise: $0) }
    value = logSum - log(Double(noises.count))
    gradient = [0, 1].map { d in
      weights.indices.reduce(0) { $0 + weights[$1] * path[$1][d] }
    }
    doublyReparameterised = [0, 1].map { d in
      weights.indices.reduce(0) { $0 + weights[$1] * weights[$1] * alone[$1][d] }
    }
    // end of listing
  }
}
