import Approximate
import GSL
import LessonKit
import Models
import Networks
import Probability

extension LocalInferenceExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, ClusterProblem>(
    id: "local-inference",
    title: "Add potentials",
    task: """
      Write `messages`, `state` and `responsibilities`: what q(θ) tells a point of each cluster, the best \
      q(x_n) for given r_nk, and the best r_nk for a given q(x_n).
      """,
    hints: [
      "Everything is a sum of terms h x − ½ J x² + constant. Keep the three numbers of each.",
      "E_q[1/σ²] = ν/Λ is not 1/E_q[σ²], and E_q[μ²/σ²] has the term 1/κ.",
      "E[log π_k] = ψ(α_k) − ψ(Σ_j α_j) and E[log σ²] = log(Λ/2) − ψ(ν/2), with the digamma function: "
        + "ψ(x) = ψ(x + 1) − 1/x, and log x − 1/2x − 1/12x² + 1/120x⁴ − 1/252x⁶ for large x.",
      "q(x): J_n + Σ_k r_nk J_k and h_n + Σ_k r_nk h_k. q(z): a softmax of E_q(x)[message_k].",
    ],
    example: try .threePoints(),
    draw: { try .random(&$0) },
    checks: checks,
    answer: answer,
    mistakes: mistakes,
    handin: handin)

  static let answer = Parts(
    messages: { globals in
      let found = try ComponentMessages(globals)
      return zip(found.potentials, found.constants).map {
        Message(linear: $0.linear[0], precision: $0.precision[0, 0], constant: $1)
      }
    },
    state: { potential, messages, responsibilities in
      let factor = try PointFactors.state(potential, library(messages), responsibilities)
      return NormalLaw(mean: factor.mean[0], variance: factor.covariance[0, 0])
    },
    responsibilities: { law, messages in
      PointFactors.responsibilities(
        try GaussianFactor(mean: law.mean, variance: law.variance), library(messages))
    })

  private static func library(_ messages: [Message]) -> ComponentMessages {
    ComponentMessages(
      potentials: messages.map {
        QuadraticPotential(linear: $0.linear, precision: $0.precision)
      }, constants: messages.map(\.constant))
  }
}

// MARK: The ways to get it wrong

extension LocalInferenceExercise {
  static let mistakes: [Mistake<Parts>] = [
    Mistake(
      "inverts-the-mean-variance", "takes 1/E_q[σ²] = (ν − 2)/Λ where E_q[1/σ²] = ν/Λ belongs",
      \.messages,
      from: { right in
        { globals in
          zip(try right(globals), globals.components).map { message, law in
            let share = (law.dof - 2) / law.dof
            return Message(
              linear: share * message.linear, precision: share * message.precision,
              constant: message.constant)
          }
        }
      }),
    Mistake(
      "forgets-the-doubt-of-the-mean",
      "takes (E_q[μ])² ν/Λ for E_q[μ²/σ²]: the term 1/κ is missing",
      \.messages,
      from: { right in
        { globals in
          zip(try right(globals), globals.components).map { message, law in
            Message(
              linear: message.linear, precision: message.precision,
              constant: message.constant + 0.5 / law.kappa)
          }
        }
      }),
    Mistake(
      "log-of-the-mean-weight", "takes log E_q[π_k] for E_q[log π_k]", \.messages,
      from: { right in
        { globals in
          let counts = globals.weights.concentration
          let total = counts.reduce(0, +)
          let expected = try globals.weights.meanParameters()
          return try right(globals).enumerated().map { k, message in
            Message(
              linear: message.linear, precision: message.precision,
              constant: message.constant - expected[k] + log(counts[k] / total))
          }
        }
      }),
    Mistake(
      "adds-variances", "adds 1/J_n and the clusters' variances where precisions are added",
      \.state,
      from: { right in
        { potential, messages, r in
          let law = try right(potential, messages, r)
          let precision = zip(r, messages).reduce(0) { $0 + $1.0 * $1.1.precision }
          let variance = 1 / potential.precision[0, 0] + 1 / precision
          return NormalLaw(mean: law.mean / law.variance * variance, variance: variance)
        }
      }),
    Mistake(
      "picks-the-likeliest-cluster", "takes the message of the cluster with the largest r_nk alone",
      source: "a known discrete state in place of its distribution; A-017", \.state,
      from: { right in
        { potential, messages, r in
          let best = r.indices.max { r[$0] < r[$1] } ?? 0
          return try right(potential, messages, r.indices.map { $0 == best ? 1 : 0 })
        }
      }),
    Mistake(
      "adds-variances-of-means", "averages the clusters' means, not their means times precisions",
      \.state,
      from: { right in
        { potential, messages, r in
          let law = try right(potential, messages, r)
          let precision = zip(r, messages).reduce(0) { $0 + $1.0 * $1.1.precision }
          let mean = zip(r, messages).reduce(0) { $0 + $1.0 * $1.1.linear / $1.1.precision }
          return NormalLaw(
            mean: law.variance * (potential.linear[0] + precision * mean), variance: law.variance)
        }
      }),
    Mistake(
      "ignores-the-variance-of-x", "evaluates the messages at E[x_n], as if q(x_n) were a point",
      \.responsibilities,
      from: { right in
        { law, messages in try right(NormalLaw(mean: law.mean, variance: 1e-12), messages) }
      }),
    Mistake(
      "forgets-to-normalise", "exponentiates the messages and does not divide by their sum",
      \.responsibilities,
      { law, messages in
        let factor = try GaussianFactor(mean: law.mean, variance: law.variance)
        return messages.map { message in
          exp(
            message.constant
              + factor.mean(
                of: QuadraticPotential(linear: message.linear, precision: message.precision)))
        }
      }),
  ]
}
