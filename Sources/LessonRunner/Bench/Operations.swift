import Approximate
import Exact
import Interchange
import JSONText
import Models
import Probability

/// What is timed: from a decoded model to an answer, one function for each workload.
///
/// Each calls the fastest route that is exact; everything that it derives from the model it derives
/// again at every call.
enum Operations {
  /// log p(x) of every document.
  static func evidence(_ spec: LatentFactorSpec) -> [Double] {
    spec.documents.map { factorisedLogEvidence(of: $0).value }
  }

  /// Evidence, means and covariances of every sequence.
  static func smoother(_ spec: LinearDynamicalSpec) -> [StateSpacePosterior] {
    spec.sequences.map { StateSpacePosterior(of: $0) }
  }

  /// Evidence and the marginals of the top units, for every observation.
  static func evidence(_ spec: BeliefNetworkSpec) throws -> [BeliefNetworkAnswer] {
    try spec.observations.map { try BeliefNetworkAnswer(enumerating: spec.network, $0) }
  }

  /// Steps of training in one call, each of them an operation.
  static let trainingSteps = 1000

  /// A thousand steps from the start; the mean signal of each, an estimate of the bound.
  static func train(_ input: TrainingInput) throws -> [Double] {
    var training = input.training
    var sampler = try Sampler(seed: 1)
    var signals: [Double] = []
    for _ in 0..<trainingSteps { signals.append(try training.step(&sampler)) }
    return signals
  }

  /// Evidence, posterior marginals and the whole gradient of the sum over documents.
  static func gradient(_ spec: LatentFactorSpec) throws -> LatentFactorAnswers {
    try LatentFactorAnswers(factorised: spec.model, spec.documents)
      ?? LatentFactorAnswers(of: spec.model, spec.documents.map(\.words))
  }
}

extension LatentFactorAnswers {
  /// The answers with the keys of a reference.
  var json: JSON {
    var gradient: [(key: String, value: JSON)] = [
      ("weights", .matrix(self.gradient.weights)), ("bias", .numbers(self.gradient.bias)),
    ]
    if let prior = self.gradient.prior { gradient.append(("prior", .numbers(prior))) }
    return [
      "logEvidence": .numbers(logEvidence.map(\.value)),
      "posteriorMarginals": .array(posteriorMarginals.map { $0.map { .numbers($0) } ?? .null }),
      "gradient": .object(gradient),
    ]
  }
}
