import Approximate
import Exact
import GSL
import Models
import Networks
import Probability
import Testing

/// The exact gradient of a document's ELBO, by enumeration and the chain rule written out.
private func exactGradient(
  _ networks: DocumentNetworks, _ document: Document
) throws -> (theta: [Double], lambda: [Double]) {
  let observed = try networks.model().observing(document.words)
  let b = networks.probabilities(document.words)
  let length = Double(document.words.count)
  let (words, factors) = (document.counts.count, b.count)
  var weights = [Double](repeating: 0, count: words * factors)
  var bias = [Double](repeating: 0, count: words)
  for (state, mass) in factorised(b).enumerated() {
    let z = latents(state, count: factors)
    let law = observed.model.logWordProbabilities(z).map { exp($0) }
    for word in 0..<words {
      let surplus = mass * (document.counts[word] - length * law[word])
      bias[word] += surplus
      for d in 0..<factors { weights[word * factors + d] += surplus * z[d] }
    }
  }
  // η = M h + c, h the mean of the rows: ∂/∂row_w = (count_w/n) Mᵀ ∂/∂η.
  let slope = exactELBOGradientBySwitching(factorised: b, of: observed)
  let output = networks.inference.output
  let h = networks.inference.embedding(document.words)
  var table: [Double] = []
  for word in 0..<words {
    for feature in h.indices {
      let back = (0..<factors).reduce(0.0) { $0 + output.weights[$1, feature] * slope[$1] }
      table.append(document.counts[word] / length * back)
    }
  }
  let matrix = slope.flatMap { slope in h.indices.map { slope * h[$0] } }
  return (weights + bias, table + matrix + slope)
}

@Suite("Neural variational inference")
struct NVILTrainingTests {
  let corpus = [Document([0, 2, 2], vocabulary: 3), Document([1, 0], vocabulary: 3)]

  func networks() throws -> DocumentNetworks {
    var sampler = try Sampler(seed: 3)
    return DocumentNetworks(words: 3, features: 2, prior: [0.3, 0.45]) {
      2 * sampler.standardNormal()
    }
  }

  func exact(_ networks: DocumentNetworks) throws -> (theta: [Double], lambda: [Double]) {
    let parts = try corpus.map { try exactGradient(networks, $0) }
    return (
      zip(parts[0].theta, parts[1].theta).map { $0 + $1 },
      zip(parts[0].lambda, parts[1].lambda).map { $0 + $1 }
    )
  }

  /// Catches: a baseline that holds its own draw, a missing detach, a dropped KL, a wrong 1/S.
  @Test(
    "The gradient of the training step has bias zero, every outcome of two steps run",
    arguments: [DivergenceForm.analytic, .sampled])
  func unbiased(divergence: DivergenceForm) throws {
    let networks = try networks()
    var settings = NVILSettings()
    settings.standardises = false
    settings.divergence = divergence
    let training = NVILTraining(networks, corpus: corpus, settings: settings)
    let moments = try exactMoments { choices in
      var training = training
      _ = try training.gradientEstimate(&choices)
      return try training.gradientEstimate(&choices)
    }
    #expect(moments.outcomes == 256)
    let exact = try exact(networks)
    let expected = exact.theta + exact.lambda
    #expect(moments.mean.count == expected.count)
    for component in expected.indices {
      let slack = 64 * .ulpOfOne * (1 + moments.magnitude[component]) + moments.meanBound[component]
      #expect(abs(moments.mean[component] - expected[component]) <= slack, "\(component)")
    }
    #expect(moments.covarianceTrace > 0.1)
  }

  @Test("The normalisation shortens the λ-gradient, keeps its direction, and leaves θ alone")
  func standardised() throws {
    let networks = try networks()
    var settings = NVILSettings()
    settings.samples = 1
    let training = NVILTraining(networks, corpus: corpus, settings: settings)
    let moments = try exactMoments { choices in
      var training = training
      _ = try training.gradientEstimate(&choices)
      return try training.gradientEstimate(&choices)
    }
    let exact = try exact(networks)
    let lambda = Array(moments.mean.suffix(exact.lambda.count))
    let share =
      zip(lambda, exact.lambda).reduce(0) { $0 + $1.0 * $1.1 }
      / exact.lambda.reduce(0) { $0 + $1 * $1 }
    #expect(share < 0.999 && share > 0.05)
    for (found, wanted) in zip(lambda, exact.lambda) {
      #expect(abs(found - share * wanted) <= 1e4 * .ulpOfOne * (1 + abs(wanted)))
    }
    for (found, wanted) in zip(moments.mean, exact.theta) {
      #expect(abs(found - wanted) <= 1e4 * .ulpOfOne * (1 + abs(wanted)))
    }
  }

  @Test("The baselines take variance out and leave the mean where it was")
  func baselinesReduceVariance() throws {
    let networks = try networks()
    func law(_ settings: NVILSettings) throws -> ExactMoments {
      var settings = settings
      settings.standardises = false
      let training = NVILTraining(networks, corpus: [corpus[0]], settings: settings)
      return try exactMoments { choices in
        var training = training
        for _ in 1...3 { _ = try training.gradientEstimate(&choices) }
        return try training.gradientEstimate(&choices)
      }
    }
    let (with, without) = (try law(NVILSettings()), try law(.plain))
    for (one, other) in zip(with.mean, without.mean) {
      #expect(abs(one - other) <= 1e4 * .ulpOfOne * (1 + abs(other)))
    }
    #expect(with.covarianceTrace < without.covarianceTrace)
  }

  @Test("The networks are the model that the oracles read; the three forms agree with the oracle")
  func forms() throws {
    let networks = try networks()
    for document in corpus {
      let observed = try networks.model().observing(document.words)
      let b = networks.probabilities(document.words)
      let bound = exactELBO(factorised: b, of: observed)
      for form in ObjectiveForm.allCases {
        let found = networks.elbo(document, form).value
        #expect(abs(found - bound.value) <= 256 * .ulpOfOne * (1 + abs(bound.value)), "\(form)")
      }
      let sampled = try exactMean { try networks.elboEstimate(document, &$0) }
      #expect(abs(sampled.value - bound.value) <= 256 * .ulpOfOne * (1 + abs(bound.value)))
    }
  }

  @Test(
    "Learning climbs: the exact ELBO is higher after a hundred steps, by one seed twice the same")
  func climbs() throws {
    func run() throws -> DocumentNetworks {
      var training = NVILTraining(try networks(), corpus: corpus, settings: NVILSettings())
      var sampler = try Sampler(seed: 8)
      for _ in 1...100 { try training.step(&sampler) }
      #expect(training.time == 100)
      return training.networks
    }
    func bound(_ networks: DocumentNetworks) throws -> Double {
      try corpus.reduce(0) {
        let observed = try networks.model().observing($1.words)
        return $0 + exactELBO(factorised: networks.probabilities($1.words), of: observed).value
      }
    }
    let (first, second) = (try run(), try run())
    #expect(first == second)
    #expect(try bound(first) > bound(try networks()) + 0.5)
  }

  @Test("No samples are refused with the number that is needed")
  func noSamples() throws {
    var settings = NVILSettings()
    settings.samples = 0
    var training = NVILTraining(try networks(), corpus: corpus, settings: settings)
    #expect(throws: ChoiceError.tooFewSamples(found: 0, needed: 1)) {
      var sampler = try Sampler(seed: 1)
      try training.step(&sampler)
    }
  }
}
