import Exact
import Models
import Probability

/// A model of one observation, a factorised q, and a baseline for each component.
///
/// ```
/// f(z) = log p(x, z) − log q(z),     z_d ~ Bernoulli(b_d) independently under q
/// ```
struct ScoreFunctionProblem: Sendable {
  /// log p(x, z) and its parts, with x observed.
  let model: any BinaryLatentModel
  /// q(z), by its probabilities b_d.
  let q: BernoulliFactors
  /// c_d, what component d subtracts from the signal.
  let baselines: [Double]
  /// P(z_d = 1) under the prior.
  let prior: [Double]
  /// The document that the model is of, if it is one.
  let document: LatentFactorDocument?
  /// E_q[f], as estimators see it; each f(z) is computed once.
  let elbo: ExpectedValue<BernoulliFactors>

  /// A problem with a model whose prior has independent bits.
  init(
    model: any BinaryLatentModel, prior: [Double], q: BernoulliFactors, baselines: [Double],
    document: LatentFactorDocument? = nil
  ) {
    self.model = model
    self.prior = prior
    self.document = document
    self.q = q
    self.baselines = baselines
    let bound = ExpectedValue.elbo(of: model, under: q)
    let signals = factorised(q.probabilities).indices.map {
      bound.signal(latents($0, count: q.count))
    }
    elbo = ExpectedValue(
      under: q, of: { signals[BitStates.number(of: $0)] }, locally: bound.localSignal)
  }

  /// A document under its model; each log p(x, z) is computed once.
  init(document: LatentFactorDocument, q: BernoulliFactors, baselines: [Double]) {
    self.init(
      model: BinaryTable(of: document), prior: document.model.prior, q: q, baselines: baselines,
      document: document)
  }

  /// The same problem with other baselines.
  func with(baselines: [Double]) -> ScoreFunctionProblem {
    ScoreFunctionProblem(
      model: model, prior: prior, q: q, baselines: baselines, document: document)
  }

  /// The document of the lesson, c = (−4, −3.5).
  static let twoFactors = ScoreFunctionProblem(
    document: .twoFactors, q: DocumentProblem.example.q, baselines: [-4, -3.5])

  /// A random document of two or three factors, with q and baselines away from everything special.
  static func random(_ cases: inout Cases) throws -> ScoreFunctionProblem {
    let document = try LatentFactorDocument.random(&cases)
    let b = try cases.reals(document.latentCount, from: 0.1, to: 0.85)
    let baselines = try cases.reals(document.latentCount, from: -9, to: -1)
    return ScoreFunctionProblem(document: document, q: BernoulliFactors(b), baselines: baselines)
  }

  /// D.
  var componentCount: Int { q.count }

  /// ∇ELBO, by enumeration of all states.
  var gradient: [Double] {
    exactELBOGradient(factorised: q.probabilities, of: model)
      ?? [Double](repeating: .nan, count: q.count)
  }

  /// The exact law of one sample's term with these baselines.
  var law: ExactScoreLaw {
    ExactScoreLaw(factorised: q.probabilities, baselines: baselines, of: model)
  }

  /// The states of z with their probabilities under q and their signals, with the rounding of both
  /// made here.
  var states: [(z: [Double], q: ExactValue, signal: ExactValue)] {
    factorised(q.probabilities).enumerated().map { state, weight in
      let z = latents(state, count: q.count)
      return (z, ExactValue(weight), ExactValue(model.logJoint(z)) - ExactValue(weight).logarithm)
    }
  }

  /// E_q[f], the ELBO.
  var exactBound: ExactValue { states.sum { $0.q * $0.signal } }

  /// Var_q[f].
  var signalVariance: ExactValue {
    let centre = exactBound
    return states.sum { $0.q * ($0.signal - centre) * ($0.signal - centre) }
  }

  /// The largest |f(z)|: what a baseline may cancel nearly whole.
  var largestSignal: Double { states.map { abs($0.signal.value) }.max() ?? 0 }
}
