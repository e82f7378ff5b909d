import GSL
import Probability
import Testing

/// What every law with a score must keep, each outcome visited.
@Suite("Laws and their scores")
struct ScoredLawTests {
  /// The differences between a law and what its scores say of themselves.
  private func check<Law: ScoredLaw>(
    _ law: Law, parameters: [Double], _ make: ([Double]) -> Law
  ) throws {
    let moments = try exactMoments { law.score(try law.sample(&$0)) }
    for d in parameters.indices {
      // Sums of at most eight terms below 10.
      #expect(abs(moments.mean[d]) <= 80 * .ulpOfOne)
      #expect(abs(moments.variances[d] - law.scoreVariances[d]) <= 800 * .ulpOfOne)
    }
    let h = 1e-4
    try forEachOutcome {
      try law.sample(&$0)
    } visit: { outcome, probability in
      #expect(abs(exp(law.logProbability(outcome)) - probability) <= 8 * .ulpOfOne)
      for d in parameters.indices {
        var (up, down) = (parameters, parameters)
        up[d] += h
        down[d] -= h
        let slope =
          (make(up).logProbability(outcome) - make(down).logProbability(outcome)) / (2 * h)
        // Truncation h² f‴/6 with f‴ below 130, and rounding ε|f|/h.
        #expect(abs(slope - law.score(outcome)[d]) < 3e-7)
      }
    }
  }

  // Catches: a score in other parameters than the law says, or of the other sign.
  @Test("scores are derivatives, have mean zero, and the variances that are said")
  func scores() throws {
    let logits = [0.3, -0.9, 1.4]
    try check(BernoulliFactors(logits: logits), parameters: logits) { BernoulliFactors(logits: $0) }
    try check(SoftmaxLaw(logits: logits), parameters: logits) { SoftmaxLaw(logits: $0) }
    let b = [0.25, 0.6, 0.77]
    try check(BernoulliMeans(b), parameters: b) { BernoulliMeans($0) }
  }

  // Catches: alternatives that move another component, or leave out the present outcome.
  @Test("alternatives differ in one component and have its probabilities")
  func alternatives() {
    let bits = BernoulliFactors([0.25, 1, 0.7])
    let first = bits.alternatives(to: [0, 1, 1], in: 0)
    #expect(first.map(\.outcome) == [[1, 1, 1], [0, 1, 1]])
    #expect(first.map(\.probability) == [0.25, 0.75])
    #expect(bits.alternatives(to: [0, 1, 1], in: 1).map(\.outcome) == [[0, 1, 1]])
    #expect(BernoulliMeans([0.25]).alternatives(to: [1], in: 0).count == 2)
    let law = SoftmaxLaw(logits: [0, 1])
    #expect(law.alternatives(to: 1, in: 0).map(\.probability) == law.probabilities)
  }

  // Catches: 0 · ∞ in a state that is impossible.
  @Test("What an impossible state is worth does not count")
  func impossible() {
    let bits = BernoulliFactors([0, 0.25])
    #expect(bits.mean { $0[0] == 1 ? .infinity : 1 + $0[1] } == 1.25)
    #expect(bits.mean { $0[0] == 1 ? .nan : $0[1] } == 0.25)
  }

  @Test("averages of draws have the mean, and no draws are refused")
  func averages() throws {
    let mean = ExpectedValue(under: SoftmaxLaw(logits: [0.1, 0.5, -1]), of: [2, -1, 4])
    let found = try exactMean { try mean.average(of: 2, &$0) }
    #expect(abs(found.value - mean.law.mean([2, -1, 4])) <= 64 * .ulpOfOne)
    #expect(throws: ChoiceError.tooFewSamples(found: 0, needed: 1)) {
      try exactMean { try mean.average(of: 0, &$0) }
    }
  }

  @Test("weights subtract by sample or by component, and divide")
  func weights() {
    let bySample = SignalWeights([3, 5], minus: [1, 2], over: 2)
    #expect(bySample[0, 7] == 1 && bySample[1, 0] == 1.5 && bySample.divisor == 2)
    let byComponent = SignalWeights([3, 5], minusInEachComponent: [1, -1])
    #expect(byComponent[0, 0] == 2 && byComponent[1, 1] == 6 && byComponent.divisor == 1)
    let alike = SignalWeights([3, 5], minus: 1, over: 2)
    #expect(alike[0, 3] == 1 && alike[1, 3] == 2 && alike.divisor == 2)
  }

  // Catches: samples beyond those that lie in the value itself, left out or taken from others.
  @Test("A number for each sample, however many", arguments: [0, 1, 3, 4, 5, 9])
  func perSample(count: Int) {
    let numbers = (0..<count).map { Double($0) + 0.5 }
    let (found, read) = (PerSample(count) { numbers[$0] }, PerSample(numbers))
    #expect(Array(found) == numbers && found == read && found.count == count)
    #expect(Array(PerSample(repeating: 2, count: count)) == numbers.map { _ in 2 })
    let weights = SignalWeights(numbers, minus: found)
    #expect(numbers.indices.allSatisfy { weights[$0, 0] == 0 })
  }

  private struct TooShort: Baseline {
    func baselines(for signals: [Double]) -> PerSample { [1] }
  }

  // Catches: a sample whose baseline was forgotten, and is zero in silence.
  @Test("A baseline has a number for each sample")
  func oneForEachSample() throws {
    var baseline = TooShort()
    #expect(try baseline.weights(for: [3])[0, 0] == 2)
    #expect(throws: ChoiceError.notOneForEachSample(found: 1, samples: 2)) {
      try baseline.weights(for: [3, 4])
    }
  }

  @Test("entropy and divergence of bits, and where the divergence is steepest")
  func closedForms() {
    let (q, p) = (BernoulliFactors([0.2, 0.9]), BernoulliFactors([0.5, 0.4]))
    func cross(_ p: BernoulliFactors) -> Double {
      (0..<4).reduce(0) { total, state in
        let z = [Double(state & 1), Double(state >> 1)]
        return total - exp(q.logProbability(z)) * p.logProbability(z)
      }
    }
    #expect(abs(q.entropy - cross(q)) <= 32 * .ulpOfOne)
    #expect(abs(q.kullbackLeibler(from: p) - (cross(p) - cross(q))) <= 64 * .ulpOfOne)
    // ∂KL/∂logit = b (1 − b) log of the odds ratio: .16 log(.25), .09 log(13.5).
    let gradient = q.kullbackLeiblerGradient(from: p)
    #expect(abs(gradient[0] - 0.16 * log(0.25)) <= 8 * .ulpOfOne)
    #expect(abs(gradient[1] - 0.09 * log(13.5)) <= 8 * .ulpOfOne)
    // Catches: a slope of 0 · ∞ where a bit is certain, which has none.
    let certain = BernoulliFactors([0, 1, 0.2])
    let prior = BernoulliFactors([0.5, 0.4, 0.5])
    #expect(certain.kullbackLeiblerGradient(from: prior) == [0, 0, gradient[0]])
  }
}
