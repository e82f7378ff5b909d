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
  private var baseline: InputBaseline
  private var moments: RunningMoments

  /// Training before its first step.
  public init(_ networks: DocumentNetworks, corpus: [Document], settings: NVILSettings) {
    self.networks = networks
    self.corpus = corpus
    self.settings = settings
    optimiser = Adam(learningRate: settings.learningRate)
    let features = 1 + (corpus.first?.counts.count ?? 0)
    baseline = InputBaseline(
      features: [], weights: [Double](repeating: 0, count: features), rate: 0.1)
    moments = RunningMoments(decay: settings.decay, mean: 0, variance: 1)
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
  ///
  /// Draw first, differentiate after; baselines and running moments are used first and moved after,
  /// so that none contains the draw that it is subtracted from.
  public mutating func gradientEstimate<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    guard settings.samples > 0 else { throw .tooFewSamples(found: settings.samples, needed: 1) }
    let before = moments
    let scale = settings.standardises ? 1 / max(1, sqrt(before.variance)) : 1
    var total = DocumentNetworks.TangentVector.zero
    var residuals: [Double] = []
    for document in corpus {
      let q = BernoulliFactors(networks.probabilities(document.words))
      let draws = try draws(from: q, &choices)
      let expected = expectation(for: document, before)
      var signals: [Double] = []
      for latents in draws {
        signals.append(
          networks.signal(document, latents: latents, divergence: settings.divergence))
        total += gradient(at: networks) { networks in
          networks.surrogate(
            document, latents: latents, baseline: expected, scale: scale,
            divergence: settings.divergence)
        }
      }
      residuals += signals.map { $0 - expectationOfInput(document) }
      if settings.usesInputBaseline { learnBaseline(from: signals, of: document) }
    }
    moments.take(in: residuals)
    return networks.flat(total).map { $0 / Double(settings.samples) }
  }

  private func draws<Choices: DiscreteChoices>(
    from q: BernoulliFactors, _ choices: inout Choices
  ) throws(ChoiceError) -> [Vector] {
    var draws: [Vector] = []
    for _ in 0..<settings.samples { draws.append(Vector(try q.sample(&choices))) }
    return draws
  }

  // MARK: What is taken out of the signal

  /// 1 and the relative frequency of every word.
  private static func features(_ document: Document) -> [Double] {
    let length = Double(max(1, document.words.count))
    return [1] + document.counts.array.map { $0 / length }
  }

  /// c(x), without the running mean.
  private func expectationOfInput(_ document: Document) -> Double {
    guard settings.usesInputBaseline else { return 0 }
    return zip(baseline.weights, NVILTraining.features(document)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func expectation(for document: Document, _ moments: RunningMoments) -> Double {
    expectationOfInput(document) + (settings.usesRunningMean ? moments.mean : 0)
  }

  private mutating func learnBaseline(from signals: [Double], of document: Document) {
    baseline.features = NVILTraining.features(document)
    baseline.take(in: signals)
  }
}
