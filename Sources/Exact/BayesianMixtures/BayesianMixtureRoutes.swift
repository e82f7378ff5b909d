import GSL
public import Models
import Probability

extension BayesianMixturePosterior {
  /// The answer by visiting all K^N labelled assignments.
  ///
  /// ```
  /// p(x) = Σ_{z_1 … z_N} p(z) Π_k m(the observations with z_n = k)
  /// ```
  /// - Parameters:
  ///   - mixture: the mixture.
  ///   - observations: what was observed, at most 20.
  /// - Throws: observations that do not fit, or that lie too far out for 32 digits.
  public init(
    enumerating mixture: BayesianMixture, _ observations: [[Double]]
  ) throws(ModelError) {
    let evidence = try AssignmentEvidence(mixture, observations)
    self.init(evidence.sum.straight, evidence)
  }

  /// The answer, from the sum over all assignments.
  init(_ tally: LogTally<DoubleDouble>, _ evidence: AssignmentEvidence) {
    self.init(logTotal: tally.logTotal, shares: tally.shares, evidence)
  }

  /// The answer by a dynamic program over components and sets of observations.
  ///
  /// ```
  /// f_0(∅) = 1      f_k(S) = Σ_{T ⊆ S} f_(k−1)(S ∖ T) w_k(T)      the first k components have S
  /// b_K(∅) = 1      b_k(S) = Σ_{T ⊆ S} w_(k+1)(T) b_(k+1)(S ∖ T)  the others have S
  /// p(component k has T, x) = w_k(T) Σ_{S ⊆ rest} f_(k−1)(S) b_k(rest ∖ S),     rest = all ∖ T
  /// ```
  /// w_k(T) is component k's factor when it has T. 3·3^N terms a component, instead of K^N in all. Logarithms
  /// have 32 digits: a million degrees of freedom make them large, and the posterior is in their differences.
  /// - Parameters:
  ///   - mixture: the mixture.
  ///   - observations: what was observed, at most 20.
  /// - Throws: observations that do not fit, or that lie too far out for 32 digits.
  public init(
    bySubsets mixture: BayesianMixture, _ observations: [[Double]]
  ) throws(ModelError) {
    let evidence = try AssignmentEvidence(mixture, observations)
    let components = 0..<mixture.componentCount
    let weights = components.map { k in
      BitStates(of: observations.count).indices.map { evidence.logWeight(k, $0) }
    }
    let nobody: [DoubleDouble?] = weights[0].indices.map { $0 == 0 ? DoubleDouble(0) : nil }
    var forward = [nobody]
    for k in components { forward.append(disjointSum(forward[k], weights[k])) }
    var backward = [nobody]
    for k in components.reversed() {
      backward.append(disjointSum(backward[backward.count - 1], weights[k]))
    }
    backward.reverse()

    var tally = LogTally<DoubleDouble>(parts: evidence.pairCount)
    let all = weights[0].count - 1
    for k in components {
      let others = disjointSum(forward[k], backward[k + 1])
      for set in 0...all {
        guard let other = others[all ^ set] else { continue }
        tally.add(weights[k][set] + other, containing: evidence.pairs(in: set))
      }
    }
    // Every component's sets share out the whole sum, so the tally holds it K times.
    let shares = tally.shares?.map { min(1, $0 * Double(mixture.componentCount)) }
    let total = forward[mixture.componentCount][all]
    self.init(logTotal: total?.value ?? -.infinity, shares: shares, evidence)
  }

  /// The number of terms of the dynamic program: three sums over pairs of a set and a subset for each
  /// component.
  public static func subsetTermCount(components: Int, observations: Int) -> Double {
    3 * Double(components) * pow(3, Double(observations))
  }
}

/// log Σ_{T ⊆ S} e^(a(S ∖ T) + b(T)) for every set S; nil is the logarithm of zero.
func disjointSum(_ a: [DoubleDouble?], _ b: [DoubleDouble?]) -> [DoubleDouble?] {
  a.indices.map { set in
    var terms: [DoubleDouble] = []
    var subset = set
    while true {
      if let one = a[set ^ subset], let other = b[subset] { terms.append(one + other) }
      if subset == 0 { break }
      subset = (subset - 1) & set
    }
    guard let largest = terms.max(by: { $0.minus($1) < 0 }) else { return nil }
    return largest + DoubleDouble(logSumExp(terms.map { $0.minus(largest) }))
  }
}

extension AssignmentEvidence {
  /// The sum over all labelled assignments, with the pairs that share a component.
  var sum: StateSum<DoubleDouble> {
    let pairs = BitStates(of: observationCount).indices.map { self.pairs(in: $0) }
    return StateSum(power(componentCount, observationCount), parts: pairCount) { numbers, tally in
      forEachPath(states: componentCount, length: observationCount, in: numbers) { labels in
        var sets = [Int](repeating: 0, count: componentCount)
        for (n, label) in labels.enumerated() { sets[label] |= 1 << n }
        let logWeight = sets.indices.reduce(DoubleDouble(0)) {
          $0 + self.logWeight($1, sets[$1])
        }
        tally.add(logWeight, containing: sets.lazy.flatMap { pairs[$0] })
      }
    }
  }
}
