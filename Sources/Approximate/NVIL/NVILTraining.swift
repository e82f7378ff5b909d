import GSL
import Networks
public import Probability
import _Differentiation

/// How neural variational inference is run.
public struct NVILSettings: Sendable, Hashable {
  /// S, draws of z per document and step.
  public var samples = 1
  /// Where the divergence from the prior is taken.
  public var divergence = DivergenceForm.analytic
  /// Whether c(x), a linear function of the word frequencies, is subtracted from the signal.
  public var usesInputBaseline = true
  /// Whether a running mean of past signals is subtracted.
  public var usesRunningMean = true
  /// Whether the signal is divided by max(1, running standard deviation).
  public var standardises = true
  /// The step of the first updates.
  public var learningRate = 0.05
  /// τ: the step at time t is learningRate / (1 + t/τ).
  public var halvingTime = 400.0
  /// The share of the running moments that each step keeps.
  public var decay = 0.9

  /// The settings of the NVIL paper: both baselines and the normalisation.
  public init() {}

  /// Neither baseline nor normalisation: the estimator with nothing taken out of it.
  public static var plain: NVILSettings {
    var settings = NVILSettings()
    (settings.usesInputBaseline, settings.usesRunningMean, settings.standardises) =
      (false, false, false)
    return settings
  }
}

/// Neural variational inference and learning: both networks climb the ELBO together.
///
/// A step is a program of discrete choices. Sampled, it trains; run over all of its outcomes, it
/// tells the exact mean of its own gradient.
///
/// ```
/// ∇_θ ELBO ≈ (1/S) Σ_s ∇_θ log p(x | z_s)
/// ∇_λ ELBO ≈ (∂η/∂λ)ᵀ g,     g = (1/S) Σ_s w_s (z_s − σ(η))     the score function, η = η_λ(x)
/// ```
/// Reference: Mnih and Gregor 2014, "Neural variational inference and learning in belief networks".
public struct NVILTraining: Sendable {
  /// The documents, all of which every step sees.
  public let corpus: [Document]
  /// θ and λ.
  public private(set) var networks: DocumentNetworks
  /// How it is run.
  public let settings: NVILSettings
  /// The number of steps taken.
  public private(set) var time = 0
  private var optimiser: Adam
  private var estimator: ScoreFunction<BernoulliFactors, DocumentBaseline>

  /// Training before its first step.
  public init(_ networks: DocumentNetworks, corpus: [Document], settings: NVILSettings) {
    self.networks = networks
    self.corpus = corpus
    self.settings = settings
    optimiser = Adam(learningRate: settings.learningRate)
    estimator = ScoreFunction(
      DocumentBaseline(settings, vocabulary: corpus.first?.counts.count ?? 0))
  }

  /// One step up along an estimate of the gradient, Robbins–Monro fashion with shrinking steps.
  public mutating func step<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) {
    let gradient = try gradientEstimate(&choices)
    optimiser.learningRate =
      settings.learningRate / (1 + Double(time) / settings.halvingTime)
    networks.add(optimiser.step(up: gradient))
    time += 1
  }

  /// An estimate of the gradient of the ELBO, summed over documents, in the order of `flat`.
  public mutating func gradientEstimate<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var total = DocumentNetworks.TangentVector.zero
    // listing: 04 training-step
    for document in corpus {
      let bound = networks.bound(of: document, divergence: settings.divergence)
      let draws = try bound.draws(settings.samples, &choices)
      estimator.baseline.look(at: document)
      let slope = Vector(try estimator.estimate(bound, at: draws))
      total += gradient(at: networks) { networks in
        networks.node(document, draws: draws, slope: slope)
      }
    }
    // end of listing
    estimator.baseline.endStep()
    return networks.flat(total)
  }
}

extension DocumentNetworks {
  /// (1/S) Σ_s log p(x | z_s) + g·η: its gradient is the estimate, its value means nothing.
  @differentiable(reverse,wrt: self)
  fileprivate func node(_ document: Document, draws: [[Double]], slope: Vector) -> Double {
    var logLikelihoods = 0.0
    for index in withoutDerivative(at: draws.indices) {
      logLikelihoods += likelihood.logLikelihood(
        counts: document.counts, latents: withoutDerivative(at: Vector(draws[index])))
    }
    return logLikelihoods / Double(draws.count) + slope.dot(inference.logits(document.words))
  }
}
