import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

extension Page {
  /// The bound, its answer, and the ways to get it wrong.
  static let bound: Exercise<any BoundForm, BoundProblem> = Exercise(
    .bound,
    answer: JointForm(),
    derivation: [
      splitsOverParametersToo, holdsWithoutSupport, reachesThePosterior,
      softmaxSearchFindsThePosterior,
    ],
    mistakes: [
      Mistake("forgets-the-entropy", "E_q[log p(x, z)] without −E_q[log q]", ForgetsTheEntropy()),
      Mistake(
        "forgets-the-prior", "uses log p(x | z) in place of log p(x, z)",
        source: "UvA DL2 notebook, displayed ELBO gradient", ForgetsThePrior()),
      Mistake(
        "adds-the-divergence", "E_q[log p(x | z)] + KL(q‖p(z))", source: "E-012",
        AddsTheDivergence()),
      Mistake(
        "divergence-called-elbo", "E_q[log q − log p(x, z)], to be minimised, under the name elbo",
        source: "blackjax, vi/meanfield_vi.py: the field `elbo` holds a KL",
        DivergenceCalledELBO()),
      Mistake(
        "log-outside-the-mean", "log E_q[p/q] in place of E_q[log p/q]",
        source: "Pyro #3104 (order of log and sum)", LogOutsideTheMean()),
      Mistake(
        "zero-times-log-zero", "does not leave out the states that q never visits",
        ZeroTimesLogZero()),
      Mistake(
        "skips-forbidden-states", "leaves out states with p(x, z) = 0 that q does visit",
        source: "E-062", SkipsForbiddenStates()),
    ])
}

/// ELBO(q) = Σ_z q(z) [log p(x, z) − log q(z)], as the library computes it.
private struct JointForm: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    Approximate.elbo(of: problem.q, problem.joint).value
  }
}

// MARK: Lines to read

extension Page {
  /// θ is the lowest bit of the state: with K = 4 a table of four cells (θ, z).
  private static var splitsOverParametersToo: Line<any BoundForm, BoundProblem> {
    Line(
      "parameters-are-latents-too",
      "ELBO(q) = log p(x) − KL(q(θ)‖p(θ|x)) − E_q(θ) KL(q(z|θ)‖p(z|θ,x))",
      because: "to the bound a parameter with a prior is one more latent (chain rule of KL)",
      claims: ["A-105"]
    ) { form, problem in
      let posterior = ExactPosterior(of: problem.joint)
      let p = posterior.probabilities ?? []
      var divergence = 0.0
      for theta in 0...1 {
        let cells = problem.q.indices.filter { $0 % 2 == theta }
        let qTheta = cells.reduce(0) { $0 + problem.q[$1] }
        let pTheta = cells.reduce(0) { $0 + p[$1] }
        divergence += qTheta * log(qTheta / pTheta)
        for z in cells {
          divergence += problem.q[z] * log((problem.q[z] / qTheta) / (p[z] / pTheta))
        }
      }
      return .equal(
        form.elbo(problem), posterior.logEvidence.value - divergence, magnitude: 10)
    }
  }

  private static var holdsWithoutSupport: Line<any BoundForm, BoundProblem> {
    Line(
      "bound-needs-no-support", "q(z=1) = 0 < p(z=1|x):  ELBO(q) ≤ log p(x)",
      because: "the terms that q leaves out are positive, and KL(q‖p(z|x)) is finite: p > 0 on q",
      claims: ["A-256"]
    ) { form, problem in
      let posterior = ExactPosterior(of: problem.joint)
      let q = withoutTheFirstState(problem.q)
      return .atMost(
        form.elbo(problem.with(q)), posterior.logEvidence.value, gap: exactGap(q, posterior),
        magnitude: 10)
    }
  }

  private static var reachesThePosterior: Line<any BoundForm, BoundProblem> {
    Line(
      "a-free-family-reaches-it", "q_z ∝ e^{ρ_z}, ρ_z = log p(x, z):  ELBO(q) = log p(x)",
      because: "a family with one free parameter a state contains the posterior: E-step possible",
      claims: ["A-005"]
    ) { form, problem in
      let q = softmax(problem.joint.logJoints)
      return .equal(
        form.elbo(problem.with(q)),
        log(
          zip(problem.joint.prior, problem.joint.likelihood)
            .reduce(0) { $0 + $1.0 * $1.1 }), magnitude: 10)
    }
  }

  private static var softmaxSearchFindsThePosterior: Line<any BoundForm, BoundProblem> {
    Line(
      "search-over-parameters", "max_ρ ELBO(q_ρ) = log p(x),  q_ρ ∝ p(z) p(x|z)^ρ",
      because: "maximising over ρ is maximising over the q_ρ, and q_1 is the posterior",
      claims: ["A-144"]
    ) { form, problem in
      let joint = problem.joint
      let best = goldenMaximum(from: -1, to: 4) { rho in
        form.elbo(
          problem.with(
            softmax(
              joint.prior.indices.map { log(joint.prior[$0]) + rho * joint.logLikelihood($0) })))
      }
      return .equal(best, ExactPosterior(of: joint).logEvidence.value, magnitude: 10)
    }
  }
}

/// q conditioned on z not being the first state.
private func withoutTheFirstState(_ q: [Double]) -> [Double] {
  q.indices.map { $0 == 0 ? 0 : q[$0] / (1 - q[0]) }
}

private func softmax(_ scores: [Double]) -> [Double] {
  let normaliser = logSumExp(scores)
  return scores.map { exp($0 - normaliser) }
}

/// The largest value of a function with one peak, by golden section; a bracket of width w costs w².
private func goldenMaximum(
  from low: Double, to high: Double, _ value: (Double) -> Double
) -> Double {
  let ratio = (sqrt(5) - 1) / 2
  var (low, high) = (low, high)
  var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
  var (atLeft, atRight) = (value(left), value(right))
  for _ in 0..<40 {
    if atLeft < atRight {
      (low, left, atLeft) = (left, right, atRight)
      right = low + ratio * (high - low)
      atRight = value(right)
    } else {
      (high, right, atRight) = (right, left, atLeft)
      left = high - ratio * (high - low)
      atLeft = value(left)
    }
  }
  return max(atLeft, atRight)
}

// MARK: Mistakes

private struct ForgetsTheEntropy: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    sum(problem.q) { z in problem.joint.logJoint(z) }
  }
}

private struct ForgetsThePrior: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    sum(problem.q) { z in problem.joint.logLikelihood(z) - log(problem.q[z]) }
  }
}

private struct AddsTheDivergence: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    Approximate.elboWithTheSignTurned(of: problem.q, problem.joint).value
  }
}

private struct DivergenceCalledELBO: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    Approximate.negativeELBO(of: problem.q, problem.joint).value
  }
}

private struct LogOutsideTheMean: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    log(sum(problem.q) { z in exp(problem.joint.logJoint(z)) / problem.q[z] })
  }
}

private struct ZeroTimesLogZero: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    problem.q.indices.reduce(0) {
      $0 + problem.q[$1] * (problem.joint.logJoint($1) - log(problem.q[$1]))
    }
  }
}

private struct SkipsForbiddenStates: BoundForm {
  func elbo(_ problem: BoundProblem) -> Double {
    sum(problem.q) { z in
      let logJoint = problem.joint.logJoint(z)
      return logJoint == -.infinity ? 0 : logJoint - log(problem.q[z])
    }
  }
}

/// Σ q(z) f(z) over the states that q visits.
private func sum(_ q: [Double], _ value: (Int) -> Double) -> Double {
  q.indices.reduce(0) { q[$1] == 0 ? $0 : $0 + q[$1] * value($1) }
}
