import JSONText
import LessonKit
import Probability

extension MeanMapExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 3,
    debrief: """
      One function A(η) holds all of it: its slope is E[t(x)], its curvature Cov[t(x)], and as it is \
      convex the means lead back to the parameters. That is why a node of a graph need not know which family its \
      neighbour is of: it is told E[t(x)] and adds.
      """,
    HandinPart(
      "log_density", "log p(x) of a member of any family, η·t(x) − A(η) + log h(x).",
      given: [
        .numbers("natural", "η"), .numbers("statistics", "t(x)"),
        .number("log_partition", "A(η)"), .number("log_base", "log h(x)"),
      ], returns: .number("log p(x)"), \.logDensity
    ) { program, right in
      { member in
        let wanted = try right(member)
        return program.number([
          "natural": .given(member.law.naturalParameters),
          "statistics": .given(member.statistics),
          "log_partition": .given(try member.law.logPartition()),
          "log_base": .given(member.logBase),
        ]) { wanted }
      }
    },
    HandinPart(
      "gaussian_means",
      "E[t(x)] of x ~ N(m, C) in d dimensions, with t(x) = (x, x xᵀ).",
      given: [.numbers("mean", "m"), .matrix("covariance", "C, symmetric")],
      returns: .numbers("E[x_i], d of them, then E[x_i x_j] row by row, d² of them"), \.means
    ) { program, right in
      { law in
        let wanted = try right(law)
        guard let law = law as? Gaussian else { return wanted }
        return program.numbers([
          "mean": .given(law.mean), "covariance": .given(rows(law.covariance, law.dimension)),
        ]) { wanted }
      }
    },
    HandinPart(
      "dirichlet_means",
      "E[t(p)] of p ~ Dirichlet(α), with t(p) = log p: differences of the digamma function ψ.",
      given: [.numbers("concentration", "α")], returns: .numbers("E[log p_k], one an α"), \.means
    ) { program, right in
      { law in
        let wanted = try right(law)
        guard let law = law as? DirichletLaw else { return wanted }
        return program.numbers(["concentration": .given(law.concentration)]) { wanted }
      }
    },
    HandinPart(
      "wishart_means",
      "E[t(X)] of X ~ Wishart(ν, V), a d × d matrix, with t(X) = (X, log |X|).",
      given: [.number("dof", "ν"), .matrix("scale", "V, symmetric")],
      returns: .numbers("E[X_ij] row by row, d² of them, then E[log |X|]"), \.means
    ) { program, right in
      { law in
        let wanted = try right(law)
        guard let law = law as? WishartLaw else { return wanted }
        return program.numbers([
          "dof": .given(law.dof), "scale": .given(rows(law.scale, law.dimension)),
        ]) { wanted }
      }
    },
    HandinPart(
      "categorical_covariance",
      "Cov[t(x)] of a categorical x, with t_k(x) = 1 if x = k and 0 if not.",
      given: [.numbers("probabilities", "p(x = k)")],
      returns: .matrix("Cov[t_j(x), t_k(x)]"), \.covariance,
      where: { own, other in { try $0 is CategoricalLaw ? other($0) : own($0) } }
    ) { program, right in
      { law in
        let wanted = try right(law)
        guard let law = law as? CategoricalLaw else { return wanted }
        let found = program.matrix(["probabilities": .given(law.meanParameters())]) {
          rows(wanted, law.naturalParameters.count)
        }
        return Array(found.joined())
      }
    },
    HandinPart(
      "gamma_from_means",
      "The way back, for a gamma distribution with density ∝ x^(a − 1) exp(−b x): the a and b with the given E[t(x)].",
      given: [.number("log_mean", "E[log x]"), .number("mean", "E[x]")],
      returns: .numbers("a and b"), \.member
    ) { program, right in
      { law, means in
        let wanted = try right(law, means)
        guard let wanted = wanted as? GammaLaw else { return wanted }
        let found = program.numbers(["log_mean": .given(means[0]), "mean": .given(means[1])]) {
          [wanted.shape, wanted.rate]
        }
        return GammaLaw(shape: found[0], rate: found[1])
      }
    },
    HandinPart(
      "centred",
      "A table with its first row and its first column taken out: L_ij − L_i0 − L_0j + L_00 for i, j > 0.",
      given: [.matrix("table", "L")], returns: .matrix("one row and one column less"), \.centred
    ) { program, right in
      { table in program.matrix(["table": .given(table)]) { right(table) } }
    })

  private static func rows(_ matrix: [Double], _ size: Int) -> [[Double]] {
    (0..<size).map { Array(matrix[($0 * size)..<(($0 + 1) * size)]) }
  }
}
