import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Two documents that come one after the other, each with its q, and a linear baseline of x.
struct InputProblem: Sendable {
  var first = LatentFactorDocument.twoFactors
  var second = LatentFactorDocument.twoFactors
  var q = BernoulliFactors([0.6, 0.33])
  /// w, for the features (1, number of words).
  var weights = [-0.5, -0.8]
  var rate = 0.3

  static func draw(_ cases: inout Cases) throws -> InputProblem {
    var first = try LatentFactorDocument.random(&cases)
    while first.latentCount != 2 { first = try LatentFactorDocument.random(&cases) }
    var words = first.words
    words.append(try cases.choose(below: first.model.wordCount))
    return InputProblem(
      first: first, second: try first.model.observing(words),
      q: BernoulliFactors(try cases.probabilities(2)),
      weights: try cases.reals(2, from: -2, to: -0.2), rate: try cases.real(from: 0.1, to: 0.9))
  }

  func features(_ document: LatentFactorDocument) -> [Double] {
    [1, Double(document.words.count)]
  }

  func bound(_ document: LatentFactorDocument) -> ExpectedValue<BernoulliFactors> {
    .elbo(of: document, under: q)
  }

  /// E_q[h(z)] over the four states.
  func mean(_ value: ([Double]) -> Double) -> Double {
    zip(factorised(q.probabilities), 0..<4).reduce(0) { $0 + $1.0 * value(latents($1.1, count: 2)) }
  }
}

/// A baseline that looks at the document: what it estimates and what it learns.
struct InputRules: Rules {
  /// The gradient of the second document, after a step on the first.
  var secondStep: @Sendable (InputProblem, inout Exhaustive) throws -> [Double]
  /// The gradient of the first document at the given weights.
  var singleStep: @Sendable (InputProblem, inout Exhaustive) throws -> [Double]
  /// w after a step on the first document.
  var learned: @Sendable (InputProblem, inout Exhaustive) throws -> [Double]

  static let answer = InputRules(
    secondStep: { problem, choices in
      var estimator = fresh(problem)
      _ = try estimator.estimate(problem.bound(problem.first), samples: 1, &choices)
      estimator.baseline.features = problem.features(problem.second)
      return try estimator.estimate(problem.bound(problem.second), samples: 1, &choices)
    },
    singleStep: { problem, choices in
      var estimator = fresh(problem)
      return try estimator.estimate(problem.bound(problem.first), samples: 1, &choices)
    },
    learned: { problem, choices in
      var estimator = fresh(problem)
      _ = try estimator.estimate(problem.bound(problem.first), samples: 1, &choices)
      return estimator.baseline.weights
    })

  /// The library's baseline before it has seen anything.
  static func fresh(_ problem: InputProblem) -> ScoreFunction<BernoulliFactors, OfInput> {
    ScoreFunction(
      OfInput(
        features: problem.features(problem.first), weights: problem.weights, rate: problem.rate))
  }

  static let mistakes: [Mistake<InputRules>] = [
    Mistake(
      "learns-before-it-subtracts", "the regression takes in the sample first, then c(x) is used",
      source: "E-063; earcher/nvil_example",
      answer.with(\.secondStep) { problem, choices in
        var estimator = fresh(problem)
        _ = try estimator.estimate(problem.bound(problem.first), samples: 1, &choices)
        estimator.baseline.features = problem.features(problem.second)
        let bound = problem.bound(problem.second)
        let draws = try bound.draws(1, &choices)
        estimator.baseline.take(in: draws.map(bound.signal))
        return bound.law.averagedScore(of: draws) { s, _ in
          bound.signal(draws[s]) - estimator.baseline.value
        }
      }),
    Mistake(
      "looks-at-the-sample", "z is among the features of the baseline",
      answer.with(\.secondStep) { problem, choices in
        let bound = problem.bound(problem.second)
        let draws = try bound.draws(1, &choices)
        return bound.law.averagedScore(of: draws) { s, _ in
          bound.signal(draws[s]) - draws[s][0] * problem.weights[1]
        }
      }),
    Mistake(
      "forgets-the-bias-of-the-baseline", "c(x) = w₂ · length, without the constant feature",
      answer.with(\.singleStep) { problem, choices in
        let baseline = OfInput(
          features: [0, problem.features(problem.first)[1]], weights: problem.weights,
          rate: problem.rate)
        return try problem.bound(problem.first).gradient(by: ScoreFunction(baseline), &choices)
      }),
    Mistake(
      "descends-on-the-fit", "w ← w − η (f − c) φ: the baseline runs away from the signal",
      source: "sign errors such as Pyro #1982",
      answer.with(\.learned) { problem, choices in
        var estimator = ScoreFunction<BernoulliFactors, _>(
          OfInput(
            features: problem.features(problem.first), weights: problem.weights,
            rate: -problem.rate))
        _ = try estimator.estimate(problem.bound(problem.first), samples: 1, &choices)
        return estimator.baseline.weights
      }),
  ]
}

/// What a baseline of the input may do.
enum InputBaselineLines {
  typealias Step = Line<InputRules, InputProblem>

  static let all: [Step] = [unbiasedForEachDocument, parabolaForEachDocument, followsTheSignal]

  static let unbiasedForEachDocument = Step(
    "unbiased-for-each-document", "E[(f(z) − c_w(x)) s(z)] = ∇ELBO_x,  w learned before",
    because: "given x and the past, c_w(x) is a constant; both steps were run on every outcome",
    claims: ["A-295", "A-282"]
  ) { rules, problem in
    let found = try exactMoments { try rules.secondStep(problem, &$0) }
    let exact = exactELBOGradient(factorised: problem.q.probabilities, of: problem.second) ?? []
    return .equal(found.mean, exact, terms: 256, magnitude: 32)
  }

  static let parabolaForEachDocument = Step(
    "parabola-for-each-document",
    "Var[(f − c) s] = E[f²s²] − 2c E[fs²] + c² E[s²] − (∂ELBO_x)²",
    because: "each document has a parabola of its own, so a c(x) can sit nearer every foot",
    claims: ["A-295"]
  ) { rules, problem in
    let found = try exactMoments { try rules.singleStep(problem, &$0) }
    let bound = problem.bound(problem.first)
    let features = problem.features(problem.first)
    let c = problem.weights[0] * features[0] + problem.weights[1] * features[1]
    let exact = exactELBOGradient(factorised: problem.q.probabilities, of: problem.first) ?? []
    let expected = exact.indices.map { d -> Double in
      func moment(_ power: Int) -> Double {
        problem.mean { z in
          let s = z[d] - problem.q.probabilities[d]
          let f = bound.signal(z)
          return (power == 0 ? 1 : power == 1 ? f : f * f) * s * s
        }
      }
      return moment(2) - 2 * c * moment(1) + c * c * moment(0) - exact[d] * exact[d]
    }
    return .equal(found.variances, expected, terms: 1024, magnitude: 512)
  }

  static let followsTheSignal = Step(
    "follows-the-signal", "E[w′] = w + η (E_q[f] − c(x)) φ(x)",
    because: "least squares moves c(x) towards the mean signal of this document, the ELBO"
  ) { rules, problem in
    let found = try exactMoments { try rules.learned(problem, &$0) }
    let features = problem.features(problem.first)
    let c = problem.weights[0] * features[0] + problem.weights[1] * features[1]
    let elbo = exactELBO(factorised: problem.q.probabilities, of: problem.first).value
    let expected = zip(problem.weights, features).map { $0 + problem.rate * (elbo - c) * $1 }
    return .equal(found.mean, expected, terms: 256, magnitude: 64)
  }
}

extension Page {
  /// The baseline of the NVIL paper: a function of the document.
  static let inputBaseline: Exercise<InputRules, InputProblem> = Exercise(
    Sheet(
      id: "input-baseline", title: "A baseline that reads the document", task: "", hints: [],
      example: InputProblem(), draw: InputProblem.draw, lines: []),
    answer: .answer, derivation: InputBaselineLines.all, mistakes: InputRules.mistakes)
}
