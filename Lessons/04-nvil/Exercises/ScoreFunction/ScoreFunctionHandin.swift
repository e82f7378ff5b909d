import JSONText
import LessonKit
import Models
import Probability

extension ScoreFunctionExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      Nothing was differentiated but log q, so the same lines work for any f, even for one that \
      is only a table. The price is the spread: `lessons moments` tells what other baselines pay.
      """,
    HandinPart(
      "estimate",
      "An estimate of ∇ELBO by the logits of q: the mean over S draws z of q of (f(z) − c_d)(z_d − b_d), "
        + "where f(z) = log p(x, z) − log q(z).",
      given: [
        .integer("samples", "S"), .numbers("q", "b_d = q(z_d = 1)"),
        .numbers("baselines", "c_d, what component d subtracts from f"),
        .numbers("log_joint", "log p(x, z), at place Σ_d z_d 2^d"),
      ],
      returns: .numbers("one number a component").random, \.estimate
    ) { program, right in
      { problem, samples, choices in
        try program.draw(problem.given(samples: samples), &choices) {
          try right(problem, samples, &$0)
        }
      }
    })
}

extension ScoreFunctionProblem {
  /// What a program outside is given.
  fileprivate func given(samples: Int) -> JSON {
    [
      "samples": .given(samples), "q": .given(q.probabilities), "baselines": .given(baselines),
      "log_joint": .given(q.states.map(model.logJoint)),
    ]
  }
}
