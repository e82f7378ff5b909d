import GSL
import LessonKit
import Models
import Probability
import Verification

/// A table of two or three latents and the factors a sweep starts from.
struct SweepProblem: Sendable {
  /// log p(x, h).
  let table: JointTable
  /// Where the sweep starts.
  let start: [[Double]]

  /// A table and starting factors.
  init(table: JointTable, start: [[Double]]) {
    self.table = table
    self.start = start
  }

  static func random(_ cases: inout Cases) throws -> SweepProblem {
    var sizes: [Int] = []
    for _ in 0..<(try cases.integer(2...3)) { sizes.append(try cases.integer(2...3)) }
    var start: [[Double]] = []
    for size in sizes { start.append(try cases.simplex(size)) }
    return SweepProblem(table: try .random(sizes: sizes, &cases), start: start)
  }

  /// Σ_h q(h) [log p(x, h) − log q(h)] by enumeration.
  func elbo(_ factors: [[Double]]) -> Double {
    var sum = 0.0
    for state in 0..<table.stateCount {
      let values = table.values(of: state)
      let q = values.indices.reduce(1) { $0 * factors[$1][values[$1]] }
      if q > 0 { sum += q * (table.logValues[state] - log(q)) }
    }
    return sum
  }

  /// The best factor of a latent by its definition, state by state.
  func best(_ latent: Int, _ factors: [[Double]]) -> [Double] {
    UpdateProblem(table: table, factors: factors, latent: latent, chain: table).bestTarget
  }
}

extension UpdateProblem {
  /// exp E_{others}[log p(x, h)], normalised.
  var bestTarget: [Double] {
    let expected = expectedLogJoint
    let normaliser = logSumExp(expected)
    return expected.map { exp($0 - normaliser) }
  }
}

/// The signature of exercise `sweep`.
protocol MeanFieldSweep: Sendable {
  /// All factors after each update of one sweep, first latent first.
  func sweep(_ start: [[Double]], _ table: JointTable) -> [[[Double]]]
}

extension Sheet where Subject == any MeanFieldSweep, Model == SweepProblem {
  /// Write a sweep of coordinate ascent.
  static func sweep(example: SweepProblem) -> Sheet {
    Sheet(
      id: "sweep",
      title: "A sweep that never goes down",
      task: """
        Write `sweep`: set each factor to its target in turn, the first latent first, and return \
        all factors after each update. Each update sees the updates before it.
        """,
      hints: [
        "The list has one entry a latent; the last entry is the q that the sweep ends with.",
        "Copy the factors once and change the copy: the next update must see what you changed.",
        "factors[j] = target(j, factors, table); history.append(factors).",
      ],
      example: example, draw: { try SweepProblem.random(&$0) },
      lines: [oneAtATime, risesByTheDivergence, endsHigher, endsAtTheLastTarget])
  }

  static var oneAtATime: Line<any MeanFieldSweep, SweepProblem> {
    Line(
      "one-at-a-time", "q₁ changes first, and is q̃₁ of the start",
      because: "the first update sees nothing but the start"
    ) { ascent, problem in
      let first = ascent.sweep(problem.start, problem.table).first?.first ?? []
      return .equal(first, problem.best(0, problem.start), terms: 512)
    }
  }

  static var risesByTheDivergence: Line<any MeanFieldSweep, SweepProblem> {
    Line(
      "rises-by-the-divergence", "ELBO after − ELBO before = KL(q_j‖q̃_j),  each update",
      because: "the rest of the bound does not depend on q_j", claims: ["A-115"]
    ) { ascent, problem in
      var before = problem.start
      var rises: [Double] = []
      var divergences: [Double] = []
      for (latent, after) in ascent.sweep(problem.start, problem.table).enumerated() {
        rises.append(problem.elbo(after) - problem.elbo(before))
        divergences.append(
          kullbackLeibler(of: before[latent], from: problem.best(latent, before)))
        before = after
      }
      return .equal(rises, divergences, terms: 1024, magnitude: 12)
    }
  }

  static var endsHigher: Line<any MeanFieldSweep, SweepProblem> {
    Line(
      "never-falls", "ELBO after a sweep ≥ ELBO before it",
      because: "it rises by the sum of the divergences, each of which is at least 0",
      claims: ["A-115"]
    ) { ascent, problem in
      var factors = problem.start
      var gap = 0.0
      for latent in problem.table.sizes.indices {
        let best = problem.best(latent, factors)
        gap += kullbackLeibler(of: factors[latent], from: best)
        factors[latent] = best
      }
      let end = ascent.sweep(problem.start, problem.table).last ?? problem.start
      return .atLeast(
        problem.elbo(end), problem.elbo(problem.start), gap: gap, terms: 2048, magnitude: 12)
    }
  }

  static var endsAtTheLastTarget: Line<any MeanFieldSweep, SweepProblem> {
    Line(
      "last-is-stationary", "after the sweep  q_last = q̃_last",
      because: "nothing has changed since the last factor was set"
    ) { ascent, problem in
      let end = ascent.sweep(problem.start, problem.table).last ?? problem.start
      let last = problem.table.latentCount - 1
      return .equal(end[last], problem.best(last, end), terms: 1024)
    }
  }
}
