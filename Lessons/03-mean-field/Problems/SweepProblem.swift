import GSL
import Models
import Probability
import Verification

/// A table of two or three latents and the factors a sweep starts from.
struct SweepProblem: Sendable {
  /// log p(x, z).
  let table: JointTable
  /// Where the sweep starts.
  let start: [[Double]]

  /// Wet grass: cloudy, sprinkler and rain, and some beliefs of each.
  static func example() throws -> SweepProblem {
    SweepProblem(table: try Sprinkler.softened(), start: [[0.5, 0.5], [0.6, 0.4], [0.3, 0.7]])
  }

  /// Two or three latents of two or three values, any start.
  static func random(_ cases: inout Cases) throws -> SweepProblem {
    var sizes: [Int] = []
    for _ in 0..<(try cases.integer(2...3)) { sizes.append(try cases.integer(2...3)) }
    var start: [[Double]] = []
    for size in sizes { start.append(try cases.simplex(size)) }
    return SweepProblem(table: try .random(sizes: sizes, &cases), start: start)
  }

  /// A number between 0 and 1 that tilts the tables below: P(z₁ = 0) of the start.
  var tilt: Double { start[0][0] }
}

// MARK: What is exact about it

extension SweepProblem {
  /// Σ_j KL(q_j‖q̃_j) along one sweep, each target from the newest factors.
  var rises: ExactValue {
    var factors = start
    var sum: ExactValue = 0
    for latent in table.sizes.indices {
      let target = table.exactTarget(latent, factors)
      sum += exactDivergence(of: factors[latent], from: target)
      factors[latent] = target.map(\.value)
    }
    return sum
  }

  /// What a bound is summed from is larger than the bound.
  var rounding: Rounding {
    .of(
      size: table.logValues.map { -$0 }.max() ?? 0,
      because: "a bound is a mean of log joints, of which the largest may cancel")
  }
}

/// Two bits that nearly always agree: the bound has a hill at (0, 0) and one at (1, 1).
func twoHills() throws -> JointTable {
  try JointTable(rows: [[0.49, 0.01], [0.01, 0.49]])
}

/// The fixed point above ½ of logit q = log(.49/.01) (2q − 1), by Brent's method.
func hilltop() throws -> Double {
  try ScalarSearch.root(from: 0.6, to: 0.999) { q in
    log(q / (1 - q)) - log(49) * (2 * q - 1)
  }.point
}

/// A sigmoid net: one observed child of three binary causes.
///
/// ```
/// p(x = 1 | z) = σ(w · z − .4)          P(z = 1) = (.3, .6, .2)
/// ```
struct ThreeCauses: Sendable {
  /// w, the weight of each cause.
  var weights = [1.7, -2.3, 0.9]
  /// P(z = 1) of each cause.
  let priors = [0.3, 0.6, 0.2]

  /// The net with its first and last weight tilted apart.
  static func tilted(by tilt: Double) -> ThreeCauses {
    ThreeCauses(weights: [1.7 + tilt, -2.3, 0.9 - tilt])
  }

  /// log p(x = 1, z), the last cause fastest.
  func table() throws -> JointTable {
    let logValues = (0..<8).map { state -> Double in
      let bits = [state >> 2 & 1, state >> 1 & 1, state & 1]
      let prior = zip(bits, priors).reduce(0) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
      return prior + logSigmoid(zip(bits, weights).reduce(-0.4) { $0 + Double($1.0) * $1.1 })
    }
    return try JointTable(sizes: [2, 2, 2], logValues: logValues)
  }

  /// log p(x = 1 | z₁ = 1, others) − log p(x = 1 | z₁ = 0, others), where the others may be means.
  func slope(_ second: ExactValue, _ third: ExactValue) -> ExactValue {
    let w = weights.map { ExactValue($0) }
    let rest = w[1] * second + w[2] * third - 0.4
    // log σ(a) = −log(1 + e^−a).
    return (1 + (-rest).exponential).logarithm - (1 + (-(w[0] + rest)).exponential).logarithm
  }
}
