import Foundation
import Tightbound

/// What a step of training sees: a model, and a q of independent bits given by logits.
public struct Step<Model: BinaryLatentModel>: Sendable {
  /// log p(x, z).
  public let model: Model
  /// The log odds of each bit under q.
  public let logits: [Double]

  /// A step on a model with a q for it.
  public init(_ model: Model, logits: [Double]) {
    (self.model, self.logits) = (model, logits)
  }

  /// q(z).
  public var q: BernoulliFactors { BernoulliFactors(logits: logits) }

  /// f(z) = log p(x, z) − log q(z).
  public func signal(_ z: [Double]) -> Double { model.logJoint(z) - q.logProbability(z) }
}

/// The gradient of the ELBO for the logits of q, from a few samples, as it is trained with.
///
/// Written against `DiscreteChoices`: a `Sampler` runs it in training, and in a test every outcome
/// of the same code is visited.
public struct ScoreFunctionStep: Sendable {
  /// What is subtracted from the signal of one sample, given those of all and its place.
  public var baseline: @Sendable (_ signals: [Double], _ place: Int) -> Double

  /// An estimator with a baseline.
  public init(baseline: @escaping @Sendable (_ signals: [Double], _ place: Int) -> Double) {
    self.baseline = baseline
  }

  /// (1/S) Σ_s (f(z_s) − c_s) ∇log q(z_s),  z_s ~ q.
  public func gradient<Model: BinaryLatentModel, Choices: DiscreteChoices>(
    _ step: Step<Model>, samples: Int, _ choices: inout Choices
  ) throws -> [Double] {
    var draws: [[Double]] = []
    for _ in 0..<samples { draws.append(try step.q.sample(&choices)) }
    let signals = draws.map(step.signal)
    var gradient = step.logits.map { _ in 0.0 }
    for (place, z) in draws.enumerated() {
      let weight = (signals[place] - baseline(signals, place)) / Double(samples)
      for (d, score) in step.q.score(z).enumerated() { gradient[d] += weight * score }
    }
    return gradient
  }

  /// The mean of the other samples' signals: independent of this one, so the mean is untouched.
  public static let leaveOneOut = ScoreFunctionStep { signals, place in
    (signals.reduce(0, +) - signals[place]) / Double(signals.count - 1)
  }

  /// The mean of the whole batch, as it is often written: this sample's own signal is in it.
  public static let batchMean = ScoreFunctionStep { signals, _ in
    signals.reduce(0, +) / Double(signals.count)
  }
}
