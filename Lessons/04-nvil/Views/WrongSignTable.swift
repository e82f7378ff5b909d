import Approximate
import Exact
import LessonKit
import Models
import Probability

/// Three reductions of a variance at points where they raise it.
func wrongSignTable(_: RunContext) throws -> Table {
  let law = SoftmaxLaw(probabilities: [0.4, 0.6])
  let local = try constantSignalVariance(5)
  let full = try constantSignalVariance(-1)
  let (model, q) = (try cancelling(), BernoulliFactors([0.95]))
  let closed = ExpectedValue.elbo(of: model, under: q, prior: BernoulliFactors(model.prior))
  return Table(
    title: "Three ways to reduce a variance, where each of them raises it",
    columns: ["what is done", "where", "before", "after"],
    rows: [
      [
        "a greedy baseline", "q = (.4, .6), f = (0, 5)",
        .exact(try greedyVariance(law, 0)),
        .exact(try greedyVariance(law, 5)),
      ],
      [
        "a local signal, −6 dropped", "b = .7, f = (5 − log q) − 6", .exact(full),
        .exact(local),
      ],
      [
        "the KL in closed form", "b = .95, q near p(z|x)",
        .exact(try variance(.elbo(of: model, under: q))), .exact(try variance(closed)),
      ],
    ],
    note: """
      Variances; all outcomes were run, the mean is the same before and after. First row: both \
      logits of a softmax added up, c = 0 before and 5 after. Second: differentiated in b. Third: \
      in log odds, with p(z = 1) = .9 and log p(x|z) = (−2, 0).
      """)
}

/// The variance of one draw of (f(z) − c) ∇log q(z) for f = (0, 5).
private func greedyVariance(_ law: SoftmaxLaw, _ baseline: Double) throws -> Double {
  try exactMoments(
    of: ScoreFunction(Constant(baseline)), ExpectedValue(under: law, of: [0, 5]), samples: 1
  ).covarianceTrace
}

/// The variance of one draw of the plain score function.
private func variance(_ mean: ExpectedValue<BernoulliFactors>) throws -> Double {
  try exactMoments(of: ScoreFunction(None()), mean, samples: 1).covarianceTrace
}

/// Var[(c − log q(z)) ∂_b log q(z)] for b = .7, by running both outcomes.
private func constantSignalVariance(_ constant: Double) throws -> Double {
  let q = BernoulliMeans([0.7])
  let mean = ExpectedValue(under: q, of: { constant - q.logProbability($0) })
  return try exactMoments(of: ScoreFunction(None()), mean, samples: 1).variances[0]
}

/// Near the posterior the whole signal is nearly constant, and its parts are not.
private func cancelling() throws -> FactoredModel {
  try FactoredModel(prior: [0.9], factors: [.init(scope: [0], logValues: [-2, 0])])
}
