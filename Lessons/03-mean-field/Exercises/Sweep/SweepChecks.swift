import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// Exercise `sweep`: coordinate ascent, and what it is not.
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

// MARK: From log p(x) down

extension SweepExercise {
  static let splitsTheEvidence = Check(
    "evidence-splits", "log p(x) = ELBO(q¹) + KL(q¹‖p(z|x))",
    because: "bound and gap add up, after the sweep too", as: .step
  ) { parts, problem in
    let end = parts.end(of: problem.start, problem.table)
    return .equal(
      problem.table.exactLogEvidence,
      ExactValue(parts.elbo(end, problem.table)) + problem.table.exactGap(end),
      rounding: problem.rounding)
  }

  static let paysForEachUpdate = Check(
    "each-update-pays",
    "ELBO(q¹) + KL(q¹‖p(z|x)) = ELBO(q⁰) + Σ_j KL(q_j‖q̃_j) + KL(q¹‖p(z|x))",
    because: "each update lifts the bound by its own divergence", as: .step
  ) { parts, problem in
    let table = problem.table
    let end = parts.end(of: problem.start, table)
    return .equal(
      table.exactELBO(end) + table.exactGap(end),
      table.exactELBO(problem.start) + problem.rises + table.exactGap(end),
      rounding: problem.rounding)
  }

  static let leavesADivergence = Check(
    "what-is-left",
    "ELBO(q⁰) + Σ_j KL(q_j‖q̃_j) + KL(q¹‖p(z|x)) ≥ ELBO(q⁰) + Σ_j KL(q_j‖q̃_j)",
    because: "what is left of the gap is at least zero", as: .step
  ) { parts, problem in
    let table = problem.table
    let after = table.exactELBO(problem.start) + problem.rises
    let left = table.exactGap(parts.end(of: problem.start, table))
    return .atLeast(
      after + left, after, gap: table.exactLogEvidence - after, rounding: problem.rounding)
  }

  static let paysNoLessThanNothing = Check(
    "rises-add-up", "ELBO(q⁰) + Σ_j KL(q_j‖q̃_j) ≥ ELBO(q⁰)",
    because: "so is each of the divergences", as: .step
  ) { parts, problem in
    let table = problem.table
    var before = problem.start
    var paid: ExactValue = 0
    for (latent, after) in parts.sweep(problem.start, table).enumerated() {
      paid += exactDivergence(of: before[latent], from: after[latent].map { ExactValue($0) })
      before = after
    }
    let start = table.exactELBO(problem.start)
    return .atLeast(start + paid, start, gap: problem.rises, rounding: problem.rounding)
  }
}

// MARK: One sweep

extension SweepExercise {
  static let oneAtATime = Check(
    "one-at-a-time", "q₁ changes first, and is q̃₁ of the start",
    because: "the first update sees nothing but the start"
  ) { parts, problem in
    let first = parts.sweep(problem.start, problem.table).first?.first ?? []
    return .equal(first, problem.table.exactTarget(0, problem.start))
  }

  static let risesByTheDivergence = Check(
    "rises-by-the-divergence", "ELBO after − ELBO before = KL(q_j‖q̃_j),  each update",
    because: "the rest of the bound does not depend on q_j", claims: ["A-115"],
    as: .consequence
  ) { parts, problem in
    let table = problem.table
    var before = problem.start
    var rises: [ExactValue] = []
    var divergences: [ExactValue] = []
    for (latent, after) in parts.sweep(problem.start, table).enumerated() {
      rises.append(table.exactELBO(after) - table.exactELBO(before))
      let target = table.exactTarget(latent, before)
      divergences.append(exactDivergence(of: before[latent], from: target))
      before = after
    }
    return .equal(rises, divergences)
  }

  static let neverFalls = Check(
    "never-falls", "ELBO after a sweep ≥ ELBO before it",
    because: "it rises by the sum of the divergences, each of which is at least 0",
    claims: ["A-115"], as: .aside
  ) { parts, problem in
    let table = problem.table
    var factors = problem.start
    var gap: ExactValue = 0
    for latent in table.sizes.indices {
      let target = table.exactTarget(latent, factors)
      gap += exactDivergence(of: factors[latent], from: target)
      factors[latent] = target.map(\.value)
    }
    return .atLeast(
      table.exactELBO(parts.end(of: problem.start, table)), table.exactELBO(problem.start),
      gap: gap)
  }

  static let lastIsStationary = Check(
    "last-is-stationary", "after the sweep  q_last = q̃_last",
    because: "nothing has changed since the last factor was set"
  ) { parts, problem in
    let end = parts.end(of: problem.start, problem.table)
    let last = problem.table.latentCount - 1
    return .equal(end[last], problem.table.exactTarget(last, end))
  }
}

// MARK: All at once

extension SweepExercise {
  static let allAtOnceSeesTheStart = Check(
    "all-at-once", "all at once:  q_j = q̃_j of the start,  for every j",
    because: "no update sees another: it looks like a sweep, and promises no ascent"
  ) { parts, problem in
    .equal(
      parts.allAtOnce(problem.start, problem.table),
      problem.table.sizes.indices.map { problem.table.exactTarget($0, problem.start) })
  }
}

// MARK: Where sweeps end

extension SweepExercise {
  static let twoFixedPoints = Check(
    "two-fixed-points", "q = σ(log 49 · (2q − 1))  at both ends",
    because: "the target of z₁ is σ(log 49 · (2 q_2(1) − 1)), and at an end q_1(1) = q_2(1) = q",
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
    let updated = [root, 1 - root].map { q in sigmoid(log(49) * (2 * q - 1)) }
    return .equal(ends, updated)
  }

  /// A fixed point of one update after another is one of all at once.
  static let needsNoConjugacy = Check(
    "needs-no-conjugacy", "sigmoid net of three causes:  q_j = q̃_j  for every j",
    because: "exp E[log p] is a finite sum; no closed form, no conjugate pair, and still exact",
    claims: [.against("A-123"), .against("A-143")],
    changing: { ThreeCauses.tilted(by: $0.tilt).givens }
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
    "document-bound", "latent-factor document:  ELBO(q*), #λ ≤ log p(x), 2^D",
    because: "D numbers in place of 2^D joints; the bound's gap is KL(q*‖p(z|x)), and it stays",
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
    let settled = parts.settled(from: start, table)
    // A factor of K states has K − 1 numbers of its own.
    let numbers = settled.reduce(0) { $0 + $1.count - 1 }
    let divergence = exactDivergence(
      of: product(nearest), from: normalised(logJoints.map { ExactValue($0) }))
    return .atMost(
      [parts.elbo(settled, table), Double(numbers)],
      [ExactPosterior(logJoints: logJoints).logEvidence, ExactValue(Double(logJoints.count))],
      gap: [divergence, ExactValue(Double(logJoints.count - start.count))])
  }
}
