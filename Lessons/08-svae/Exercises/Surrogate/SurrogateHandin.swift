import Approximate
import JSONText
import LessonKit
import Networks
import Probability

extension SurrogateExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 4,
    debrief: """
      The two differ in one sum, and everything else follows: the surrogate has an optimum in closed form and bounds \
      nothing; the ELBO bounds and has none. A program should print the second, whatever it climbs.
      """,
    HandinPart(
      "surrogate",
      "−KL(q(θ)‖p(θ)) + Σ_n [H(q(x_n)) + H(q(z_n)) + E_q[log p(z_n, x_n|θ)] + E_q[ψ_n(x_n)]].",
      given: ClusterProblem.laws + ClusterProblem.locals + ClusterProblem.said,
      returns: .number("the surrogate, in nats"), \.surrogate
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        let given = problem.givenLaws + (try problem.givenLocals) + problem.givenPotentials
        return program.number(.object(given)) { wanted }
      }
    },
    HandinPart(
      "elbo",
      "−KL(q(θ)‖p(θ)) + Σ_n [H(q(x_n)) + H(q(z_n)) + E_q[log p(z_n, x_n|θ)] + E_q[log p(y_n|x_n)]].",
      given: ClusterProblem.laws + ClusterProblem.locals + ClusterProblem.observed,
      returns: .number("the ELBO, in nats"), \.elbo
    ) { program, right in
      { problem in
        let wanted = try right(problem)
        let given = problem.givenLaws + (try problem.givenLocals) + problem.givenObservations
        return program.number(.object(given)) { wanted }
      }
    })
}

extension ClusterProblem {
  /// The values of ``locals``, the optimum that is found from the start.
  var givenLocals: [(key: String, value: JSON)] {
    get throws {
      let local = try SurrogateExercise.bound(self).local
      return [
        ("means", .given(local.states.map { $0.mean[0] })),
        ("variances", .given(local.states.map { $0.covariance[0, 0] })),
        ("responsibilities", .given(local.responsibilities)),
      ]
    }
  }
}
