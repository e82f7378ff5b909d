import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

extension Page {
  /// Jensen's inequality, with what it loses in closed form.
  static let jensen: Exercise<any JensenSides, BoundProblem> = Exercise(
    .jensen,
    answer: LibrarySides(),
    derivation: [evidenceAsAMean, evidenceMissedWithoutSupport],
    mistakes: [
      Mistake(
        "every-value-counts-the-same", "Σ_i x_i / n: forgets the probabilities", Unweighted()),
      Mistake("log-of-mean-below", "E[log X] − log E[X]: the inequality turned", TurnedGap()),
      Mistake(
        "variance-for-gap", "½ Var[X] / E[X]², the first term of a series, as the gap",
        VarianceForGap()),
      Mistake("geometric-mean", "e^{E[log X]} as the mean", GeometricMean()),
      Mistake(
        "weighted-and-averaged", "Σ_i w_i x_i / n: divides by the number of values as well",
        WeightedAndAveraged()),
      Mistake(
        "log-of-the-sum", "log Σ_i x_i in place of log E[X]: the log n of a mean is missing",
        source: "YosefLab/scVI-dev #8 (missing log K)", LogOfTheSum()),
      Mistake(
        "gap-unscaled", "E[X] − e^{E[log X]}: the difference of the means, not of their logs",
        GapUnscaled()),
    ])
}

/// Expectations as the library takes them, so that a mistake replaces one and keeps the other.
private protocol RightSides: JensenSides {}

extension RightSides {
  func mean(_ values: [Double], under weights: [Double]) -> Double {
    expectation(of: values, under: weights)
  }
  func gap(_ values: [Double], under weights: [Double]) -> Double {
    jensenGap(of: values, under: weights)
  }
}

private struct LibrarySides: RightSides {}

// MARK: Lines to read: the mean that is the evidence

extension Page {
  private static var evidenceAsAMean: Line<any JensenSides, BoundProblem> {
    Line(
      "evidence-as-a-mean", "q(z) > 0 wherever p(z|x) > 0:  log E_q[p/q] = log p(x)",
      because: "q cancels, term by term, if no term of p is left out", claims: ["A-256"]
    ) { sides, problem in
      let ratios = problem.q.indices.map { exp(problem.joint.logJoint($0)) / problem.q[$0] }
      return .equal(
        log(sides.mean(ratios, under: problem.q)),
        ExactPosterior(of: problem.joint).logEvidence.value, magnitude: 4)
    }
  }

  private static var evidenceMissedWithoutSupport: Line<any JensenSides, BoundProblem> {
    Line(
      "evidence-missed", "q(z=1) = 0 < p(z=1|x):  log E_q[p/q] ≠ log p(x)",
      because: "what q cannot visit is missing: log(1 − p(z=1|x)) short",
      claims: ["A-256"]
    ) { sides, problem in
      let q = problem.q.indices.map { $0 == 0 ? 0 : problem.q[$0] / (1 - problem.q[0]) }
      let ratios = q.indices.map { $0 == 0 ? 1 : exp(problem.joint.logJoint($0)) / q[$0] }
      let posterior = ExactPosterior(of: problem.joint)
      let missing = posterior.probabilities?[0] ?? 0
      // −log(1 − p) ≥ p.
      return .different(
        log(sides.mean(ratios, under: q)), posterior.logEvidence.value, by: log1p(-missing),
        atLeast: missing, magnitude: 10)
    }
  }
}

// MARK: Mistakes

private struct Unweighted: RightSides {
  func mean(_ values: [Double], under weights: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }
  func gap(_ values: [Double], under weights: [Double]) -> Double {
    log(mean(values, under: weights)) - mean(values.map { log($0) }, under: weights)
  }
}

private struct TurnedGap: RightSides {
  func gap(_ values: [Double], under weights: [Double]) -> Double {
    -jensenGap(of: values, under: weights)
  }
}

private struct VarianceForGap: RightSides {
  func gap(_ values: [Double], under weights: [Double]) -> Double {
    let centre = mean(values, under: weights)
    return 0.5 * (mean(values.map { $0 * $0 }, under: weights) / (centre * centre) - 1)
  }
}

private struct GeometricMean: RightSides {
  func mean(_ values: [Double], under weights: [Double]) -> Double {
    exp(expectation(of: values.map { log($0) }, under: weights))
  }
}

private struct GapUnscaled: RightSides {
  func gap(_ values: [Double], under weights: [Double]) -> Double {
    mean(values, under: weights)
      - exp(expectation(of: values.map { log($0) }, under: weights))
  }
}

private struct WeightedAndAveraged: RightSides {
  func mean(_ values: [Double], under weights: [Double]) -> Double {
    expectation(of: values, under: weights) / Double(values.count)
  }
}

private struct LogOfTheSum: RightSides {
  func gap(_ values: [Double], under weights: [Double]) -> Double {
    log(values.reduce(0, +)) - expectation(of: values.map { log($0) }, under: weights)
  }
}
