import JSONText
import LessonKit
import Models
import Networks

extension ModeAndCurvatureExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      Three lines of calculus: a slope, a curvature, an integral of a parabola. Everything that can go wrong is a sign or \
      an inverse. A covariance with a negative diagonal, or an evidence that grows with the curvature, gives it away.
      """,
    HandinPart(
      "curvature", "−H, the negated Hessian of log p(y, z) at z.",
      given: CountsArguments.all + [at],
      returns: .matrix("as many rows and columns as z has numbers"), \.curvature
    ) { program, right in
      { model, z in
        let wanted = try right(model, z)
        return program.matrix(.object(CountsArguments.given(model) + [("z", .given(z))])) { wanted }
      }
    },
    HandinPart(
      "step", "Where one of Newton's steps on log p(y, z) leads from z.",
      given: CountsArguments.all + [at],
      returns: .numbers("the next z"), \.step
    ) { program, right in
      { model, z in
        let wanted = try right(model, z)
        return program.numbers(.object(CountsArguments.given(model) + [("z", .given(z))])) {
          wanted
        }
      }
    },
    HandinPart(
      "covariance", "The covariance of Laplace's Gaussian.", given: [negated],
      returns: .matrix("as many rows and columns"), \.covariance
    ) { program, right in
      { curvature in
        let wanted = try right(curvature)
        return program.matrix(.object([("curvature", .given(curvature))])) { wanted }
      }
    },
    HandinPart(
      "evidence", "Laplace's log-evidence.",
      given: [.number("log_joint", "log p(y, ẑ)"), negated], returns: .number("a logarithm"),
      \.evidence
    ) { program, right in
      { logJoint, curvature in
        let wanted = try right(logJoint, curvature)
        return program.number([
          "log_joint": .given(logJoint), "curvature": .given(curvature),
        ]) { wanted }
      }
    })

  private static let at = HandinArgument.numbers("z", "where")
  private static let negated = HandinArgument.matrix("curvature", "−H at the mode, row by row")
}

/// A model of counts as plain data, for what is handed in.
enum CountsArguments {
  /// What a program is given.
  static let all: [HandinArgument] = [
    .numbers("mean", "μ, the prior's mean"), .matrix("covariance", "Σ, its covariance"),
    .matrix("features", "F, a row f_i for each count"),
    .numbers("offset", "c_i, so that y_i ~ Poisson(e^(c_i + f_i·z))"),
    .numbers("counts", "y_i"),
  ]

  /// The numbers.
  static func given(_ model: LatentGaussian) -> [(key: String, value: JSON)] {
    [
      ("mean", .given(model.mean.array)), ("covariance", .given(model.covariance.rowArrays)),
      ("features", .given(model.features.rowArrays)), ("offset", .given(model.offset.array)),
      ("counts", .given(model.counts.array)),
    ]
  }
}
