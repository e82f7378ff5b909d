import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// The signature of exercise `jensen`: expectations, and what a logarithm loses on them.
protocol JensenSides: Sendable {
  /// E[X] of values with given probabilities.
  func mean(_ values: [Double], under weights: [Double]) -> Double
  /// log E[X] − E[log X] of positive values.
  func gap(_ values: [Double], under weights: [Double]) -> Double
}

extension Sheet where Subject == any JensenSides, Model == BoundProblem {
  /// Write an expectation and Jensen's gap.
  static let jensen: Sheet<any JensenSides, BoundProblem> = Sheet(
    id: "jensen",
    title: "The order of log and mean",
    task: """
      Write `mean`, the expectation of values with given probabilities, and `gap`, by how much \
      the logarithm of the mean of positive values exceeds the mean of their logarithms. A value \
      of probability 0 counts for nothing.
      """,
    hints: [
      "E[X] = Σ_i w_i x_i: weights first, values second, and no division by their number.",
      "Two different numbers: log Σ_i w_i x_i, and Σ_i w_i log x_i.",
      "gap = log Σ_i w_i x_i − Σ_i w_i log x_i, over the values with w_i > 0.",
    ],
    example: .threeStates,
    draw: { cases in try .random(&cases) },
    lines: [
      meanWithoutTheLaw, meanOfAConstant, gapIsADivergence, boundFromBelow, gapOfAConstant,
      gapIgnoresScale, gapOfTwo, convexIsReversed,
    ])
}

extension Sheet where Subject == any JensenSides, Model == BoundProblem {
  /// States with the same parity share a value: the law of X has two atoms, or as many as states.
  static var meanWithoutTheLaw: Line<any JensenSides, BoundProblem> {
    Line(
      "mean-without-the-law", "E[f(z)] = Σ_z p(z) f(z) = Σ_v v · P(f(z) = v)",
      because: "states with equal values may be gathered first, or not", claims: ["A-007"]
    ) { sides, problem in
      let atoms = [problem.joint.likelihood[0], problem.joint.likelihood[1]]
      let values = problem.q.indices.map { atoms[$0 % 2] }
      let gathered = [0, 1].map { parity in
        problem.q.indices.filter { $0 % 2 == parity }.reduce(0) { $0 + problem.q[$1] }
      }
      return .equal(
        sides.mean(values, under: problem.q), gathered[0] * atoms[0] + gathered[1] * atoms[1])
    }
  }

  static var meanOfAConstant: Line<any JensenSides, BoundProblem> {
    Line(
      "mean-of-a-constant", "E[c] = c", because: "probabilities sum to one"
    ) { sides, problem in
      let constant = problem.joint.likelihood[0]
      return .equal(sides.mean(problem.q.map { _ in constant }, under: problem.q), constant)
    }
  }

  static var gapIsADivergence: Line<any JensenSides, BoundProblem> {
    Line(
      "gap-is-a-divergence", "log E[X] − E[log X] = KL(w‖w′),  w′_i = w_i x_i / E[X]",
      because: "−log(x_i / E[X]) = log(w_i / w′_i): w′ is w reweighted by the value"
    ) { sides, problem in
      let (w, x) = (problem.q, problem.joint.likelihood)
      let mean = zip(w, x).reduce(0) { $0 + $1.0 * $1.1 }
      let divergence = zip(w, x).reduce(0) { $0 + $1.0 * log($1.0 / ($1.0 * $1.1 / mean)) }
      return .equal(sides.gap(x, under: w), divergence, magnitude: 4)
    }
  }

  static var boundFromBelow: Line<any JensenSides, BoundProblem> {
    Line(
      "log-of-mean-is-larger", "log E_q[p/q] − E_q[log p/q] = KL(q‖p(z|x)) ≥ 0",
      because: "X = p(x, z)/q(z) has mean p(x), and reweighting q by it gives the posterior",
      claims: ["A-255"]
    ) { sides, problem in
      let ratios = problem.q.indices.map {
        problem.joint.prior[$0] * problem.joint.likelihood[$0] / problem.q[$0]
      }
      let divergence = exactGap(problem.q, ExactPosterior(of: problem.joint)).value
      return .atLeast(
        sides.gap(ratios, under: problem.q), 0, gap: divergence, magnitude: 10)
    }
  }

  static var gapOfAConstant: Line<any JensenSides, BoundProblem> {
    Line(
      "nothing-lost-on-a-constant", "e^gap(c) = 1",
      because: "between equal values the chord and the curve are one point"
    ) { sides, problem in
      let constant = problem.joint.likelihood[0]
      return .equal(
        exp(sides.gap(problem.q.map { _ in constant }, under: problem.q)), 1, magnitude: 4)
    }
  }

  static var gapIgnoresScale: Line<any JensenSides, BoundProblem> {
    Line(
      "scale-does-not-matter", "gap(7 X) = gap(X)",
      because: "log 7 appears on both sides: p(x, z) need not be normalised"
    ) { sides, problem in
      let x = problem.joint.likelihood
      return .equal(
        sides.gap(x.map { 7 * $0 }, under: problem.q), sides.gap(x, under: problem.q),
        magnitude: 4)
    }
  }

  static var gapOfTwo: Line<any JensenSides, BoundProblem> {
    Line(
      "two-fair-values", "w = (½, ½):  gap = log((a + b)/2) − log √(a b)",
      because: "the arithmetic mean exceeds the geometric one"
    ) { sides, problem in
      let (a, b) = (problem.joint.likelihood[0], problem.joint.likelihood[1])
      return .equal(
        sides.gap([a, b], under: [0.5, 0.5]), log((a + b) / 2) - log(sqrt(a * b)), magnitude: 4)
    }
  }

  static var convexIsReversed: Line<any JensenSides, BoundProblem> {
    Line(
      "convex-is-reversed", "E[X²] ≥ E[X]²,  by the variance",
      because: "the square is convex: its chord lies above, and Jensen's sign turns"
    ) { sides, problem in
      let x = problem.joint.likelihood
      let centre = zip(problem.q, x).reduce(0) { $0 + $1.0 * $1.1 }
      let variance = zip(problem.q, x).reduce(0) {
        $0 + $1.0 * ($1.1 - centre) * ($1.1 - centre)
      }
      let mean = sides.mean(x, under: problem.q)
      return .atLeast(
        sides.mean(x.map { $0 * $0 }, under: problem.q), mean * mean, gap: variance, magnitude: 1)
    }
  }
}
