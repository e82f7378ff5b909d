import Exact
import GSL
import LessonKit
import Probability
import Verification

/// Exercise `one-for-all`: one q for all data, one q each, and tables and constants between them.
enum OneForAllExercise {
  /// What is written.
  struct Parts: Sendable {
    /// The one q(z) that serves all data best.
    var shared: @Sendable (SeveralData) -> [Double]
    /// The best q of each datum.
    var own: @Sendable (SeveralData) -> [[Double]]
  }

  typealias Check = LessonKit.Check<Parts, SeveralData>

  static let checks: [Check] = [
    ownAreTight, sharedFallsShort, sharedValue, othersFallShort, sharedAveragesLogs, sharedLoses,
    dependsOnTheDatum, agreesForEqualData, lookUpTableIsExact, constantLeavesAGap,
  ]
}

// MARK: Functions of the datum

extension OneForAllExercise {
  static let dependsOnTheDatum = Check(
    "depends-on-the-datum", "log-odds of q_{x₁} ≠ log-odds of q_{x₂}",
    because: "they differ by the log of the ratio of likelihoods", claims: ["A-163"]
  ) { parts, data in
    let own = parts.own(data)
    func logOdds(_ q: [Double]) -> Double { log(q[1] / q[0]) }
    let (one, two) = (
      data.logJoints[0].map { ExactValue($0) }, data.logJoints[1].map { ExactValue($0) }
    )
    return .different(
      logOdds(own[0]), logOdds(own[1]), by: (one[1] - two[1]) - (one[0] - two[0]), atLeast: 1e-3,
      rounding: .of(
        size: data.largestLogJoint, because: "a log-odds is a difference of two log joints"))
  }

  static let lookUpTableIsExact = Check(
    "look-up-table-is-exact", "f(x_i) = row i of a table:  q_{x_i}(z) = p(z|x_i)",
    because: "a recognition model with a row for every x can say whatever the posteriors say",
    claims: ["A-162"]
  ) { parts, data in
    .equal(parts.own(data), data.logJoints.indices.map { data.posterior($0) })
  }

  static let constantLeavesAGap = Check(
    "constant-leaves-a-gap",
    "p(z=1|x) = r or r′:  log(½√(r r′) + ½√((1−r)(1−r′))) ≤ log ½",
    because: "the best constant q is ∝ the geometric mean of the two posteriors",
    claims: ["A-162"],
    changing: { data in
      let (r, other) = data.twoPosteriors
      return [Given("r", r), Given("r′", other), Given("p(x)", 0.5)]
    }
  ) { parts, data in
    // Two posteriors of one bit, evidence ½ each; the ledger's pair is tilted by the problem.
    let (p, q) = data.twoPosteriors
    let pair = SeveralData(
      logJoints: [[p / 2, (1 - p) / 2], [q / 2, (1 - q) / 2]].map { row in row.map { log($0) } },
      weights: [0.5, 0.5])
    let (on, off) = (
      (ExactValue(p) * ExactValue(q)).squareRoot,
      ((1 - ExactValue(p)) * (1 - ExactValue(q))).squareRoot
    )
    let half = ExactValue(0.5).logarithm
    return .atMost(
      pair.bound(shared: parts.shared(pair)), half, gap: half - ((on + off) / 2).logarithm)
  }
}

// MARK: One q for all data

extension OneForAllExercise {
  static let sharedAveragesLogs = Check(
    "averages-the-logs", "log q*(z) − log q*(0) = E_x[log p(x, z) − log p(x, 0)]",
    because: "E_q[E_x log p] + H(q) is the bound of one datum with an averaged log joint; "
      + "here z = 1",
    as: .consequence
  ) { parts, data in
    let logs = parts.shared(data).map { log($0) }
    let expected = data.expectedLogJoint
    return .equal(
      logs.dropFirst().map { $0 - logs[0] }, expected.dropFirst().map { $0 - expected[0] })
  }

  static let sharedValue = Check(
    "value-of-the-shared", "E_x ELBO(q*) = log Σ_z exp E_x[log p(x, z)]",
    because: "at the best q the bound is the log of the normaliser", as: .step
  ) { parts, data in
    .equal(
      data.bound(shared: parts.shared(data)),
      data.expectedLogJoint.sum { $0.exponential }.logarithm)
  }

  static let agreesForEqualData = Check(
    "equal-data-share", "x₁ = x₂ = …:  q* = p(z|x₁)",
    because: "if all data are the same, one q is enough",
    changing: { data in
      data.repeated.logJoints.enumerated().dropFirst().map {
        Given("p(x_\($0 + 1), z)", $1.map { exp($0) })
      }
    }
  ) { parts, data in
    .equal(parts.shared(data.repeated), data.posterior(0))
  }
}

// MARK: One for all, or one each

extension OneForAllExercise {
  static let ownAreTight = Check(
    "own-are-tight", "E_x log p(x) = E_x ELBO(q_x)",
    because: "one q per datum: each minimises its own KL, down to zero",
    claims: ["A-260"], as: .step
  ) { parts, data in
    .equal(data.bound(parts.own(data)), data.expectedLogEvidence)
  }

  static let sharedFallsShort = Check(
    "shared-falls-short", "E_x ELBO(q_x) ≥ E_x ELBO(q*)",
    because: "one q for all: short by E_x KL(q*‖p(z|x))", as: .step
  ) { parts, data in
    .atLeast(
      data.bound(parts.own(data)), data.bound(shared: parts.shared(data)), gap: data.loss,
      rounding: .of(size: data.largestLogJoint, because: "bounds are means of log joints"))
  }

  static let othersFallShort = Check(
    "any-other-falls-short", "log Σ_z exp E_x[log p(x, z)] ≥ E_x ELBO(q)",
    because: "any other shared q: short by KL(q‖q*) more", as: .step
  ) { parts, data in
    let value = data.expectedLogJoint.sum { $0.exponential }.logarithm
    let shared = parts.shared(data).map { ExactValue($0) }
    return .atLeast(
      value, value - exactDivergence(of: data.any, from: shared),
      gap: value - data.bound(shared: data.any),
      rounding: .of(size: data.largestLogJoint, because: "bounds are means of log joints"))
  }

  static let sharedLoses = Check(
    "one-for-all-loses", "one q:  E_x ELBO(q*) ≠ E_x log p(x)",
    because: "short by E_x KL(q*‖p(z|x)): it is the posterior of no datum",
    claims: [.against("A-260")]
  ) { parts, data in
    // The divergences of the best shared q, which is computed here anew.
    let (best, loss) = (data.best, data.loss)
    // Pinsker: KL(q‖p) ≥ 2 max_z |q(z) − p(z)|².
    let smallest = data.mean { index in
      let departure = zip(best, data.posterior(index)).map { abs(($0 - $1).value) }.max() ?? 0
      return ExactValue(2 * departure * departure)
    }
    return .different(
      data.bound(shared: parts.shared(data)), data.expectedLogEvidence, by: -loss,
      atLeast: smallest.value)
  }
}
