import Approximate
import Exact
import LessonKit
import Models
import Probability

extension Page {
  /// Three ‘variance reductions’ and what they do at a point where nobody looked.
  static let wrongSignTable: @Sendable (RunContext) throws -> Table = { _ in
    let law = SoftmaxLaw(probabilities: [0.4, 0.6])
    let local = try constantSignalVariance(5)
    let full = try constantSignalVariance(-1)
    let (model, q) = (try cancelling(), BernoulliFactors([0.95]))
    let closed = ExpectedValue.elbo(of: model, under: q, prior: BernoulliFactors(model.prior))
    return Table(
      title: "‘Variance reduction’, exactly",
      columns: ["what is done", "where", "before", "after"],
      rows: [
        [
          "a greedy baseline", "q = (.4, .6), f = (0, 5)",
          .number(try greedyVariance(law, 0)),
          .number(try greedyVariance(law, 5)),
        ],
        [
          "a local signal, −6 dropped", "q = .7, f = 5 − log q", .number(full),
          .number(local),
        ],
        [
          "the KL in closed form", "b = .95, q near p(z|x)",
          .number(try variance(.elbo(of: model, under: q))), .number(try variance(closed)),
        ],
      ],
      note: """
        Exact variances, all outcomes run; the mean is the same before and after. The first row adds \
        up both logits of a softmax, the second is differentiated in the probability, the third in \
        log odds; there p(z = 1) = .9 and log p(x|z) = (−2, 0).
        """)
  }

  /// The variance of one draw of (f(z) − c) ∇log q(z) for f = (0, 5).
  private static func greedyVariance(_ law: SoftmaxLaw, _ baseline: Double) throws -> Double {
    try exactMoments(
      of: ScoreFunction(Constant(baseline)), ExpectedValue(under: law, of: [0, 5]), samples: 1
    ).covarianceTrace
  }

  /// The variance of one draw of the plain score function.
  private static func variance(_ mean: ExpectedValue<BernoulliFactors>) throws -> Double {
    try exactMoments(of: ScoreFunction(None()), mean, samples: 1).covarianceTrace
  }

  /// Var[(c − log q(z)) ∂_b log q(z)] for b = .7, by running both outcomes.
  private static func constantSignalVariance(_ constant: Double) throws -> Double {
    let q = BernoulliMeans([0.7])
    let mean = ExpectedValue(under: q, of: { constant - q.logProbability($0) })
    return try exactMoments(of: ScoreFunction(None()), mean, samples: 1).variances[0]
  }

  /// Near the posterior the whole signal is nearly constant, and its parts are not.
  private static func cancelling() throws -> FactoredModel {
    try FactoredModel(prior: [0.9], factors: [.init(scope: [0], logValues: [-2, 0])])
  }

  /// Bias and variance of every unbiased estimator on the two-factor document.
  static let varianceBars: @Sendable (RunContext) throws -> Picture = { _ in
    let rows = try estimatorLaws()
    return Drawing.bars(
      "Variance of one step on the two-factor document, b = σ(.4, −.7)",
      rows.map { row in
        (label: row.name, value: row.variance, note: row.note)
      },
      scale: .logarithmic,
      caption: """
        Exact traces of the covariance, every outcome run. Every one of these has bias 0 (up to \
        rounding). Two draws count twice: their variance is multiplied by 2.
        """)
  }

  private static func estimatorLaws() throws -> [(name: String, variance: Double, note: String)] {
    let problem = DocumentProblem.example
    let (bound, q) = (problem.bound, BernoulliFactors(problem.b))
    let closed = ExpectedValue.elbo(
      of: problem.observed, under: q, prior: BernoulliFactors(problem.prior))
    let mean = exactELBO(factorised: problem.b, of: problem.observed).value
    func law(
      _ name: String, _ estimator: some GradientEstimator<BernoulliFactors>,
      of bound: ExpectedValue<BernoulliFactors> = bound, samples: Int = 1, steps: Int = 1
    ) throws -> (name: String, variance: Double, note: String) {
      let moments = try exactMoments(of: estimator, bound, samples: samples, steps: steps)
      return (
        name, moments.covarianceTrace * Double(samples), "\(moments.outcomes) outcomes"
      )
    }
    let laws = [
      try law("plain", ScoreFunction(None())),
      try law("KL in closed form", ScoreFunction(None()), of: closed),
      try law("local signals", LocalSignals()),
      try law("running mean, step 4", ScoreFunction(RunningMean(decay: 0.8)), steps: 4),
      try law("constant −3", ScoreFunction(Constant(-3))),
      try law("leave-one-out, S = 2", ScoreFunction(LeaveOneOut()), samples: 2),
      try law(
        "input-dependent, learned",
        ScoreFunction(OfInput(features: [1], weights: [mean], rate: 0))),
      try law("best constants", ScoreFunction(try PerComponent.optimal(for: bound))),
      try law("local expectation", LocalExpectation()),
    ]
    return laws.sorted { $0.variance > $1.variance }
  }
}
