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

  /// Evidence, posterior marginals and the whole gradient of the sum over documents.
  static func gradient(
    _ spec: LatentFactorSpec
  ) throws -> (posteriors: [DocumentPosterior], gradient: DocumentGradient) {
    let posteriors = try ExactAnswers(of: spec.model, spec.documents).posteriors
    return (posteriors, posteriors.sumOfGradients(under: spec.model))
  }

  /// log p(x) of every sequence.
  static func evidence(_ sequences: [HiddenMarkovInput]) throws -> [Double] {
    try sequences.map { sequence in
      switch sequence {
      case .categorical(let model, let symbols):
        scaledLogEvidence(of: try model.observing(symbols)).value
      case .gaussian(let model, let numbers):
        scaledLogEvidence(of: try model.chain(observing: numbers)).value
      }
    }
  }

  /// Evidence, and how often each state comes first and follows each other one.
  static func counts(_ sequences: [HiddenMarkovInput]) throws -> [ObservedChainPosterior] {
    try sequences.map { sequence in
      switch sequence {
      case .categorical(let model, let symbols):
        ObservedChainPosterior(fastestOf: try model.observing(symbols), keepsMarginals: false)
      case .gaussian(let model, let numbers):
        try ExactAnswers(of: [try model.chain(observing: numbers)], keepsMarginals: false)
          .posteriors[0]
      }
    }
  }

  /// The most probable path of every sequence.
  static func bestPaths(_ sequences: [HiddenMarkovInput]) throws -> [ChainExplanation?] {
    try sequences.map { sequence in
      switch sequence {
      case .categorical(let model, let symbols):
        ChainExplanation(fastestOf: try model.observing(symbols).chain)
      case .gaussian(let model, let numbers):
        ChainExplanation(fastestOf: try model.chain(observing: numbers))
      }
    }
  }

  /// log p(sentence) of every sentence.
  static func evidence(_ spec: GrammarSpec) -> [Double] {
    spec.sentences.map { scaledLogEvidence(of: Sentence(spec.grammar, $0)).value }
  }

  /// The partition function and every edge's marginal.
  static func marginals(_ spec: SpanningTreeSpec) throws -> SpanningTreePosterior {
    try ExactAnswers(of: spec.model).posteriors[0]
  }

  /// Evidence, means and covariances of every sequence.
  static func smoother(_ spec: LinearDynamicalSpec) throws -> [StateSpacePosterior] {
    try ExactAnswers(of: spec.sequences).posteriors
  }

  /// Evidence and the marginals of the top units, for every observation.
  static func evidence(_ spec: BeliefNetworkSpec) throws -> [BeliefNetworkPosterior] {
    try ExactAnswers(of: spec.network, spec.observations).posteriors
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

  /// A thousand steps of both phases from the start; the machine after them.
  static func wakeSleep(_ input: WakeSleepInput) throws -> HelmholtzMachine {
    var training = input.training
    var sampler = try Sampler(seed: 1)
    for step in 0..<trainingSteps {
      training.step(on: input.batches[step % input.batches.count], &sampler)
    }
    return try training.machine
  }

  /// Coordinate ascent of a mixture from the start; the bound after the last iteration.
  static func ascend(_ input: MixtureInput) throws -> Double {
    guard
      var fit = try MixtureFit(
        input.mixture, input.observations, responsibilities: input.responsibilities)
    else { throw MixtureInput.tooManyDimensions }
    var bound = -Double.infinity
    for _ in 0..<input.iterations { bound = try fit.iterate().value }
    return bound
  }

  /// One epoch of an autoencoder from the start; the mean loss of its batches.
  static func epoch(_ input: AutoencoderInput) throws -> Double {
    var training = input.training
    var sampler = try Sampler(seed: 1)
    return try training.epoch(&sampler)
  }

  /// One pass of a particle filter over its counts; its estimate of the log evidence.
  static func filter(_ input: ParticleInput) throws -> Double {
    var sampler = try Sampler(seed: 1)
    return input.filter.logEvidence(&sampler)
  }

  /// The exact law of an estimator, every outcome of its draws visited.
  static func moments(_ input: EstimatorInput) throws -> ExactMoments {
    try EstimatorList(constants: []).program(input.estimator).law(
      of: .elbo(of: input.document, under: input.q), samples: input.samples
    ).moments()
  }
}

/// A hidden Markov model and one sequence, before anything is derived from them.
enum HiddenMarkovInput: Sendable {
  case categorical(HiddenMarkovModel, [Int])
  case gaussian(GaussianHiddenMarkovModel, [Double?])
}

extension HiddenMarkovSpec {
  /// The model beside each of its sequences; symbols without a gap, as the kernel is timed on them.
  var inputs: [HiddenMarkovInput] {
    get throws(PlaceError) {
      switch emission {
      case .gaussian(let model, let sequences): return sequences.map { .gaussian(model, $0) }
      case .categorical(let model, let sequences):
        var inputs: [HiddenMarkovInput] = []
        for (index, sequence) in sequences.enumerated() {
          let symbols = sequence.compactMap(\.self)
          guard symbols.count == sequence.count else {
            throw PlaceError(
              path: "spec.observations[\(index)]", complaint: "expected a symbol at every step")
          }
          inputs.append(.categorical(model, symbols))
        }
        return inputs
      case .product:
        throw PlaceError(
          path: "spec.emission.family", complaint: "expected \"categorical\" or \"gaussian\"")
      }
    }
  }
}
