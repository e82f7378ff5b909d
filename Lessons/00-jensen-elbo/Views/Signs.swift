import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// The opening's two states: a right sign and a wrong one.
  static func signs() throws -> Table {
    let joint = try FiniteJoint(prior: [0.7, 0.3], likelihood: [0.2, 0.9])
    let q = [0.1, 0.9]
    let logEvidence = ExactPosterior(of: joint).logEvidence.value
    func row(_ name: String, _ value: Double) -> [Table.Cell] {
      [.text(name), .number(value), .number(logEvidence - value)]
    }
    return Table(
      title: "Two states, q = (.1, .9): which of these is a lower bound?",
      columns: ["", "value", "log p(x) − value"],
      rows: [
        row("log p(x)", logEvidence),
        row("E_q[log p(x|z)] − KL(q‖p(z))", elboByDivergence(of: q, joint).value),
        row("E_q[log p(x|z)] + KL(q‖p(z))", elboWithTheSignTurned(of: q, joint)),
      ],
      note: "All exact, by enumeration. A negative last column is a bound that is none.")
  }

  /// Candidates for q on three states: the sum of the last two columns never changes.
  static func candidates() throws -> Table {
    let joint = FiniteJoint.threeStates
    let posterior = ExactPosterior(of: joint)
    let p = posterior.probabilities ?? []
    let choices: [(String, [Double])] = [
      ("certain of z = 1", [1, 0, 0]), ("the prior (.2, .5, .3)", joint.prior),
      ("flat", [1.0 / 3, 1.0 / 3, 1.0 / 3]), ("(.25, .35, .4)", [0.25, 0.35, 0.4]),
      ("without z = 2", [0.5, 0, 0.5]), ("the posterior", p),
    ]
    let rows: [[Table.Cell]] = choices.map { name, q in
      let gap = zip(q, p).reduce(0) { $1.0 > 0 ? $0 + $1.0 * log($1.0 / $1.1) : $0 }
      let bound = elbo(of: q, joint).value
      return [.text(name), .number(bound), .number(gap), .number(bound + gap, digits: 9)]
    }
    return Table(
      title: "Six guesses at the posterior of three states",
      columns: ["q", "ELBO(q)", "KL(q‖p(z|x))", "their sum"], rows: rows,
      note: "All exact. The sum is log p(x) = log 0.31; q moves what is seen of it, not itself.")
  }

  /// Gaussian candidates for a posterior that is no Gaussian.
  static func gaussians() throws -> Table {
    let model = PoissonCount.threeEvents
    let best = model.bestGaussian()
    var mode = 0.0
    for _ in 0..<50 {
      let rate = exp(mode + model.shift)
      mode += (Double(model.count) - rate - mode) / (1 + rate)
    }
    let choices: [(String, Double, Double)] = [
      ("the prior", 0, 1),
      ("Laplace's", mode, 1 / (1 + exp(mode + model.shift))),
      ("the best Gaussian", best.mean, best.variance),
    ]
    let rows: [[Table.Cell]] = choices.map { name, mean, variance in
      let bound = model.elbo(mean: mean, variance: variance).value
      let gap = model.exactGap(mean: mean, variance: variance).value
      return [
        .text(name), .number(mean, digits: 4), .number(variance, digits: 4), .number(bound),
        .number(gap), .number(bound + gap, digits: 9),
      ]
    }
    return Table(
      title: "Three events, log-rate N(0.2, 1): as near as a Gaussian gets",
      columns: ["q", "mean", "variance", "ELBO", "gap", "their sum"], rows: rows,
      note: """
        ELBO in closed form; gap by quadrature, error ≤ \
        \(Format.brief(model.exactGap(mean: best.mean, variance: best.variance).errorBound)).
        """)
  }

  /// Forty sweeps over four points.
  static func fortySweeps() throws -> Table {
    let data = [-1, 0.2, 1.7, 2]
    let sweeps = try GaussianMixture.twoComponents.sweeps(40, over: data)
    let narrow = sweeps[39].after.variances[1]
    let rows: [[Table.Cell]] = [1, 2, 3, 4, 5, 6, 7, 40].map { number in
      let sweep = sweeps[number - 1]
      let after = exactLogEvidence(of: sweep.after, data).value
      return [
        .text("\(number)"), .number(sweep.boundAfterE.value, digits: 7),
        .number(sweep.boundAfterM.value - sweep.boundAfterE.value, digits: 4),
        .number(after - sweep.boundAfterM.value, digits: 4), .number(after, digits: 7),
      ]
    }
    return Table(
      title: "EM on x = (−1, .2, 1.7, 2), two Gaussians, from means −½ and 1",
      columns: ["sweep", "log p(x|θ) = F", "+ M-step", "+ opened gap", "= log p(x|θ′)"],
      rows: rows,
      note: """
        Exact but for rounding, which is all that the last row moves by, and never down. The second \
        component ends on two points with variance \(Format.short(narrow)): the likelihood has no \
        objection to that.
        """)
  }
}
