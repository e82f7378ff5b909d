import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// Both directions between a fixed p and a q that moves away from it.
  static let twoDirectionsPicture: @Sendable (RunContext) throws -> Picture = { _ in
    let p = [0.2, 0.8]
    let places = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
    let values = places.map { b -> Drawing.Bar in
      let q = [b, 1 - b]
      let inclusive = kullbackLeibler(of: p, from: q)
      return (
        "q = " + Format.fixed(b, decimals: 2), kullbackLeibler(of: q, from: p),
        "KL(p‖q) = " + Format.fixed(inclusive, decimals: 4)
      )
    }
    return Drawing.bars(
      "KL(q‖p) for p = (0.2, 0.8), and the other direction beside it (exact)", values,
      caption:
        "Both are zero at q = 0.20. At 0.80 they agree because states and laws change places "
        + "together; between the two KL(q‖p) is the larger one, outside the smaller.")
  }

  /// What the missing half does as the means part.
  static let halfTable: @Sendable (RunContext) throws -> Table = { _ in
    let standard = try Gaussian(mean: [0, 0], covariance: [1, 0, 0, 1])
    let rows = try [0.0, 0.5, 1, 2, 4].map { distance -> [Table.Cell] in
      let q = try Gaussian(mean: [distance, 0], covariance: [1, 0.5, 0.5, 1])
      return [
        .number(distance, digits: 2), .number(try q.kullbackLeibler(from: standard), digits: 7),
        .number(try expectation(q, standard), digits: 7),
        .number(try printed(q, standard), digits: 7),
      ]
    }
    return Table(
      title: "A correlated normal law moves away from N(0, I)",
      columns: ["distance", "closed form", "expectation", "as printed"], rows: rows,
      note: "All exact. The printed form is right at distance 0: a test at the origin sees nothing."
    )
  }

  /// E_q[log q − log p] at three nodes an axis.
  private static func expectation(_ q: Gaussian, _ p: Gaussian) throws -> Double {
    let rule = try FixedRule.gaussHermite(count: 3)
    let l = try LinearAlgebra.cholesky(order: 2, q.covariance)
    var sum = CompensatedSum()
    for (a, wa) in zip(rule.nodes, rule.weights) {
      for (b, wb) in zip(rule.nodes, rule.weights) {
        let x = [q.mean[0] + l[0] * a, q.mean[1] + l[2] * a + l[3] * b]
        sum.add(wa * wb * (try q.logDensity(x) - p.logDensity(x)))
      }
    }
    return sum.value
  }

  /// One Poisson law for two experts: each direction has a best rate of its own.
  static let twoFitsTable: @Sendable (RunContext) throws -> Table = { _ in
    let experts = Experts()
    let settled = try experts.bestExclusiveRate()
    let rows = try [
      ("the expert who says 2", experts.rates.low), ("best by KL(q‖p)", settled),
      ("best by KL(p‖q)", experts.mean), ("the expert who says 9", experts.rates.high),
    ].map { name, rate -> [Table.Cell] in
      [
        .text(name), .number(rate, digits: 3),
        .number(try experts.divergence(fromPoissonOfRate: rate), digits: 5),
        .number(try experts.divergence(ofPoissonOfRate: rate), digits: 5),
      ]
    }
    return Table(
      title: "q = Poisson(λ), p = .6 Poisson(2) + .4 Poisson(9)",
      columns: ["q", "λ", "KL(p‖q)", "KL(q‖p)"], rows: rows,
      note: "By series over the counts 0…120; beyond them nothing that a double could show is left."
    )
  }

  /// The best q for several weights of the divergence.
  static let penaltyTable: @Sendable (RunContext) throws -> Table = { _ in
    let problem = PenaltyProblem()
    let penalty = Penalty()
    let evidence = ExactPosterior(of: problem.joint).logEvidence.value
    let rows = [0.25, 0.5, 1, 2, 4].map { beta -> [Table.Cell] in
      let best = penalty.best(problem, beta)
      let value = penalty.objective(best, problem, beta)
      return [
        .number(beta, digits: 3),
        .number(kullbackLeibler(of: best, from: problem.joint.prior), digits: 6),
        .number(value, digits: 7),
        .text(
          value > evidence + 1e-9 ? "above log p(x)" : value < evidence - 1e-9 ? "below" : "tight"),
      ]
    }
    return Table(
      title: "Three states, log p(x) = " + Format.fixed(evidence, decimals: 6),
      columns: ["β", "KL(q*‖prior)", "best value", "against log p(x)"], rows: rows,
      note: "All exact, by enumeration. Only β = 1 touches log p(x); below one nothing is bounded.")
  }
}
