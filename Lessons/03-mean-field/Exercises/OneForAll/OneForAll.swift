import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// The library's shared posterior, and the exact ones.
struct OneForAll: PosteriorsForData {
  var sharedRule: @Sendable (SeveralData) -> [Double] = {
    bestSharedPosterior(logJoints: $0.logJoints, weights: $0.weights)
  }
  var ownRule: @Sendable (SeveralData) -> [[Double]] = { data in
    // One datum alone: what it shares, it shares with nobody.
    data.logJoints.map { bestSharedPosterior(logJoints: [$0], weights: [1]) }
  }

  func shared(_ data: SeveralData) -> [Double] { sharedRule(data) }
  func own(_ data: SeveralData) -> [[Double]] { ownRule(data) }

  static func changing(_ change: (inout OneForAll) -> Void) -> OneForAll {
    var rules = OneForAll()
    change(&rules)
    return rules
  }
}

extension Page {
  /// One q for all data, one q each, and the tables and constants between them.
  static let oneForAll: Exercise<any PosteriorsForData, SeveralData> = Exercise(
    .oneForAll,
    answer: OneForAll(),
    derivation: [dependsOnTheDatum, lookUpTableIsExact, constantLeavesAGap],
    mistakes: [
      Mistake(
        "averages-the-joints", "log E_x[p] in place of E_x[log p]",
        OneForAll.changing {
          $0.sharedRule = { data in
            normalised(
              data.logJoints[0].indices.map { z in
                logSumExp(zip(data.weights, data.logJoints).map { log($0) + $1[z] })
              })
          }
        }),
      Mistake(
        "averages-the-posteriors", "E_x p(z|x), the best shared q in the other direction of KL",
        source: "E-076",
        OneForAll.changing { rules in
          let own = rules.ownRule
          rules.sharedRule = { data in
            let each = own(data)
            return each[0].indices.map { z in
              zip(data.weights, each).reduce(0) { $0 + $1.0 * $1.1[z] }
            }
          }
        }),
      Mistake(
        "forgets-how-often-data-come", "an unweighted mean over the data",
        OneForAll.changing {
          $0.sharedRule = { data in
            let share = 1 / Double(data.weights.count)
            return bestSharedPosterior(
              logJoints: data.logJoints, weights: data.weights.map { _ in share })
          }
        }),
      Mistake(
        "multiplies-the-data",
        "N E_x for E_x: as if one latent had made all N data, p(z) N times over",
        source: "E-061",
        OneForAll.changing {
          $0.sharedRule = { data in
            let count = Double(data.weights.count)
            return bestSharedPosterior(
              logJoints: data.logJoints, weights: data.weights.map { $0 * count })
          }
        }),
      Mistake(
        "hands-the-shared-to-each", "takes the maximum outside the average over the data",
        source: "E-061",
        OneForAll.changing { rules in
          let shared = rules.sharedRule
          rules.ownRule = { data in data.weights.map { _ in shared(data) } }
        }),
    ])

  private static var dependsOnTheDatum: Line<any PosteriorsForData, SeveralData> {
    Line(
      "depends-on-the-datum", "log-odds of q_{x₁} ≠ log-odds of q_{x₂}",
      because: "they differ by the log of the ratio of likelihoods", claims: ["A-163"]
    ) { posteriors, data in
      let own = posteriors.own(data)
      func logOdds(_ q: [Double]) -> Double { log(q[1] / q[0]) }
      let (one, two) = (data.logJoints[0], data.logJoints[1])
      return .different(
        logOdds(own[0]), logOdds(own[1]), by: (one[1] - two[1]) - (one[0] - two[0]),
        atLeast: 1e-3, terms: 256, magnitude: 8)
    }
  }

  private static var lookUpTableIsExact: Line<any PosteriorsForData, SeveralData> {
    Line(
      "look-up-table-is-exact", "f(x_i) = row i of a table:  q_{x_i}(z) = p(z|x_i)",
      because: "a recognition model with a row for every x can say whatever the posteriors say",
      claims: ["A-162"]
    ) { posteriors, data in
      let exact = data.logJoints.flatMap { ExactPosterior(logJoints: $0).probabilities ?? [] }
      return .equal(posteriors.own(data).flatMap { $0 }, exact, terms: 256)
    }
  }

  private static var constantLeavesAGap: Line<any PosteriorsForData, SeveralData> {
    Line(
      "constant-leaves-a-gap", "two x's, one q:  log(½√(pp′) + ½√((1−p)(1−p′))) ≤ log ½",
      because: "f constant: (.3, .7) and (.9, .1) share (.663, .337), at −.936251",
      claims: ["A-162"]
    ) { posteriors, data in
      // Two posteriors of one bit, evidence ½ each; the ledger's pair is tilted by the problem.
      let tilt = data.weights[0] - 0.5
      let (p, q) = (0.3 + 0.2 * tilt, 0.9 + 0.1 * tilt)
      let pair = SeveralData(
        logJoints: [[p / 2, (1 - p) / 2], [q / 2, (1 - q) / 2]].map { $0.map(log) },
        weights: [0.5, 0.5])
      let shared = posteriors.shared(pair)
      let value = log(0.5 * (sqrt(p * q) + sqrt((1 - p) * (1 - q))))
      return .atMost(
        pair.bound([shared, shared]), log(0.5), gap: log(0.5) - value, terms: 256, magnitude: 4)
    }
  }
}

private func normalised(_ logs: [Double]) -> [Double] {
  let total = logSumExp(logs)
  return logs.map { exp($0 - total) }
}
