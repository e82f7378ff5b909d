import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `sweep`: coordinate ascent, and what it is not.
///
/// The derivation is in SweepSteps.swift, where sweeps end is here.
enum SweepExercise {
  /// What is written, and what is given: the update of all factors at once, and the bound.
  struct Parts: Sendable {
    /// All factors after each update of one sweep, first latent first.
    var sweep: @Sendable (_ start: [[Double]], JointTable) -> [[[Double]]]
    /// All factors set at once, each from the others' old values.
    var allAtOnce: @Sendable (_ factors: [[Double]], JointTable) -> [[Double]]
    /// ELBO(q), of a product given by its factors.
    var elbo: @Sendable (_ factors: [[Double]], JointTable) -> Double

    /// Where one sweep ends.
    func end(of start: [[Double]], _ table: JointTable) -> [[Double]] {
      sweep(start, table).last ?? start
    }

    /// Sweeps until nothing moves any more.
    func settled(from start: [[Double]], _ table: JointTable) -> [[Double]] {
      var factors = start
      for _ in 0..<200 {
        let next = end(of: factors, table)
        let moved = zip(next.joined(), factors.joined()).contains { abs($0 - $1) > .ulpOfOne }
        factors = next
        if !moved { break }
      }
      return factors
    }
  }

  typealias Check = LessonKit.Check<Parts, SweepProblem>

  static let checks: [Check] = [
    splitsTheEvidence, paysForEachUpdate, leavesADivergence, paysNoLessThanNothing,
    risesByTheDivergence, neverFalls, twoFixedPoints, oneAtATime, lastIsStationary,
    allAtOnceSeesTheStart, needsNoConjugacy, meansAreNotEnough, documentBound,
  ]
}

// MARK: Where sweeps end

extension SweepExercise {
  static let twoFixedPoints = Check(
    "two-fixed-points", "logit q = log(.49/.01) (2q − 1)  at both ends",
    because: "two starts, two fixed points: the bound has two hills",
    claims: ["A-115"], as: .consequence,
    changing: { problem in
      let high = 0.55 + 0.3 * problem.tilt
      return [
        Given("p(x, z)", try twoHills().jointRows),
        Given("q⁰(z_1=1) = q⁰(z_2=1)", words: "\(Given("", high).text) and then 1 minus this"),
      ]
    }
  ) { parts, problem in
    let table = try twoHills()
    // The start of the problem only chooses on which side of ½ the two climbs begin.
    let high = 0.55 + 0.3 * problem.tilt
    let ends = [high, 1 - high].map { start in
      parts.settled(from: factors([start, start]), table)[0][1]
    }
    // At the fixed point an error shrinks by |q(1 − q) 2 log 49| < .19 a sweep.
    let root = try hilltop()
    return .equal(ends, [root, 1 - root])
  }

  /// A fixed point of one update after another is one of all at once.
  static let needsNoConjugacy = Check(
    "needs-no-conjugacy", "sigmoid net of three causes:  q_j = q̃_j  for every j",
    because: "exp E[log p] is a finite sum; no closed form, no conjugate pair, and still exact",
    claims: ["A-123", "A-143"], changing: { ThreeCauses.tilted(by: $0.tilt).givens }
  ) { parts, problem in
    let table = try ThreeCauses.tilted(by: problem.tilt).table()
    let settled = parts.settled(from: factors([0.5, 0.5, 0.5]), table)
    let end = parts.allAtOnce(settled, table)
    return .equal(end.map { $0[1] }, end.indices.map { table.exactTarget($0, end)[1] })
  }

  static let meansAreNotEnough = Check(
    "means-are-not-enough", "logit q₁ ≠ logit P(z₁=1) + log p(x|1, E_q z) − log p(x|0, E_q z)",
    because: "log p(x|z) = log σ(w·z − .4) bends: the others' means are not enough",
    claims: ["A-143"], changing: { ThreeCauses.tilted(by: $0.tilt).givens }
  ) { parts, problem in
    let net = ThreeCauses.tilted(by: problem.tilt)
    let end = parts.settled(from: factors([0.5, 0.5, 0.5]), try net.table())
    let q = end.map { ExactValue($0[1]) }
    let atMeans = net.slope(q[1], q[2])
    // E[slope] under q₂ q₃, the four states written out.
    let whenOn = q[2] * net.slope(1, 1) + (1 - q[2]) * net.slope(1, 0)
    let whenOff = q[2] * net.slope(0, 1) + (1 - q[2]) * net.slope(0, 0)
    let mean = q[1] * whenOn + (1 - q[1]) * whenOff
    let prior = (ExactValue(0.3) / 0.7).logarithm
    return .different(
      (q[0] / (1 - q[0])).logarithm, prior + atMeans, by: mean - atMeans, atLeast: 1e-3)
  }

  static let documentBound = Check(
    "document-bound", "latent-factor document:  ELBO(q*) ≤ log p(x)",
    because: "D numbers in place of 2^D; the gap is KL(q*‖p(z|x)), and it does not close",
    claims: ["A-264"], as: .aside,
    changing: { _ in
      [Given("p(x, z)", JointTable(LatentFactorDocument.twoFactors).jointRows)]
    }
  ) { parts, problem in
    let table = JointTable(LatentFactorDocument.twoFactors)
    // Sweeps from anywhere end at the one hill this table has; the start is the problem's. The
    // second factor is the one that tells: the first is set before it is looked at.
    let start = problem.start.prefix(2).map { [$0[0], 1 - $0[0]] }
    let logJoints = table.logValues
    let nearest = try nearestProduct(to: [Array(logJoints[..<2]), Array(logJoints[2...])])
    return .atMost(
      parts.elbo(parts.settled(from: start, table), table),
      ExactPosterior(logJoints: logJoints).logEvidence,
      gap: exactDivergence(
        of: product(nearest), from: normalised(logJoints.map { ExactValue($0) })))
  }
}
