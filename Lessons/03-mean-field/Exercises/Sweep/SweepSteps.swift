import GSL
import LessonKit
import Models
import Probability
import Verification

// The derivation of exercise `sweep`: what one sweep does to the bound, from log p(x) down.

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
    claims: ["A-115"], as: .consequence
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
