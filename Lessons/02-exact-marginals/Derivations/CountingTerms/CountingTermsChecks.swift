import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

// MARK: Poisson latents

extension Page {
  private static let logFactorials: [Double] = (0..<30).reduce(into: []) { table, n in
    table.append((table.last ?? 0) + log(Double(max(1, n))))
  }

  /// z_1, z_2 ~ Poisson(λ), y ~ Poisson(exp(.3 z_1 + .5 z_2 − 1)): −log p(y, z) up to constants.
  static func energy(_ problem: FactorCase, _ z1: Int, _ z2: Int) -> Double {
    let score = 0.3 * Double(z1) + 0.5 * Double(z2) - 1
    return exp(score) - Double(problem.count) * score - Double(z1 + z2) * log(problem.rate)
      + logFactorials[z1] + logFactorials[z2]
  }

  /// At z = 20 the rate of y is above 148 and the energy with it: below e^−100 is left out.
  static var gibbsOnCounts: CountingLine {
    Line(
      "gibbs-on-counts", "p(z|y) = e^{−E(z)} / Z on ℕ²,  Z = Σ_z e^{−E(z)} ≤ y! e^{2λ}",
      because: "unbounded is not divergent, and a Gibbs distribution needs no more than a finite Z",
      claims: ["A-251"]
    ) { rules, problem in
      let law = rules.gibbs(20) { energy(problem, $0, $1) }
      var total = CompensatedSum()
      for z1 in 0..<25 { for z2 in 0..<25 { total.add(exp(-energy(problem, z1, z2))) } }
      let cells = [(0, 0), (1, 2), (3, 1)]
      // Poisson(y; ·) ≤ 1, so that Z ≤ y! Σ_z λ^{z_1 + z_2} / (z_1! z_2!): Z over that is at most 1.
      let share = total.value / exp(logFactorials[problem.count] + 2 * problem.rate)
      return .equal(
        cells.map { law[$0.1 * 20 + $0.0] } + [share],
        cells.map { exp(-energy(problem, $0.0, $0.1)) / total.value } + [min(1, share)],
        terms: 2048)
    }
  }

  /// y = z_1 + z_2 exactly: energy is infinite elsewhere.
  static var superposition: CountingLine {
    Line(
      "superposition", "y = z_1 + z_2:  p(z_1|y) = Binomial(z_1; y, λ_1/(λ_1 + λ_2)),  λ_2 = 2λ_1",
      because: "a posterior of Poisson latents that has a name", claims: ["A-251"]
    ) { rules, problem in
      let side = problem.count + 1
      let law = rules.gibbs(side) { z1, z2 in
        guard z1 + z2 == problem.count else { return .infinity }
        return -log(FactorCase.poisson(z1, problem.rate) * FactorCase.poisson(z2, 2 * problem.rate))
      }
      let first = (0..<side).map { z1 in (0..<side).reduce(0) { $0 + law[$1 * side + z1] } }
      let binomial = (0..<side).map { z1 in
        (0..<z1).reduce(pow(2.0 / 3, Double(problem.count))) {
          $0 * Double(problem.count - $1) / Double($1 + 1) / 2
        }
      }
      return .equal(first, binomial, terms: 512)
    }
  }

  static var notAProduct: CountingLine {
    Line(
      "not-a-product", "Cov(z_1, z_2 | y = z_1 + z_2) ≠ 0:  it is −y · ⅓ · ⅔",
      because: "what one explains, the other need not: the posterior does not factorise",
      claims: ["A-251"]
    ) { rules, problem in
      let side = problem.count + 1
      let law = rules.gibbs(side) { z1, z2 in
        guard z1 + z2 == problem.count else { return .infinity }
        return -log(FactorCase.poisson(z1, problem.rate) * FactorCase.poisson(z2, 2 * problem.rate))
      }
      var (first, second, both) = (0.0, 0.0, 0.0)
      for (cell, p) in law.enumerated() {
        let (z1, z2) = (Double(cell % side), Double(cell / side))
        first += p * z1
        second += p * z2
        both += p * z1 * z2
      }
      let covariance = -Double(problem.count) * 2 / 9
      return .different(
        both - first * second, 0, by: covariance, atLeast: 0.2, terms: 512,
        magnitude: Double(problem.count * problem.count))
    }
  }
}
