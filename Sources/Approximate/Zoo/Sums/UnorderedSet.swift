public import Models
public import Probability

extension DiscreteZoo {
  static let unorderedSet = DiscreteEstimator(
    "unordered-set",
    formula: "Σ_{i∈U} q_i P(U∖i | i)/P(U) (f_i − B_i) s_id,  U: S states without replacement",
    papers: ["Kool, van Hoof, Welling 2020"], scope: .states,
    settings: [
      .samples(from: 2, belowStates: true),
      ZooSetting("baseline", .flag, or: .flag(false), "the other states of U as a baseline"),
    ],
    repetition: .together, bias: .none
  ) { problem, settings throws(ZooError) in
    UnorderedSet(
      problem.law, count: settings.samples, hasBaseline: try settings.flag("baseline"))
  }
}

/// Different states drawn one after the other, their order forgotten.
///
/// ```
/// P(U | G) = Σ_{i∈U} q_i / q(outside G) · P(U∖i | G ∪ i),     P(∅ | G) = 1
/// g = Σ_{i∈U} q_i P(U∖i | i)/P(U | ∅) (f_i − B_i) s_i
/// B_i = Σ_{j∈U} q_j R_ij f_j,     R_ii = 1,   R_ij = P(U∖{i, j} | {i, j}) / P(U∖i | i)
/// ```
/// The weight of f_i s_i is what a single draw has given the set: Rao–Blackwellised, unbiased.
/// Reference: Kool, van Hoof and Welling 2020.
public struct UnorderedSet: ZooProgram {
  /// A set that may be drawn.
  struct Draw: Sendable {
    let states: [Int]
    let probability: Double
    /// q_i P(U∖i | i)/P(U), and q_j R_ij.
    let leads: [Double]
    let shares: [[Double]]
  }

  let draws: [Draw]
  let hasBaseline: Bool

  init(_ law: StateLaw, count: Int, hasBaseline: Bool) {
    let possible = law.probabilities.indices.filter { law.probabilities[$0] > 0 }
    draws = subsets(of: possible, count).map { Draw($0, law.probabilities) }
    self.hasBaseline = hasBaseline
  }

  // listing: zoo unordered-set
  /// A set, and its states weighted by how likely each is the one that was drawn.
  public func estimate<Choices: RandomChoices>(
    _ problem: DiscreteProblem, _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    let set = draws[try choices.choose(draws.map(\.probability))]
    let f = set.states.map { problem.signals[$0] }
    let weights = f.indices.map { i in
      let baseline = hasBaseline ? zip(set.shares[i], f).reduce(0) { $0 + $1.0 * $1.1 } : 0
      return set.leads[i] * (f[i] - baseline)
    }
    return problem.law.logits.indices.map { d in
      zip(set.states, weights).reduce(0) { $0 + $1.1 * problem.law.score($1.0)[d] }
    }
  }
  // end of listing
}

extension UnorderedSet.Draw {
  /// The probabilities of a set by a sum over the order of its states, from the last to the first.
  init(_ states: [Int], _ q: [Double]) {
    let all = 1 << states.count
    /// P(U∖T | T) for each part T of U, by its bits.
    var completions = [Double](repeating: 1, count: all)
    let outside = q.indices.reduce(0) { states.contains($1) ? $0 : $0 + q[$1] }
    for part in (0..<(all - 1)).reversed() {
      let left = states.indices.filter { part >> $0 & 1 == 0 }
      let mass = left.reduce(outside) { $0 + q[states[$1]] }
      completions[part] = left.reduce(0) {
        $0 + q[states[$1]] / mass * completions[part | 1 << $1]
      }
    }
    self.states = states
    probability = completions[0]
    leads = states.indices.map { q[states[$0]] * completions[1 << $0] / completions[0] }
    shares = states.indices.map { i in
      states.indices.map { j in
        q[states[j]] * (i == j ? 1 : completions[1 << i | 1 << j] / completions[1 << i])
      }
    }
  }
}

/// All parts of a list with so many elements.
private func subsets(of list: [Int], _ count: Int) -> [[Int]] {
  guard count > 0 else { return [[]] }
  return list.indices.flatMap { first in
    subsets(of: Array(list[(first + 1)...]), count - 1).map { [list[first]] + $0 }
  }
}
