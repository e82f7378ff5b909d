import GSL
import Models
public import Probability

/// Who belongs together in a Bayesian mixture: the posterior of the labelled assignment, by what the first components
/// have.
///
/// ```
/// f_0(∅) = 1      f_k(S) = Σ_{T ⊆ S} f_(k−1)(S ∖ T) w_k(T)          the first k components have S
/// P(component k has T | the first k have S, x) = f_(k−1)(S ∖ T) w_k(T) / f_k(S)
/// ```
/// The last component chooses its set first, and leaves the rest to those before it. Logarithms have 32 digits.
public struct SubsetLaw {
  private let evidence: AssignmentEvidence
  /// w_k and f_k of every set; nil is the logarithm of zero.
  private let weights: [[DoubleDouble]]
  private let forward: [[DoubleDouble?]]

  init(_ evidence: AssignmentEvidence) {
    self.evidence = evidence
    let sets = BitStates(of: evidence.observationCount).indices
    weights = (0..<evidence.componentCount).map { k in sets.map { evidence.logWeight(k, $0) } }
    var forward: [[DoubleDouble?]] = [sets.map { $0 == 0 ? DoubleDouble(0) : nil }]
    for k in weights.indices { forward.append(disjointSum(forward[k], weights[k])) }
    self.forward = forward
  }

  private var everybody: Int { weights[0].count - 1 }

  /// The sets that component k may have of S, each with its probability.
  private func law(_ k: Int, of set: Int) -> [(subset: Int, probability: Double)] {
    guard let total = forward[k + 1][set] else { return [] }
    return subsets(of: set).compactMap { subset in
      forward[k][set ^ subset].map { rest in
        (subset, exp((rest + weights[k][subset]).minus(total)))
      }
    }
  }

  /// P(component k has T | x) of every component and set, with what choosing the sets leaves open.
  ///
  /// ```
  /// H(z) = Σ_k E[H(T_k | what the first k have)]
  /// ```
  func descend() -> (shares: [[Double]], entropy: Double) {
    var left = weights[0].map { _ in 0.0 }
    left[everybody] = 1
    var shares = weights.map { $0.map { _ in CompensatedSum() } }
    var entropy = CompensatedSum()
    for k in weights.indices.reversed() {
      var next = left.map { _ in CompensatedSum() }
      for (set, share) in left.enumerated() where share > 0 {
        for (subset, probability) in law(k, of: set) where probability > 0 {
          shares[k][subset].add(share * probability)
          next[set ^ subset].add(share * probability)
          entropy.add(-share * probability * log(probability))
        }
      }
      left = next.map(\.value)
    }
    return (shares.map { $0.map(\.value) }, max(0, entropy.value))
  }
}

extension SubsetLaw: HiddenStateLaw {
  /// The logarithm of what all components together have of everybody.
  public var logEvidence: Double {
    forward[weights.count][everybody].map { ($0 + DoubleDouble(evidence.logNormaliser)).value }
      ?? -.infinity
  }

  /// The most probable labels: the sums over subsets become maxima.
  public var explanation: (state: [Int], logJoint: Double)? {
    var best: [[DoubleDouble?]] = [forward[0]]
    var choices: [[Int]] = []
    for k in weights.indices {
      let found = weights[k].indices.map { set in
        subsets(of: set).reduce(into: (subset: 0, value: DoubleDouble?.none)) { largest, subset in
          guard let rest = best[k][set ^ subset] else { return }
          let value = rest + weights[k][subset]
          if largest.value.map({ value.minus($0) > 0 }) ?? true { largest = (subset, value) }
        }
      }
      choices.append(found.map(\.subset))
      best.append(found.map(\.value))
    }
    guard let value = best[weights.count][everybody] else { return nil }
    var set = everybody
    var labels = [Int](repeating: 0, count: evidence.observationCount)
    for k in weights.indices.reversed() {
      let subset = choices[k][set]
      for n in labels.indices where subset >> n & 1 == 1 { labels[n] = k }
      set ^= subset
    }
    return (labels, (value + DoubleDouble(evidence.logNormaliser)).value)
  }

  /// The entropy of the labels.
  public var entropy: Double? { descend().entropy }

  /// Draws the set of the last component, then of the one before it, each of what is left.
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws -> [[Int]]? {
    var drawn: [[Int]] = []
    for _ in 0..<count {
      var set = everybody
      var labels = [Int](repeating: 0, count: evidence.observationCount)
      for k in weights.indices.reversed() {
        let law = law(k, of: set)
        let subset = law[try choices.choose(law.map(\.probability))].subset
        for n in labels.indices where subset >> n & 1 == 1 { labels[n] = k }
        set ^= subset
      }
      drawn.append(labels)
    }
    return drawn
  }
}

/// Every part of a set, the whole first.
private func subsets(of set: Int) -> [Int] {
  var (found, subset) = ([set], set)
  while subset > 0 {
    subset = (subset - 1) & set
    found.append(subset)
  }
  return found
}
