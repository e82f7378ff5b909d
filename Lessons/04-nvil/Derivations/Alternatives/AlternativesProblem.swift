import Exact
import GSL
import LessonKit
import Models
import Probability

/// A law over states with a proposal beside it, bits with a table of values, and a moving interval.
struct AlternativesProblem: Sendable {
  /// q over states, f for each, and r.
  let law: SoftmaxLaw
  let values: [Double]
  let proposal: [Double]
  /// b_d = q(z_d = 1) of some bits.
  let b: [Double]
  /// f(z) for the 2^D states of the bits, the first bit lowest.
  let table: [Double]
  /// λ of U(0, λ), and f(z) = slope z + shift on it.
  let end: Double
  let slope: Double
  let shift: Double

  /// E_q[f] over the states.
  let reward: ExpectedValue<SoftmaxLaw>
  /// E_q[f] over the bits, as a function of b itself.
  let mean: ExpectedValue<BernoulliMeans>
  /// E_q[f] over the bits, as a function of their log odds.
  let meanByLogits: ExpectedValue<BernoulliFactors>

  /// A problem; its means are made once, as programs ask for them at every outcome.
  init(
    law: SoftmaxLaw, values: [Double], proposal: [Double], b: [Double], table: [Double],
    end: Double, slope: Double, shift: Double
  ) {
    (self.law, self.values, self.proposal, self.b, self.table) = (law, values, proposal, b, table)
    (self.end, self.slope, self.shift) = (end, slope, shift)
    let value: @Sendable ([Double]) -> Double = { table[BitStates.number(of: $0)] }
    reward = ExpectedValue(under: law, of: values)
    mean = ExpectedValue(under: BernoulliMeans(b), of: value)
    meanByLogits = ExpectedValue(under: BernoulliFactors(b), of: value)
  }

  /// The document of the lesson: its four states with the signal f, and the same as two bits.
  static let example: AlternativesProblem = {
    let document = DocumentProblem.example
    let signals = document.states.map { z, _ in
      document.observed.logJoint(z) - document.logPosterior(z)
    }
    return AlternativesProblem(
      law: SoftmaxLaw(probabilities: document.states.map(\.q)), values: signals,
      proposal: [0.25, 0.25, 0.25, 0.25], b: document.b, table: signals, end: 1.7, slope: 1,
      shift: 0)
  }()

  /// The numbers of E-060, E-057 (its tables list the first bit highest) and E-058.
  static let ofErrata = AlternativesProblem(
    law: SoftmaxLaw(logits: [0.3, -0.2, 0.1, 0.7]), values: [1, -2, 0.5, 3],
    proposal: [0.25, 0.25, 0.25, 0.25], b: [0.2, 0.5, 0.7],
    table: [-1, 0.7, 2, 1.5, 0.5, -2, -0.3, 0], end: 1.7, slope: 1, shift: 0)

  /// Three or four states, two or three bits, a proposal that misses nothing.
  static func random(_ cases: inout Cases) throws -> AlternativesProblem {
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
    return AlternativesProblem(
      law: law, values: values, proposal: try cases.simplex(states),
      b: try cases.reals(bits, from: 0.1, to: 0.9), table: table,
      end: try cases.real(from: 0.5, to: 3), slope: try cases.real(from: 0.3, to: 2),
      shift: try cases.real(from: 0.1, to: 1))
  }
}

// MARK: The exact answers

extension AlternativesProblem {
  /// ∇E_q[f] over the states, by differentiating the sum.
  var exactGradient: [ExactValue] {
    let gradient = exactExpectationGradient(logits: law.logits, of: values)
    return values.indices.map { k in
      differentiated(
        gradient[k],
        from: values.indices.map { law.probabilities[$0] * values[$0] * law.score($0)[k] })
    }
  }

  /// ∂E_q[f]/∂b_d for a table of f, exact because E_q[f] is linear in each b_d: its difference
  /// from b_d = 0 to 1.
  func exactSlope(of table: [Double], bit d: Int) -> ExactValue {
    func mean(_ certain: Double) -> ExactValue {
      var moved = b
      moved[d] = certain
      return zip(factorised(moved), table).sum { ExactValue($0) * ExactValue($1) }
    }
    return mean(1) - mean(0)
  }

  /// The largest |f(z) s₁ s₂|: what cancels in a cross product of two scores.
  var largestCross: Double {
    largestValue * b.reduce(1) { $0 * max(1 / $1, 1 / (1 - $1)) }
  }

  /// The largest |f(z)| of the bits.
  var largestValue: Double { table.map { abs($0) }.max() ?? 0 }

  /// ∂E_q[f]/∂b_d for every bit.
  var exactBitGradient: [ExactValue] { b.indices.map { exactSlope(of: table, bit: $0) } }

  /// Var[f(z_d = 1) − f(z_d = 0)] over the other bits, bit by bit.
  var exactVarianceOfEffects: [ExactValue] {
    b.indices.map { d in
      let gradient = exactSlope(of: table, bit: d)
      return factorised(b).enumerated().sum { state, weight in
        let on = ExactValue(table[state | 1 << d])
        let departure = on - ExactValue(table[state & ~(1 << d)]) - gradient
        return ExactValue(weight) * departure * departure
      }
    }
  }

  /// ∂_λ E[f(z)] = slope/2 for z ~ U(0, λ), whose mean is λ/2.
  var exactUniformDerivative: ExactValue { ExactValue(slope) / 2 }

  /// f(λ)/λ.
  var exactEdge: ExactValue {
    (ExactValue(slope) * ExactValue(end) + ExactValue(shift)) / ExactValue(end)
  }
}

extension AlternativesProblem: Shown {
  /// q over states with f and the proposal, and the bits; the moving interval its checks show.
  var givens: [Given] {
    let isOfBits = table == values
    let ofBits = isOfBits ? [] : [Given("f(z) of the bits", table)]
    let order = isOfBits ? [Given("z", words: "00, 10, 01, 11")] : []
    return [Given("b", b)] + order + [
      Given("q(z)", law.probabilities), Given("f(z)", values),
      Given("r(z)", proposal),
    ] + ofBits
  }

  /// A uniform distribution whose end moves.
  var uniformGivens: [Given] {
    let line = slope == 1 ? "z" : "\(Given("", slope).text) z"
    let offset = shift == 0 ? "" : " + \(Given("", shift).text)"
    return [Given("ω", end), Given("f(z)", words: line + offset)]
  }
}
