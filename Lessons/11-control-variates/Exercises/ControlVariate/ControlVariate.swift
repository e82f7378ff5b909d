import Approximate
import GSL
import LessonKit
import Probability

extension ControlVariateExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, ControlProblem>(
    id: "control-variate", title: "Subtract what you know",
    task: """
      Write `coefficient`, `corrected` and `fitted`: the best c for a control h whose mean is known, the mean over \
      some draws of f − c (h − E[h]), and the c that the draws themselves suggest.
      """,
    hints: [
      "The variance is a parabola in c: its foot is where the derivative is zero.",
      "What you subtract must have mean zero under q, not over the draws.",
      "ĉ is the slope of the straight line through the points (h, f): Σ (f − f̄)(h − h̄)/Σ (h − h̄)².",
    ],
    example: .example, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      The mean stays for every fixed c. It moves if c is fitted to the same draws:
      """)

  static let answer = Parts(
    coefficient: { probabilities, signals, control in
      SoftmaxLaw(logits: probabilities.map { log($0) })
        .controlCoefficient(of: signals, on: control)
    },
    corrected: { signals, control, mean, coefficient in
      // listing: 11 control-variate
      let corrected = zip(signals, control).map { f, h in f - coefficient * (h - mean) }
      return corrected.reduce(0, +) / Double(corrected.count)
      // end of listing
    },
    fitted: { signals, control in
      guard Set(control).count > 1 else { return 0 }
      // Every draw as likely as the others: the law of the draws themselves.
      return SoftmaxLaw(logits: signals.map { _ in 0 })
        .controlCoefficient(of: signals, on: control)
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "upside-down-coefficient", "Cov[f, h]/Var[f]: the slope of h on f", \.coefficient,
      from: { right in { right($0, $2, $1) } }),
    Mistake("not-centred", "E[f h]/E[h²]: a line through zero", \.coefficient) {
      probabilities, signals, control in
      let products = zip(signals, control).map { $0 * $1 }
      let squares = control.map { $0 * $0 }
      return average(probabilities, products) / average(probabilities, squares)
    },
    Mistake(
      "adds-the-control", "f + c (h − E[h])", \.corrected,
      from: { right in
        { right($0, $1, $2, -$3) }
      }),
    Mistake(
      "never-adds-back", "f − c h: E[h] is not given back",
      \.corrected,
      from: { right in { f, h, _, c in right(f, h, 0, c) } }),
    Mistake(
      "centred-by-the-draws", "h̄ of the draws for E[h]: what is subtracted is zero, always",
      \.corrected,
      from: { right in { f, h, _, c in right(f, h, h.reduce(0, +) / Double(h.count), c) } }),
    Mistake("fits-through-zero", "Σ f h/Σ h², with nothing centred", \.fitted) {
      signals, control in
      zip(signals, control).reduce(0) { $0 + $1.0 * $1.1 } / control.reduce(0) { $0 + $1 * $1 }
    },
  ]

  private static func average(_ probabilities: [Double], _ values: [Double]) -> Double {
    zip(probabilities, values).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
