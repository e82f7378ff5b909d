import Probability

extension JointAndConditionalDerivation {
  /// Two classes and two tables of three words, and bits that depend on the class.
  struct Problem: Sendable {
    /// p(y), the second class the likelier one.
    var prior = [0.4, 0.6]
    /// p(x|y), a row a class.
    var rows = [[0.7, 0.2, 0.1], [0.2, 0.3, 0.5]]
    /// P(bit = 1 | class), a row a class.
    var bits = [[0.8, 0.7], [0.3, 0.2]]
    /// p(class | x) at a second input.
    var otherWeights = [0.75, 0.25]
    /// A word that was seen.
    var word = 0

    /// Classes of .4 and .6.
    static let example = Problem()

    /// The tables differ by construction, and so do the classes' bits.
    static func random(_ cases: inout Cases) throws -> Problem {
      // The second word's probability differs between the classes by construction.
      func table(_ low: Double, _ high: Double) throws -> [Double] {
        let first = try cases.real(from: low, to: high)
        let second = (1 - first) * (try cases.real(from: 0.2, to: 0.8))
        return [first, second, 1 - first - second]
      }
      let prior = try cases.real(from: 0.2, to: 0.45)
      let other = try cases.real(from: 0.55, to: 0.9)
      return Problem(
        prior: [prior, 1 - prior], rows: [try table(0.6, 0.8), try table(0.1, 0.4)],
        bits: [try cases.reals(2, from: 0.6, to: 0.95), try cases.reals(2, from: 0.05, to: 0.4)],
        otherWeights: [other, 1 - other], word: try cases.integer(0...2))
    }

    /// p(y) p(x|y), a row a word: the joint of word and class.
    var joint: [[Double]] {
      rows[0].indices.map { x in prior.indices.map { prior[$0] * rows[$0][x] } }
    }
    /// The same row sums with each row turned round: another joint with the same p(x).
    var turned: [[Double]] { joint.map { Array($0.reversed()) } }
  }
}

// MARK: Exact numbers

extension JointAndConditionalDerivation.Problem {
  /// p(y).
  var exactPrior: [ExactValue] { prior.map { ExactValue($0) } }
  /// p(x|y), a row a class.
  var exactRows: [[ExactValue]] { rows.map { row in row.map { ExactValue($0) } } }

  /// p(y) p(x|y), a row a word.
  var exactJoint: [[ExactValue]] {
    rows[0].indices.map { x in zip(exactPrior, exactRows).map { $0 * $1[x] } }
  }
  /// p(x) = Σ_y p(y) p(x|y).
  var exactWords: [ExactValue] { exactJoint.map { $0.sum() } }

  /// P(bit d = 1).
  func exactlyOn(_ bit: Int) -> ExactValue {
    zip(exactPrior, bits).sum { $0 * ExactValue($1[bit]) }
  }
  /// Cov(p_1z, p_2z) over z.
  var exactCovariance: ExactValue {
    let differences = [0, 1].map { ExactValue(bits[0][$0]) - ExactValue(bits[1][$0]) }
    return exactPrior[0] * exactPrior[1] * differences[0] * differences[1]
  }
}
