import GSL
import Models
import Probability

/// A table of two or three latents and the factors a sweep starts from.
struct SweepProblem: Sendable {
  /// log p(x, h).
  let table: JointTable
  /// Where the sweep starts.
  let start: [[Double]]

  /// Two bits in two wells, and a start between them.
  static func example() throws -> SweepProblem {
    SweepProblem(table: try twoWells(), start: [[0.7, 0.3], [0.4, 0.6]])
  }

  /// Two or three latents of two or three values, any start.
  static func random(_ cases: inout Cases) throws -> SweepProblem {
    var sizes: [Int] = []
    for _ in 0..<(try cases.integer(2...3)) { sizes.append(try cases.integer(2...3)) }
    var start: [[Double]] = []
    for size in sizes { start.append(try cases.simplex(size)) }
    return SweepProblem(table: try .random(sizes: sizes, &cases), start: start)
  }

  /// A number between 0 and 1 that tilts the tables below: P(h₁ = 0) of the start.
  var tilt: Double { start[0][0] }
}

/// Two bits that nearly always agree: a well at (0, 0) and one at (1, 1).
func twoWells() throws -> JointTable {
  try JointTable(rows: [[0.49, 0.01], [0.01, 0.49]])
}

/// The fixed point above ½ of logit q = log(.49/.01) (2q − 1), by Brent's method.
func wellBottom() throws -> Double {
  try ScalarSearch.root(from: 0.6, to: 0.999) { q in
    log(q / (1 - q)) - log(49) * (2 * q - 1)
  }.point
}

/// A sigmoid net: one observed child of three binary causes.
///
/// ```
/// p(x = 1 | h) = σ(w · h − .4)          P(h = 1) = (.3, .6, .2)
/// ```
struct ThreeCauses: Sendable {
  /// w, the weight of each cause.
  var weights = [1.7, -2.3, 0.9]

  /// The net with its first and last weight tilted apart.
  static func tilted(by tilt: Double) -> ThreeCauses {
    ThreeCauses(weights: [1.7 + tilt, -2.3, 0.9 - tilt])
  }

  /// log p(x = 1, h), the last cause fastest.
  func table() throws -> JointTable {
    let priors = [0.3, 0.6, 0.2]
    let logValues = (0..<8).map { state -> Double in
      let bits = [state >> 2 & 1, state >> 1 & 1, state & 1]
      let prior = zip(bits, priors).reduce(0) { $0 + log($1.0 == 1 ? $1.1 : 1 - $1.1) }
      return prior + logSigmoid(zip(bits, weights).reduce(-0.4) { $0 + Double($1.0) * $1.1 })
    }
    return try JointTable(sizes: [2, 2, 2], logValues: logValues)
  }

  /// log p(x = 1 | h₁ = 1, others) − log p(x = 1 | h₁ = 0, others), where the others may be means.
  func slope(_ second: ExactValue, _ third: ExactValue) -> ExactValue {
    let w = weights.map { ExactValue($0) }
    let rest = w[1] * second + w[2] * third - 0.4
    // log σ(a) = −log(1 + e^−a).
    return (1 + (-rest).exponential).logarithm - (1 + (-(w[0] + rest)).exponential).logarithm
  }
}
