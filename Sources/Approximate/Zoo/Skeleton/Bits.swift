import GSL
import Models
import Probability

// What programs over independent bits ask of a problem.

extension DiscreteProblem {
  /// p_d = sigmoid(logit_d).
  var bitProbabilities: [Double] { law.logits.map { sigmoid($0) } }
  /// p_d (1 − p_d).
  var bitVariances: [Double] { law.logits.map { sigmoid($0) * sigmoid(-$0) } }
  /// f at bits.
  func signal(at bits: [Double]) -> Double { signals[law.state(bits)] }
  /// f(b[d ← 1]) − f(b[d ← 0]).
  func difference(at state: Int, in bit: Int) -> Double {
    signals[law.state(state, setting: bit, to: 1)] - signals[law.state(state, setting: bit, to: 0)]
  }
}

/// b_d = 1 if u_d < p_d, else 0.
func thresholded(_ noise: [Double], below probabilities: [Double]) -> [Double] {
  zip(noise, probabilities).map { $0 < $1 ? 1 : 0 }
}

extension RandomChoicesProtocol where Self: ~Copyable {
  /// A uniform number for each list of cuts.
  mutating func uniforms(
    cutAt cuts: [[Double]], degree: Int = 0
  ) throws(ChoiceError) -> [Double] {
    var noise: [Double] = []
    for cuts in cuts { noise.append(try uniform(cutAt: cuts, degree: degree)) }
    return noise
  }
}

extension SmoothFunction {
  /// The highest power of any single coordinate in a polynomial; nil for what is none.
  var degreeInEach: Int? {
    switch self {
    case .terms, .linear: 1
    case .polynomial(let terms): terms.flatMap(\.powers).max() ?? 0
    case .power(_, let exponent): exponent
    case .ridges, .logMixture: nil
    case .sum(let functions):
      functions.reduce(0) { most, f in
        most.flatMap { most in f.degreeInEach.map { max(most, $0) } }
      }
    }
  }
}
