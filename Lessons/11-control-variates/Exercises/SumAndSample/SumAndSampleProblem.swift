import GSL
import LessonKit
import Models
import Probability

/// Four states, a value for each, and how many of them are summed.
struct SumAndSampleProblem: Sendable {
  /// q(z).
  let q: [Double]
  /// f(z).
  let values: [Double]
  /// How many of the most probable states are summed.
  let count: Int
  /// What is subtracted from f.
  let baseline: Double
  /// The same as estimators see it.
  let discrete: DiscreteProblem

  init(q: [Double], values: [Double], count: Int, baseline: Double) {
    self.q = q
    self.values = values
    self.count = count
    self.baseline = baseline
    discrete = DiscreteProblem(
      StateLaw(.classes(logits: q.map { log($0) })), .fixed(.linear(values)))
  }

  static let example = SumAndSampleProblem(
    q: [0.15, 0.5, 0.1, 0.25], values: [2, -1, 4, 0.5], count: 2, baseline: 0.3)

  static func random(_ cases: inout Cases) throws -> SumAndSampleProblem {
    SumAndSampleProblem(
      q: try cases.simplex(4), values: try cases.reals(4, from: -3, to: 3),
      count: try cases.integer(1...2), baseline: try cases.real(from: -2, to: 2))
  }

  /// The same with so many states summed.
  func with(count: Int) -> SumAndSampleProblem {
    SumAndSampleProblem(q: q, values: values, count: count, baseline: baseline)
  }

  /// The same with c for the value of every state.
  var flat: SumAndSampleProblem {
    SumAndSampleProblem(q: q, values: q.map { _ in baseline }, count: count, baseline: baseline)
  }

  /// The most probable states, and those that are left.
  var split: (head: [Int], rest: [Int]) {
    let ranked = q.indices.sorted {
      (-discrete.law.probabilities[$0], $0) < (-discrete.law.probabilities[$1], $1)
    }
    return (Array(ranked.prefix(count)), Array(ranked.dropFirst(count)))
  }
}

// MARK: The exact answers

extension SumAndSampleProblem {
  /// q with the rounding of logarithm and exponential.
  private var masses: [ExactValue] { q.map { ExactValue($0, roundingBound: 8 * .ulpOfOne * $0) } }

  /// q_k (f_k − E_q[f]).
  var gradient: [ExactValue] {
    let mean = zip(masses, values).sum { $0 * ExactValue($1) }
    return zip(masses, values).map { $0 * (ExactValue($1) - mean) }
  }

  /// (f(z) − c) s(z).
  private func term(_ z: Int) -> [ExactValue] {
    let signal = ExactValue(values[z]) - ExactValue(baseline)
    return masses.indices.map { signal * ((z == $0 ? 1 : 0) - masses[$0]) }
  }

  /// q of some states together.
  private func mass(_ states: [Int]) -> ExactValue { states.sum { masses[$0] } }

  /// E[(f − c) s | z among some states].
  private func mean(among states: [Int]) -> [ExactValue] {
    let total = mass(states)
    return q.indices.map { k in states.sum { masses[$0] * term($0)[k] } / total }
  }

  /// Cov[(f − c) s | z among some states], row by row in one list.
  private func covariances(among states: [Int]) -> [ExactValue] {
    let (total, centre) = (mass(states), mean(among: states))
    return q.indices.flatMap { k in
      q.indices.map { l in
        states.sum { masses[$0] * (term($0)[k] - centre[k]) * (term($0)[l] - centre[l]) } / total
      }
    }
  }

  /// q(rest)² Cov[(f − c) s | rest].
  var spread: [ExactValue] {
    let rest = mass(split.rest)
    return covariances(among: split.rest).map { rest * rest * $0 }
  }

  /// Var_q[(f − c) s_k].
  var plainVariances: [ExactValue] {
    let all = covariances(among: Array(q.indices))
    return q.indices.map { all[$0 * q.count + $0] }
  }

  /// What is saved: q(head) Var[·|head] + q(rest) q(head) Var[·|rest] + q(head) q(rest) (difference of means)².
  var savings: [ExactValue] {
    let (head, rest) = (split.head, split.rest)
    let (h, r) = (mass(head), mass(rest))
    let (inHead, inRest) = (covariances(among: head), covariances(among: rest))
    let (meanInHead, meanInRest) = (mean(among: head), mean(among: rest))
    return q.indices.map { k in
      let place = k * q.count + k
      let apart = meanInHead[k] - meanInRest[k]
      return h * inHead[place] + h * r * (inRest[place] + apart * apart)
    }
  }
}

extension SumAndSampleProblem: Shown {
  /// The states, what is summed, what is subtracted.
  var givens: [Given] {
    [Given("q(z)", q), Given("f(z)", values), Given("|A|", count), Given("c", baseline)]
  }
}
