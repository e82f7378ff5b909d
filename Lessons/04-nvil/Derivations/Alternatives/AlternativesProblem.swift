import Exact
import GSL
import Models
import Probability

/// A law over states with a proposal beside it, bits with a table of values, and a moving interval.
struct AlternativeProblem: Sendable {
  let law: SoftmaxLaw
  let values: [Double]
  let proposal: [Double]
  let b: [Double]
  /// f(z) for the 2^D states, the first bit lowest.
  let table: [Double]
  /// λ of U(0, λ), and f(z) = slope z + shift on it.
  let end: Double
  let slope: Double
  let shift: Double

  var q: BernoulliFactors { BernoulliFactors(b) }

  /// E_q[f] as a function of b itself.
  var mean: ExpectedValue<BernoulliMeans> { ExpectedValue(under: BernoulliMeans(b), of: value) }

  @Sendable
  func value(_ z: [Double]) -> Double {
    table[z.indices.reduce(0) { $0 + (z[$1] == 1 ? 1 << $1 : 0) }]
  }

  /// ∂E_q[f]/∂b_d for a table of f, exact because E_q[f] is linear in each b_d: its difference
  /// from b_d = 0 to 1.
  func slope(of table: [Double], bit d: Int) -> Double {
    func mean(_ b: [Double]) -> Double {
      zip(factorised(b), table).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var (on, off) = (b, b)
    (on[d], off[d]) = (1, 0)
    return mean(on) - mean(off)
  }

  /// ∂E_q[f]/∂b_d for every bit.
  var exactBitGradient: [Double] { b.indices.map { slope(of: table, bit: $0) } }

  /// The numbers of E-060, E-057 (its tables list the first bit highest) and E-058.
  static let example = AlternativeProblem(
    law: SoftmaxLaw(logits: [0.3, -0.2, 0.1, 0.7]), values: [1, -2, 0.5, 3],
    proposal: [0.25, 0.25, 0.25, 0.25], b: [0.2, 0.5, 0.7],
    table: [-1, 0.7, 2, 1.5, 0.5, -2, -0.3, 0], end: 1.7, slope: 1, shift: 0)

  /// Three or four states, two or three bits, a proposal that misses nothing.
  @Sendable
  static func draw(_ cases: inout Cases) throws(ChoiceError) -> AlternativeProblem {
    let states = try cases.integer(3...4)
    let bits = try cases.integer(2...3)
    let law = SoftmaxLaw(logits: try cases.reals(states, from: -1.2, to: 1.2))
    var values: [Double] = []
    for state in 0..<states {
      values.append(try cases.real(from: -1, to: -0.2) - 1.3 * Double(state))
    }
    var table: [Double] = []
    for state in 0..<(1 << bits) {
      table.append(try cases.real(from: -3.1, to: -1.1) + (state & 1 == 1 ? 2.05 : 0))
    }
    return AlternativeProblem(
      law: law, values: values, proposal: try cases.simplex(states),
      b: try cases.reals(bits, from: 0.1, to: 0.9), table: table,
      end: try cases.real(from: 0.5, to: 3), slope: try cases.real(from: 0.3, to: 2),
      shift: try cases.real(from: 0.1, to: 1))
  }
}
