import Approximate
import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

extension Page {
  /// A sweep, and what it is not.
  static let sweep: Exercise<any MeanFieldSweep, SweepProblem>? = {
    guard let example = try? SweepProblem(table: twoWells(), start: [[0.7, 0.3], [0.4, 0.6]])
    else { return nil }
    return Exercise(
      .sweep(example: example),
      answer: LibrarySweep(),
      derivation: [
        twoFixedPoints, climbsWithoutConjugacy, meansAreNotEnough, findsTheDocumentsBound,
      ],
      mistakes: [
        Mistake(
          "updates-in-parallel", "every factor from the old values of the others: it can fall",
          source: "E-025", ParallelSweep()),
        Mistake(
          "starts-afresh-each-time", "forgets where it was and starts from uniform factors",
          StartsAfresh()),
        Mistake("never-reaches-the-last-factor", "0 ..< n − 1", SkipsLast()),
        Mistake(
          "goes-half-way", "the mean of the old factor and its target, which also rises, but less",
          GoesHalfWay()),
        Mistake("goes-backwards", "the last factor first", GoesBackwards()),
      ])
  }()

  /// Two bits that nearly always agree: a well at (0, 0) and one at (1, 1).
  static func twoWells() throws -> JointTable {
    try JointTable(rows: [[0.49, 0.01], [0.01, 0.49]])
  }

  /// The fixed point above ½ of logit q = log(.49/.01) (2q − 1), by Brent's method.
  static func wellBottom() throws -> Double {
    func slope(_ q: Double) -> Double {
      let logit = log(q / (1 - q))
      return logit - log(49) * (2 * q - 1)
    }
    return try ScalarSearch.root(from: 0.6, to: 0.999, slope).point
  }

  /// One observed child of three binary causes, p(x = 1 | h) = σ(1.7 h₁ − 2.3 h₂ + .9 h₃ − .4).
  static func threeCauses(_ weights: [Double] = [1.7, -2.3, 0.9]) throws -> JointTable {
    let priors = [0.3, 0.6, 0.2]
    let logValues = (0..<8).map { state -> Double in
      let bits = [state >> 2 & 1, state >> 1 & 1, state & 1]
      let prior = zip(bits, priors).reduce(0) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
      return prior + logSigmoid(zip(bits, weights).reduce(-0.4) { $0 + Double($1.0) * $1.1 })
    }
    return try JointTable(sizes: [2, 2, 2], logValues: logValues)
  }

  /// Sweeps until nothing moves any more.
  static func settle(
    _ ascent: any MeanFieldSweep, _ start: [[Double]], _ table: JointTable, sweeps: Int = 200
  ) -> [[Double]] {
    var factors = start
    for _ in 0..<sweeps { factors = ascent.sweep(factors, table).last ?? factors }
    return factors
  }

  private static var twoFixedPoints: Line<any MeanFieldSweep, SweepProblem> {
    Line(
      "two-fixed-points", "logit q = log(.49/.01) (2q − 1)  at both ends",
      because: "two starts, two fixed points, .97599 and .02401: the bound has two hills",
      claims: ["A-115"]
    ) { ascent, problem in
      let table = try twoWells()
      // The start of the problem only chooses on which side of ½ the two climbs begin.
      let high = 0.55 + 0.3 * problem.start[0][0]
      let ends = [high, 1 - high].map { start in
        settle(ascent, [[1 - start, start], [1 - start, start]], table)[0][1]
      }
      let root = try wellBottom()
      // At the fixed point an error shrinks by |q(1 − q) 2 log 49| < .19 a sweep.
      return .equal(ends, [root, 1 - root], terms: 4096)
    }
  }

  private static var climbsWithoutConjugacy: Line<any MeanFieldSweep, SweepProblem> {
    Line(
      "needs-no-conjugacy", "sigmoid net of three causes:  q_j = q̃_j  for every j",
      because: "exp E[log p] is a finite sum; no closed form, no conjugate pair, and still exact",
      claims: ["A-123", "A-143"]
    ) { ascent, problem in
      let tilt = problem.start[0][0]
      let table = try threeCauses([1.7 + tilt, -2.3, 0.9 - tilt])
      let start = [[Double]](repeating: [0.5, 0.5], count: 3)
      let end = settle(ascent, start, table)
      let targets = (0..<3).map { MeanField(factors: end).target($0, table)[1] }
      return .equal(end.map { $0[1] }, targets, terms: 4096)
    }
  }

  private static var meansAreNotEnough: Line<any MeanFieldSweep, SweepProblem> {
    Line(
      "means-are-not-enough", "logit q₁ ≠ logit π₁ + log f(1, Eh) − log f(0, Eh)",
      because: "log f = log σ(w·h − .4) is not linear in h: the others' means are not enough",
      claims: ["A-143"]
    ) { ascent, problem in
      let tilt = problem.start[0][0]
      let w = [1.7 + tilt, -2.3, 0.9 - tilt]
      let half = [[Double]](repeating: [0.5, 0.5], count: 3)
      let q = settle(ascent, half, try threeCauses(w)).map { $0[1] }
      func slope(_ second: Double, _ third: Double) -> Double {
        let rest = w[1] * second + w[2] * third - 0.4
        return logSigmoid(w[0] + rest) - logSigmoid(rest)
      }
      // E[slope] under q₂ q₃, the four states written out.
      let mean =
        q[1] * (q[2] * slope(1, 1) + (1 - q[2]) * slope(1, 0))
        + (1 - q[1]) * (q[2] * slope(0, 1) + (1 - q[2]) * slope(0, 0))
      let prior = log(0.3 / 0.7)
      return .different(
        log(q[0] / (1 - q[0])), prior + slope(q[1], q[2]), by: mean - slope(q[1], q[2]),
        atLeast: 1e-3, terms: 4096, magnitude: 8)
    }
  }

  private static var findsTheDocumentsBound: Line<any MeanFieldSweep, SweepProblem> {
    Line(
      "document-bound", "latent-factor document:  ELBO(q*) ≤ log p(x)",
      because: "D numbers in place of 2^D; the gap is KL(q*‖p(z|x)), and it does not close",
      claims: ["A-264"]
    ) { ascent, problem in
      let model = LatentFactorDocument.twoFactors
      let table = JointTable(model)
      // Sweeps from anywhere end at the one hill this table has; the start is the problem's. The
      // second factor is the one that tells: the first is set before it is looked at.
      let start = problem.start.prefix(2).map { [$0[0], 1 - $0[0]] }
      let end = settle(ascent, start, table)
      let best = MeanField.settled(on: table)
      let posterior = ExactPosterior(logJoints: table.logValues)
      let q = (0..<4).map { MeanField(factors: best).probability(table.values(of: $0)) }
      return .atMost(
        MeanField(factors: end).elbo(table).value, posterior.logEvidence.value,
        gap: kullbackLeibler(of: q, from: posterior.probabilities ?? q), terms: 4096,
        magnitude: 8)
    }
  }
}

extension MeanField {
  /// The fixed point that 200 sweeps of the library reach from uniform factors.
  static func settled(on table: JointTable) -> [[Double]] {
    var field = MeanField(uniformOver: table)
    for _ in 0..<200 { _ = field.sweep(table) }
    return field.factors
  }
}

/// The library's sweep, with the factors after each update.
private struct LibrarySweep: MeanFieldSweep {
  func sweep(_ start: [[Double]], _ table: JointTable) -> [[[Double]]] {
    var field = MeanField(factors: start)
    return table.sizes.indices.map { latent in
      field.factors[latent] = field.target(latent, table)
      return field.factors
    }
  }
}

private struct ParallelSweep: MeanFieldSweep {
  func sweep(_ start: [[Double]], _ table: JointTable) -> [[[Double]]] {
    let old = MeanField(factors: start)
    var factors = start
    return table.sizes.indices.map { latent in
      factors[latent] = old.target(latent, table)
      return factors
    }
  }
}

private struct StartsAfresh: MeanFieldSweep {
  func sweep(_ start: [[Double]], _ table: JointTable) -> [[[Double]]] {
    LibrarySweep().sweep(MeanField(uniformOver: table).factors, table)
  }
}

private struct SkipsLast: MeanFieldSweep {
  func sweep(_ start: [[Double]], _ table: JointTable) -> [[[Double]]] {
    var steps = Array(LibrarySweep().sweep(start, table).dropLast())
    steps.append(steps.last ?? start)
    return steps
  }
}

private struct GoesHalfWay: MeanFieldSweep {
  func sweep(_ start: [[Double]], _ table: JointTable) -> [[[Double]]] {
    var field = MeanField(factors: start)
    return table.sizes.indices.map { latent in
      field.factors[latent] = zip(field.factors[latent], field.target(latent, table)).map {
        0.5 * ($0 + $1)
      }
      return field.factors
    }
  }
}

private struct GoesBackwards: MeanFieldSweep {
  func sweep(_ start: [[Double]], _ table: JointTable) -> [[[Double]]] {
    var field = MeanField(factors: start)
    return table.sizes.indices.reversed().map { latent in
      field.factors[latent] = field.target(latent, table)
      return field.factors
    }
  }
}
