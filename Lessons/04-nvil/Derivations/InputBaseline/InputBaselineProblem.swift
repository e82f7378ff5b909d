import Exact
import LessonKit
import Models
import Probability

/// Two documents that come one after the other, each with its q, and a linear baseline of x.
struct InputBaselineProblem: Sendable {
  /// The document of the first step, and that of the second.
  var first = LatentFactorDocument.twoFactors
  var second = LatentFactorDocument.twoFactors
  /// q, the same for both.
  var q = DocumentProblem.example.q
  /// w, for the features (1, number of words).
  var weights = [-0.5, -0.8]
  /// η.
  var rate = 0.05

  /// Two documents of one model, the second a word longer.
  static func random(_ cases: inout Cases) throws -> InputBaselineProblem {
    var first = try LatentFactorDocument.random(&cases)
    while first.latentCount != 2 { first = try LatentFactorDocument.random(&cases) }
    var words = first.words
    words.append(try cases.choose(below: first.model.wordCount))
    return InputBaselineProblem(
      first: first, second: try first.model.observing(words),
      q: BernoulliFactors(try cases.probabilities(2)),
      weights: try cases.reals(2, from: -2, to: -0.2), rate: try cases.real(from: 0.1, to: 0.9))
  }

  /// ψ(x).
  func features(_ document: LatentFactorDocument) -> [Double] {
    [1, Double(document.words.count)]
  }

  /// η ψ·ψ, the share of a miss that a step of w takes away from c(x) on the first document.
  var stepOfBaseline: Double { rate * features(first).reduce(0) { $0 + $1 * $1 } }

  /// The bound of a document, as estimators see it.
  func elbo(_ document: LatentFactorDocument) -> ExpectedValue<BernoulliFactors> {
    .elbo(of: document, under: q)
  }
}

// MARK: The exact answers about the first document, over the four states

extension InputBaselineProblem {
  /// c(x) = w·ψ(x).
  var exactBaseline: ExactValue {
    zip(weights, features(first)).sum { ExactValue($0) * ExactValue($1) }
  }

  /// E_q[f^power s_d²].
  func moment(_ power: Int, component d: Int) -> ExactValue {
    let bound = elbo(first)
    return factorised(q.probabilities).enumerated().sum { state, weight in
      let z = latents(state, count: 2)
      let s = ExactValue(z[d]) - ExactValue(q.probabilities[d])
      let f = ExactValue(bound.signal(z))
      return (0..<power).reduce(ExactValue(weight) * s * s) { product, _ in product * f }
    }
  }

  /// ∂ELBO_x/∂λ_d = E_q[f s_d].
  func slope(component d: Int) -> ExactValue {
    let bound = elbo(first)
    return factorised(q.probabilities).enumerated().sum { state, weight in
      let z = latents(state, count: 2)
      return ExactValue(weight) * ExactValue(bound.signal(z))
        * (ExactValue(z[d]) - ExactValue(q.probabilities[d]))
    }
  }
}

extension InputBaselineProblem: Shown {
  /// The first document, the words of the second where they differ, λ, and the baseline.
  var givens: [Given] {
    let next = first.words == second.words ? [] : [Given("the second x", second.words)]
    return first.givens + next + [
      Given("λ", q.logOdds), Given("w", weights), Given("ψ(x)", features(first)),
      Given("η", rate),
    ]
  }
}
