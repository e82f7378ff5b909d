import LessonKit
import Models
import Probability

/// Two bits, the law of an earlier round that draws are from, and a clip.
struct ClippedProblem: Sendable {
  let bits: BitsProblem
  /// The log odds of r.
  let drawn: [Double]
  /// e.
  let clip: Double
  /// c.
  let baseline: Double

  static let example = ClippedProblem(
    bits: .document, drawn: [0.9, -1.5], clip: 0.3, baseline: -2)

  static func random(_ cases: inout Cases) throws -> ClippedProblem {
    ClippedProblem(
      bits: try .random(&cases), drawn: try cases.reals(2, from: -1.6, to: 1.6),
      clip: try cases.real(from: 0.05, to: 0.4), baseline: try cases.real(from: -2, to: 0))
  }

  /// The same with another law that is drawn from, and another clip.
  func with(drawn: [Double], clip: Double) -> ClippedProblem {
    ClippedProblem(bits: bits, drawn: drawn, clip: clip, baseline: baseline)
  }

  /// ω(z) = q(z)/r(z).
  var ratios: [Double] {
    let r = bits.law.with(logits: drawn)
    return zip(bits.law.probabilities, r.probabilities).map { $0 / $1 }
  }

  /// f(z) − c.
  var advantages: [Double] { bits.values.map { $0 - baseline } }

  /// The states in which min(ω A, clip(ω) A) is the clipped one, and has no slope.
  var clipped: [Int] {
    ratios.indices.filter { z in
      let bounded = min(max(ratios[z], 1 - clip), 1 + clip)
      return bounded * advantages[z] < ratios[z] * advantages[z]
    }
  }
}

extension ClippedProblem: Shown {
  /// q, f, r, e and c.
  var givens: [Given] {
    bits.givens + [Given("θ of r", drawn), Given("e", clip), Given("c", baseline)]
  }
}
