import Approximate
import GSL
import LessonKit
import Models
import Probability

extension TaylorDerivation {
  /// The derivation, the library's estimator, and the ways to get it wrong.
  static let derivation = Derivation<Parts, SurfaceProblem>(
    id: "taylor", title: "The tangent as a control variate", example: .example,
    draw: { try .random(&$0) }, checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      What remains of the variance is what f bends away from its tangent. For one bit it can \
      be written out:
      """)

  static let answer = Parts(muprop: { try Zoo.estimate("muprop", of: $0, &$1) })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("forgets-to-give-back", "(f − h) s alone: the mean of h s is gone", \.muprop) {
      problem, choices in
      let (kept, _) = try halves(of: problem, at: problem.probabilities, &choices)
      return kept
    },
    Mistake(
      "gives-back-the-slope", "adds ∂_d f(p), as if the parameter were p_d and not its logit",
      \.muprop
    ) { problem, choices in
      let (kept, slope) = try halves(of: problem, at: problem.probabilities, &choices)
      return zip(kept, slope).map { $0 + $1 }
    },
    Mistake(
      "expands-at-one-half", "the tangent at ½ in place of p: the right mean, another spread",
      \.muprop
    ) { problem, choices in
      let (kept, slope) = try halves(
        of: problem, at: problem.probabilities.map { _ in 0.5 }, &choices)
      return kept.indices.map { kept[$0] + problem.bitSpreads[$0] * slope[$0] }
    },
    Mistake(
      "keeps-the-constant", "takes the slopes away and leaves f(p) in the signal", \.muprop
    ) { problem, choices in
      let p = problem.probabilities
      let slope = problem.surface.slope(at: p)
      let z = try problem.law.sample(&choices)
      let b = problem.law.points[z]
      let rest = b.indices.reduce(problem.signals[z]) { $0 - slope[$1] * (b[$1] - p[$1]) }
      return b.indices.map { rest * problem.law.score(z)[$0] + problem.bitSpreads[$0] * slope[$0] }
    },
    Mistake(
      "lets-the-control-leak", "the tangent at the draw: a control variate that knows its own z",
      source:
        "pydrobert-pytorch #9 and duvenaud/relax #6: the control variate has a gradient path of its own",
      \.muprop
    ) { problem, choices in
      let p = problem.probabilities
      let z = try problem.law.sample(&choices)
      let b = problem.law.points[z]
      let slope = problem.surface.slope(at: b)
      let control = b.indices.reduce(problem.surface.value(at: p)) {
        $0 + slope[$1] * (b[$1] - p[$1])
      }
      return b.indices.map {
        (problem.signals[z] - control) * problem.law.score(z)[$0] + problem.bitSpreads[$0]
          * slope[$0]
      }
    },
  ]

  /// (f − h) s with the tangent at a point, and the slopes there.
  private static func halves(
    of problem: DiscreteProblem, at point: [Double], _ choices: inout CutUniforms
  ) throws -> (kept: [Double], slope: [Double]) {
    let tangent = problem.surface.jet(at: point)
    let z = try problem.law.sample(&choices)
    let b = problem.law.points[z]
    let control = b.indices.reduce(tangent.value) { $0 + tangent.slope[$1] * (b[$1] - point[$1]) }
    return (problem.law.score(z).map { (problem.signals[z] - control) * $0 }, tangent.slope)
  }
}

extension DiscreteProblem {
  /// p_d.
  var probabilities: [Double] { law.logits.map { sigmoid($0) } }
  /// p_d (1 − p_d).
  var bitSpreads: [Double] { law.logits.map { sigmoid($0) * sigmoid(-$0) } }
}
