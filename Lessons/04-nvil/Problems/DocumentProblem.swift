import Exact
import GSL
import Models
import Networks
import Probability
import _Differentiation

/// A document under a latent-factor model, with q given by its log odds λ.
///
/// Whatever is asked for at every outcome of a program is made once.
struct DocumentProblem: Sendable {
  /// The document with its model, p(x, z).
  let observed: LatentFactorDocument
  /// λ, the log odds of z_d = 1 under q.
  let logits: [Double]
  /// b_d = q(z_d = 1).
  let b: [Double]
  /// q.
  let q: BernoulliFactors
  /// All states with their probabilities under q.
  let states: [(z: [Double], q: Double)]
  /// log p(x, z) and its parts, state by state.
  let model: BinaryTable

  /// A document with the log odds of its bits.
  init(observed: LatentFactorDocument, logits: [Double]) {
    self.observed = observed
    self.logits = logits
    let b = logits.map { GSL.sigmoid($0) }
    self.b = b
    q = BernoulliFactors(b)
    states = factorised(b).enumerated().map { (latents($0.offset, count: b.count), $0.element) }
    model = BinaryTable(of: observed)
  }

  /// α_d = p(z_d = 1).
  var prior: [Double] { observed.model.prior }
  /// The number of words that there are.
  var vocabulary: Int { observed.model.wordCount }

  /// E_q[log p(x, z) − log q(z)], as estimators see it.
  var elbo: ExpectedValue<BernoulliFactors> { .elbo(of: observed, under: q) }

  /// The document of the lesson: two topics, the words (0, 2, 2), λ = (.4, −.7).
  static let example = DocumentProblem(observed: .twoFactors, logits: [0.4, -0.7])

  /// Two or three factors, up to four words.
  static func random(_ cases: inout Cases) throws -> DocumentProblem {
    let observed = try LatentFactorDocument.random(&cases)
    var logits: [Double] = []
    for d in 0..<observed.latentCount {
      let size = try cases.real(from: 0.2, to: 1.1) + 0.3 * Double(d)
      logits.append(try cases.flip(0.5) ? -size : size)
    }
    return DocumentProblem(observed: observed, logits: logits)
  }
}

// MARK: The independent routes, by enumeration of all states

extension DocumentProblem {
  /// E_q[f(z)].
  func mean(_ value: ([Double]) -> Double) -> Double {
    states.reduce(0) { $0 + $1.q * value($1.z) }
  }

  /// log q(z), factor by factor.
  func logPosterior(_ z: [Double]) -> Double {
    zip(z, b).reduce(0) { $0 + GSL.log($1.0 == 1 ? $1.1 : 1 - $1.1) }
  }

  /// The ELBO, with its rounding.
  var exactBound: ExactValue { exactELBO(factorised: b, of: model) }

  /// KL(q‖p(z)) as the sum over all states of q log q/p, with its rounding.
  var enumeratedDivergence: ExactValue {
    states.sum { z, q in
      let ratio = zip(z, zip(b, prior)).sum { bit, probabilities in
        let (b, a) = (ExactValue(probabilities.0), ExactValue(probabilities.1))
        return bit == 1 ? (b / a).logarithm : ((1 - b) / (1 - a)).logarithm
      }
      return ExactValue(q) * ratio
    }
  }

  /// ∇_λ ELBO by switching bits.
  var exactGradient: [Double] { exactELBOGradientBySwitching(factorised: b, of: model) }

  /// ∇_λ E_q[log p(x | z)] by switching bits.
  var exactLikelihoodGradient: [Double] {
    b.indices.map { d in
      mean { z in
        var (on, off) = (z, z)
        (on[d], off[d]) = (1, 0)
        return b[d] * (1 - b[d])
          * (model.logLikelihood(on) - model.logLikelihood(off))
      }
    }
  }

  /// The largest |log p(x | z)|: the size of what a likelihood's gradient is summed from.
  var largestLogLikelihood: Double {
    states.map { abs(model.logLikelihood($0.z)) }.max() ?? 0
  }

  /// The largest log odds of a bit under q or p, and no less than 1.
  var largestLogOdds: Double {
    let ofPrior = prior.map { GSL.log($0 / (1 - $0)) }
    return (logits + ofPrior).reduce(1) { max($0, abs($1)) }
  }

  /// E_q[w(z) ∇_θ log p(x | z)] for W (a row a word), then b: counts less what was expected.
  func exactModelGradient(_ weight: ([Double]) -> Double = { _ in 1 }) -> [Double] {
    let length = Double(observed.words.count)
    var counts = [Double](repeating: 0, count: vocabulary)
    for word in observed.words { counts[word] += 1 }
    let surplus = states.map { state -> [Double] in
      let law = observed.model.logWordProbabilities(state.z).map { GSL.exp($0) }
      return zip(counts, law).map { state.q * weight(state.z) * ($0 - length * $1) }
    }
    func total(_ factor: ([Double]) -> Double, _ word: Int) -> Double {
      states.indices.reduce(0) { $0 + factor(states[$1].z) * surplus[$1][word] }
    }
    let weights = (0..<vocabulary).flatMap { word in
      b.indices.map { d in total({ $0[d] }, word) }
    }
    return weights + (0..<vocabulary).map { word in total({ _ in 1 }, word) }
  }

  /// ∇ KL(q‖p) by differentiation, with respect to the log odds of q and of the prior.
  var divergenceGradients: (ofQ: [Double], ofPrior: [Double]) {
    let priorLogits = Vector(prior.map { GSL.log($0 / (1 - $0)) })
    let slopes = gradient(at: Vector(logits), priorLogits) { q, p in
      sigmoid(q).dot(logSigmoid(q) - logSigmoid(p))
        + sigmoid(-q).dot(logSigmoid(-q) - logSigmoid(-p))
    }
    return (slopes.0.array, slopes.1.array)
  }
}
