import GSL
import Kernels
public import Models
public import Probability

/// How mini-batches train.
public struct BatchSettings: Sendable, Hashable {
  /// B, documents a step.
  public var batchSize: Int
  /// The step of plain gradient ascent.
  public var learningRate: Double
  /// The share of the running mean of signals that each step keeps.
  public var baselineDecay: Double

  /// Settings from their parts.
  public init(batchSize: Int, learningRate: Double, baselineDecay: Double) {
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.baselineDecay = baselineDecay
  }
}

/// Neural variational inference on mini-batches, with its gradient written out by hand.
///
/// The fast form of what `NVILTraining` says in terms of surrogates: the formulas beside the lines
/// are the derivatives of
///
/// ```
/// (1/B) Σ_i log p(x_i, z_i) + detach(f_i − c) log q(z_i | x_i),     f = log p(x, z) − log q(z | x)
/// ```
/// with one draw z_i of q a document, and c a running mean of past f. A step is a program of discrete
/// choices and allocates nothing.
/// Reference: Mnih and Gregor 2014, "Neural variational inference and learning in belief networks".
public struct BatchTraining: Sendable {
  /// a, W, b and the inference network.
  public private(set) var parameters: BatchParameters
  /// The last estimate of the gradient.
  public private(set) var gradient: BatchParameters
  /// c; zero before the first step.
  public private(set) var baseline = 0.0
  /// The number of steps taken.
  public private(set) var time = 0
  /// How it is run.
  public let settings: BatchSettings
  private let corpus: WordCounts
  private var batch: Batch

  /// Training before its first step.
  public init(
    _ parameters: BatchParameters, corpus: WordCounts, settings: BatchSettings
  ) throws(ModelError) {
    let sizes = parameters.sizes
    let most = WordCounts.mostEntries / max(sizes.words, sizes.features, sizes.factors)
    guard settings.batchSize > 0, settings.batchSize <= most else {
      throw ModelError(
        "batchSize", "expected a number from 1 to \(most), found \(settings.batchSize)")
    }
    guard corpus.documentCount > 0 else {
      throw ModelError("observations", "expected at least one document, found none")
    }
    guard corpus.counts.columns == parameters.bias.count else {
      throw ModelError(
        "bias", "expected \(corpus.counts.columns) entries, found \(parameters.bias.count)")
    }
    self.parameters = parameters
    self.corpus = corpus
    self.settings = settings
    gradient = parameters
    batch = Batch(size: settings.batchSize, sizes)
  }

  /// One step up along an estimate of the gradient on the next documents; the mean of their signals.
  @discardableResult
  public mutating func step<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    let signal = try estimateGradient(&choices)
    parameters.move(settings.learningRate, along: gradient)
    time += 1
    return signal
  }

  /// Puts an estimate of the gradient of the mean ELBO of the next documents into `gradient`; the
  /// mean of the signals.
  ///
  /// The baseline is used first and moved after, so that it does not contain the draws that it is
  /// subtracted from.
  public mutating func estimateGradient<Choices: DiscreteChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Double {
    let first = time % corpus.documentCount * settings.batchSize % corpus.documentCount
    batch.take(corpus, from: first)
    batch.infer(parameters)
    try batch.draw(&choices)
    batch.explain(parameters)
    let signal = batch.weigh(parameters, baseline: baseline)
    batch.differentiate(parameters, into: &gradient)
    baseline = settings.baselineDecay * baseline + (1 - settings.baselineDecay) * signal
    return signal
  }
}
