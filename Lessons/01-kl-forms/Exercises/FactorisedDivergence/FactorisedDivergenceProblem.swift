import LessonKit
import Models
import Probability

extension FactorisedDivergenceExercise {
  /// Independent bits q and their prior p.
  struct Problem: Sendable {
    /// The bits of q.
    let q: BernoulliFactors
    /// The bits of the prior.
    let p: BernoulliFactors

    /// Two bits.
    static let example = Problem(
      q: BernoulliFactors([0.35, 0.6]), p: BernoulliFactors([0.3, 0.3]))

    /// Each bit of q differs from the prior's: the odds are tilted by more than one.
    static func random(_ cases: inout Cases) throws -> Problem {
      let p = try cases.probabilities(try cases.integer(2...4))
      var q: [Double] = []
      for a in p {
        let tilt = 1 + 0.25 * Double(try cases.integer(1...12))
        q.append(a * tilt / (1 - a + a * tilt))
      }
      return Problem(q: BernoulliFactors(q), p: BernoulliFactors(p))
    }
  }
}

extension FactorisedDivergenceExercise.Problem: Shown {
  /// b and a, a probability a bit.
  var givens: [Given] { [Given("b", q.probabilities), Given("a", p.probabilities)] }

  /// KL(q‖p) over all states.
  var enumerated: ExactValue { exactDivergence(of: q.allStates, from: p.allStates) }
}

// MARK: Exact numbers

extension BernoulliFactors {
  /// Π_i b_i^z_i (1 − b_i)^(1 − z_i), state by state.
  var allStates: [ExactValue] {
    (0..<(1 << count)).map { state in
      zip(latents(state, count: count), probabilities).reduce(1) { product, bit in
        product * (bit.0 == 1 ? ExactValue(bit.1) : 1 - ExactValue(bit.1))
      }
    }
  }

  /// The largest |b log(b/a)| over the bits and over on and off.
  func largestTerm(from prior: BernoulliFactors) -> Double {
    let on = zip(probabilities, prior.probabilities).map { ($0, $1) }
    let terms = (on + on.map { (1 - $0, 1 - $1) }).map { b, a in
      exactDivergence(of: [b], from: [a]).value
    }
    return terms.map { abs($0) }.max() ?? 0
  }
}

extension BernoulliLaw {
  /// η = log b/(1 − b), A = log(1 + e^η), A′ = b.
  var exact: ExactFamilyMember {
    let b = ExactValue(probability)
    let logOdds = (b / (1 - b)).logarithm
    return ExactFamilyMember(
      natural: [logOdds], logPartition: (1 + logOdds.exponential).logarithm, means: [b])
  }
}
