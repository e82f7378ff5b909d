import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

extension Page {
  /// The update of one factor.
  static let coordinateUpdate: Exercise<any CoordinateUpdate, UpdateProblem>? = {
    guard let example = try? UpdateProblem.lecture() else { return nil }
    return Exercise(
      .coordinateUpdate(example: example),
      answer: LibraryUpdate(),
      derivation: [seesTheBlanketOnly, isExactForProducts],
      mistakes: [
        Mistake(
          "averages-the-probability", "log E[p] in place of E[log p]: the log goes in last",
          AveragesProbability()),
        Mistake("forgets-to-normalise", "exp E[log p] as it comes", Unnormalised()),
        Mistake(
          "averages-over-itself-too", "weighs each state by the whole q, its own factor included",
          source: "E-044", AveragesOverItself()),
        Mistake(
          "conditions-on-the-likeliest-state", "takes the others' modes as known",
          source: "E-007", PlugsInModes()),
        Mistake(
          "minimises-the-bound", "exp(−E[log p]), where the word 'minimised' leads",
          source: "E-025", Minimises()),
        Mistake(
          "returns-the-exact-marginal",
          "the oracle's p(h_j|x), which is the target for products only",
          source: "CoursIA #4610", ExactMarginal()),
        Mistake(
          "forgets-the-last-neighbour",
          "averages over all but the last latent, which it fixes at 0",
          source: "pymdp #98", ForgetsLast()),
      ])
  }()

  private static var seesTheBlanketOnly: Line<any CoordinateUpdate, UpdateProblem> {
    Line(
      "blanket-only", "h₁ → h₂ → h₃ → h₄:  q̃_1 at q_4 = q̃_1 at another q_4",
      because: "log p is a sum of local terms; those without h_j only shift the constant",
      claims: ["A-118"]
    ) { update, problem in
      let near = [[0.3, 0.7], [0.6, 0.4], [0.2, 0.8], [0.9, 0.1]]
      var far = near
      far[3] = [0.25, 0.75]
      return .equal(
        update.target(0, factors: far, problem.chain),
        update.target(0, factors: near, problem.chain), terms: 512)
    }
  }

  private static var isExactForProducts: Line<any CoordinateUpdate, UpdateProblem> {
    Line(
      "exact-for-products", "p(h) = Π p_i(h_i):  q̃_j = p_j",
      because: "nothing couples the latents, so one update per factor is all there is to do",
      claims: ["A-110"]
    ) { update, problem in
      // Any product will do; this one is uniform nowhere.
      let product = problem.factors.map { factor in
        let tilted = factor.enumerated().map { $0.element * Double($0.offset + 1) }
        return tilted.map { $0 / tilted.reduce(0, +) }
      }
      let table = try JointTable(
        sizes: product.map(\.count), logValues: problem.productLogValues(product))
      let uniform = product.map { [Double](repeating: 1 / Double($0.count), count: $0.count) }
      return .equal(
        update.target(problem.latent, factors: uniform, table), product[problem.latent],
        terms: 512)
    }
  }
}

extension UpdateProblem {
  /// log Π_i p_i(h_i) of every state.
  func productLogValues(_ factors: [[Double]]) -> [Double] {
    (0..<table.stateCount).map { state in
      let values = table.values(of: state)
      return values.indices.reduce(0) { $0 + log(factors[$1][values[$1]]) }
    }
  }
}

/// The library's own update.
private struct LibraryUpdate: CoordinateUpdate {
  func target(_ latent: Int, factors: [[Double]], _ table: JointTable) -> [Double] {
    MeanField(factors: factors).target(latent, table)
  }
}

/// What every mistake below sums: a weight times a function of the log joint.
private func gather(
  _ latent: Int, _ table: JointTable, _ term: ([Int], Double) -> Double
) -> [Double] {
  var sums = [Double](repeating: 0, count: table.sizes[latent])
  for state in 0..<table.stateCount {
    let values = table.values(of: state)
    sums[values[latent]] += term(values, table.logValues[state])
  }
  return sums
}

private func normalised(_ logs: [Double]) -> [Double] {
  let total = logSumExp(logs)
  return logs.map { exp($0 - total) }
}

private func others(_ values: [Int], _ latent: Int, _ factors: [[Double]]) -> Double {
  values.indices.reduce(1) { $1 == latent ? $0 : $0 * factors[$1][values[$1]] }
}

private struct AveragesProbability: CoordinateUpdate {
  func target(_ latent: Int, factors: [[Double]], _ table: JointTable) -> [Double] {
    normalised(gather(latent, table) { others($0, latent, factors) * exp($1) }.map(log))
  }
}

private struct Unnormalised: CoordinateUpdate {
  func target(_ latent: Int, factors: [[Double]], _ table: JointTable) -> [Double] {
    MeanField(factors: factors).expectedLogJoint(latent, table).map(exp)
  }
}

private struct AveragesOverItself: CoordinateUpdate {
  func target(_ latent: Int, factors: [[Double]], _ table: JointTable) -> [Double] {
    normalised(
      gather(latent, table) { values, logJoint in
        factors[latent][values[latent]] * others(values, latent, factors) * logJoint
      })
  }
}

private struct PlugsInModes: CoordinateUpdate {
  func target(_ latent: Int, factors: [[Double]], _ table: JointTable) -> [Double] {
    let modes = factors.map { factor in factor.indices.max { factor[$0] < factor[$1] } ?? 0 }
    return normalised(
      gather(latent, table) { values, logJoint in
        values.indices.allSatisfy { $0 == latent || values[$0] == modes[$0] } ? logJoint : 0
      })
  }
}

private struct Minimises: CoordinateUpdate {
  func target(_ latent: Int, factors: [[Double]], _ table: JointTable) -> [Double] {
    normalised(MeanField(factors: factors).expectedLogJoint(latent, table).map { -$0 })
  }
}

private struct ExactMarginal: CoordinateUpdate {
  func target(_ latent: Int, factors: [[Double]], _ table: JointTable) -> [Double] {
    normalised(gather(latent, table) { exp($1) }.map(log))
  }
}

private struct ForgetsLast: CoordinateUpdate {
  func target(_ latent: Int, factors: [[Double]], _ table: JointTable) -> [Double] {
    var factors = factors
    let last = factors.count - 1
    if last != latent {
      factors[last] = factors[last].indices.map { $0 == 0 ? 1 : 0 }
    }
    return MeanField(factors: factors).target(latent, table)
  }
}
