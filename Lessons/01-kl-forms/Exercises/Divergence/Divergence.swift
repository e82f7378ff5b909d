import GSL
import LessonKit
import Probability
import Verification

extension Page {
  /// The divergence of two tables and the ways in which code gets it wrong.
  static let divergence: Exercise<any DivergenceForm, DivergenceProblem> = Exercise(
    .finiteDivergence,
    answer: LibraryDivergence(),
    derivation: [isNoLogOfADifference, isPositiveElsewhere],
    mistakes: [
      Mistake(
        "takes-the-arguments-the-other-way", "KL(p‖q) where KL(q‖p) was asked for",
        source: "E-076", OtherWayRound()),
      Mistake(
        "averages-over-states", "a mean over the states in place of the sum",
        AveragesOverStates()),
      Mistake(
        "makes-it-symmetric", "half of KL(q‖p) + KL(p‖q), which has no direction any more",
        Symmetrised()),
      Mistake(
        "clips-each-term", "drops the negative terms, for 'a divergence is never negative'",
        ClipsEachTerm()),
      Mistake(
        "multiplies-zero-by-a-log", "0 · log 0 evaluated as written, which is NaN",
        source: "Pyro #571", ZeroTimesLog()),
      Mistake(
        "leaves-half-a-correction", "Σ q log(q/p) − q, with the + p of the general form forgotten",
        HalfACorrection()),
      Mistake("counts-in-bits", "log base two where everything else is in nats", InBits()),
    ])
}

extension Page {
  /// The caption of a slide, read as written; where q = p its log is left out.
  private static var isNoLogOfADifference: Line<any DivergenceForm, DivergenceProblem> {
    Line(
      "no-log-of-a-difference", "KL(q‖p) ≠ E_q[log |q − p|]",
      because: "a caption says 'log of difference'; q − p has both signs, and no ratio in it",
      claims: ["A-009"]
    ) { form, problem in
      var printed = 0.0
      var difference = 0.0
      for (q, p) in zip(problem.q, problem.p) {
        let apart = q == p ? 1 : abs(q - p)
        printed += q * log(apart)
        difference += q * log(q / (p * apart))
      }
      return .different(
        form.kullbackLeibler(of: problem.q, from: problem.p), printed, by: difference,
        atLeast: 0.1, magnitude: 8)
    }
  }

  private static var isPositiveElsewhere: Line<any DivergenceForm, DivergenceProblem> {
    Line(
      "positive-where-they-differ", "q ≠ p:  KL(q‖p) ≠ 0",
      because: "KL(q‖p) ≥ ½ (Σ_z |q − p|)² (Pinsker): only equal laws have none", claims: ["A-002"]
    ) { form, problem in
      let pairs = zip(problem.q, problem.p)
      let apart = pairs.reduce(0) { $0 + abs($1.0 - $1.1) }
      let divergence = pairs.reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
      return .different(
        form.kullbackLeibler(of: problem.q, from: problem.p), 0, by: divergence,
        atLeast: 0.5 * apart * apart, magnitude: 4)
    }
  }
}

/// The library's own.
private struct LibraryDivergence: DivergenceForm {
  func kullbackLeibler(of q: [Double], from p: [Double]) -> Double {
    Probability.kullbackLeibler(of: q, from: p)
  }
}

private struct OtherWayRound: DivergenceForm {
  func kullbackLeibler(of q: [Double], from p: [Double]) -> Double {
    Probability.kullbackLeibler(of: p, from: q)
  }
}

private struct AveragesOverStates: DivergenceForm {
  func kullbackLeibler(of q: [Double], from p: [Double]) -> Double {
    Probability.kullbackLeibler(of: q, from: p) / Double(q.count)
  }
}

private struct Symmetrised: DivergenceForm {
  func kullbackLeibler(of q: [Double], from p: [Double]) -> Double {
    0.5
      * (Probability.kullbackLeibler(of: q, from: p) + Probability.kullbackLeibler(of: p, from: q))
  }
}

private struct ClipsEachTerm: DivergenceForm {
  func kullbackLeibler(of q: [Double], from p: [Double]) -> Double {
    zip(q, p).reduce(0) { $0 + ($1.0 == 0 ? 0 : max(0, $1.0 * log($1.0 / $1.1))) }
  }
}

private struct ZeroTimesLog: DivergenceForm {
  func kullbackLeibler(of q: [Double], from p: [Double]) -> Double {
    zip(q, p).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) }
  }
}

private struct InBits: DivergenceForm {
  func kullbackLeibler(of q: [Double], from p: [Double]) -> Double {
    Probability.kullbackLeibler(of: q, from: p) / log(2)
  }
}

private struct HalfACorrection: DivergenceForm {
  func kullbackLeibler(of q: [Double], from p: [Double]) -> Double {
    Probability.kullbackLeibler(of: q, from: p) - q.reduce(0, +)
  }
}
