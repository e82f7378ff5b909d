import JSONText
import LessonKit
import Models

extension PoissonChainExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 4,
    debrief: """
      Newton's method on T numbers needs a matrix of T rows. A walk makes it tridiagonal, and Kalman's smoother is how such a \
      matrix is inverted in linear time. So a program for Gaussian observations does counts as well: it only runs a few times.
      """,
    HandinPart(
      "parabola", "h and J of the parabola h z − ½ J z² + constant that touches log p(y|z) at z.",
      given: [
        .integer("count", "y"), .number("offset", "c: y ~ Poisson(e^(z + c))"),
        .number("z", "where it touches"),
      ], returns: .numbers("two numbers: h and J"), \.parabola
    ) { program, right in
      { count, offset, z in
        let wanted = try right(count, offset, z)
        let found = program.numbers([
          "count": .given(count), "offset": .given(offset), "z": .given(z),
        ]) { [wanted.linear, wanted.precision] }
        return Parabola(linear: found[0], precision: found[1])
      }
    },
    HandinPart(
      "smoothed",
      "Means and variances of the states of the walk, with a potential h_t z − ½ J_t z² for each.",
      given: walk + [.matrix("potentials", "(h_t, J_t), a row a step")],
      returns: .matrix("two lists: the means, then the variances"), \.smoothed
    ) { program, right in
      { model, parabolas in
        let wanted = try right(model, parabolas)
        let potentials = parabolas.map { [$0.linear, $0.precision] }
        let rows = program.matrix(
          .object(given(model) + [("potentials", .given(potentials))])
        ) { [wanted.means, wanted.variances] }
        return Smoothed(means: rows[0], variances: rows[1])
      }
    },
    HandinPart(
      "laplace", "The mode of z₁ … z_T given the counts, and the variances of Laplace's Gaussian.",
      given: walk + seen, returns: .matrix("two lists: the mode, then the variances"), \.laplace
    ) { program, right in
      { model in
        let wanted = try right(model)
        let rows = program.matrix(.object(given(model) + counts(model))) {
          [wanted.means, wanted.variances]
        }
        return Smoothed(means: rows[0], variances: rows[1])
      }
    },
    HandinPart(
      "evidence", "Laplace's log-evidence of the counts.", given: walk + seen,
      returns: .number("a logarithm"), \.evidence
    ) { program, right in
      { model in
        let wanted = try right(model)
        return program.number(.object(given(model) + counts(model))) { wanted }
      }
    })

  private static let walk: [HandinArgument] = [
    .number("initial_mean", "the mean of z₁"), .number("initial_variance", "its variance"),
    .number("dynamics", "a, with z_t ~ N(a z_(t−1), Q)"), .number("noise", "Q"),
  ]
  private static let seen: [HandinArgument] = [
    .number("offset", "c, with y_t ~ Poisson(e^(z_t + c))"), .numbers("counts", "y_t"),
  ]

  private static func given(_ model: PoissonChain) -> [(key: String, value: JSON)] {
    [
      ("initial_mean", .given(model.initialMean)),
      ("initial_variance", .given(model.initialVariance)), ("dynamics", .given(model.dynamics)),
      ("noise", .given(model.noise)),
    ]
  }

  private static func counts(_ model: PoissonChain) -> [(key: String, value: JSON)] {
    [("offset", .given(model.offset)), ("counts", .given(model.counts.map(Double.init)))]
  }
}
