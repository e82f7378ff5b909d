import Estimators
import Models
import Testing
import Tightbound

extension Step where Model == NoisyOr {
  /// An alarm with a q for it.
  static func random(_ cases: inout Cases) throws -> Step {
    let alarm = try NoisyOr.random(&cases)
    return Step(alarm, logits: try cases.reals(alarm.latentCount, from: -2, to: 2))
  }
}

extension Step {
  /// The exact gradient, by enumeration of all states.
  var exactGradient: [Double] { exactELBOGradient(factorised: q.probabilities, of: model) ?? [] }

  /// Every outcome of a step: its exact mean and covariance.
  func law(of estimator: ScoreFunctionStep, samples: Int) throws -> ExactMoments {
    try exactMoments { try estimator.gradient(self, samples: samples, &$0) }
  }

  /// Signals of both signs cancel in a gradient: rounding is measured by the largest of them.
  var rounding: Rounding {
    let signals = BitStates(of: logits.count).map { abs(signal($0)) }
    return .of(
      terms: 128, size: signals.max() ?? 0,
      because: "a few products a state, over at most 64 pairs of states")
  }
}

@Suite("Names of this program beside Tightbound's")
struct NameTests {
  @Test("A module called Models, and functions called entropy and search, stay this program's")
  func names() {
    #expect(entropy(of: [1, 1]) == "two of a kind" && search(1) == 1)
    // Tightbound's are there under its name.
    #expect(abs(Tightbound.entropy(of: [0.5, 0.5]) - 0.6931471805599453) <= 1e-15)
    #expect(String(reflecting: NoisyOr.self) == "Models.NoisyOr")
    #expect(String(reflecting: FactoredModel.self) == "TightboundModels.FactoredModel")
  }
}

private func entropy(of dice: [Int]) -> String { dice[0] == dice[1] ? "two of a kind" : "mixed" }
private func search(_ place: Int) -> Int { place }

@Suite("The estimator that this program trains with")
struct EstimatorsTests {
  /// E[g] = ∇ELBO on 200 random alarms.
  func isUnbiased(_ name: String, _ estimator: ScoreFunctionStep, samples: Int) -> Verdict {
    holds("\(name) is unbiased", on: 200) { cases in
      try Step.random(&cases)
    } check: { step in
      .equal(
        try step.law(of: estimator, samples: samples).means, step.exactGradient,
        rounding: step.rounding)
    }
  }

  @Test("Leave-one-out is unbiased, with two samples and with three", arguments: [2, 3])
  func leaveOneOut(samples: Int) {
    let verdict = isUnbiased("leave-one-out", .leaveOneOut, samples: samples)
    #expect(verdict.holds, "\(verdict)")
    #expect(verdict.problems == 200)
  }

  @Test("The mean of the whole batch is caught, and what is printed says on which alarm")
  func batchMean() throws {
    let verdict = isUnbiased("the batch mean", .batchMean, samples: 2)
    #expect(!verdict.holds)
    let lines = "\(verdict)".split(separator: "\n").map(String.init)
    #expect(
      lines[0].hasPrefix("✗ the batch mean is unbiased: refused: the sides are "), "\(verdict)")
    #expect(lines[1].hasSuffix("the smallest found after 200 models:"), "\(verdict)")
    #expect(lines[2] == "    Step<NoisyOr>", "\(verdict)")
    #expect(lines.contains { $0.hasPrefix("        prior: [") }, "\(verdict)")
    #expect(lines.contains { $0.hasPrefix("      logits: [") }, "\(verdict)")
    let token = try #require(verdict.token)
    #expect(
      lines.last == "  again: holds(\"the batch mean is unbiased\", replaying: \"\(token)\") { … }")
    // Two samples keep half of the gradient: 1 − 1/S.
    let finding = try #require(verdict.finding)
    for (found, exact) in zip(finding.left, finding.right) {
      #expect(abs(found - exact / 2) <= 1e-13)
    }
  }

  @Test("A judgement in words says what kind of wrong it is")
  func judged() throws {
    let step = Step(
      NoisyOr(prior: [0.2, 0.3], strengths: [0.9, 0.6], leak: 0.05), logits: [0.4, -0.7])
    let judgement = judgeEstimator(
      try step.law(of: .batchMean, samples: 4), target: step.exactGradient)
    #expect(judgement.words == "rescaled: its mean is 0.75 times the exact value")
    #expect(
      judgeEstimator(try step.law(of: .leaveOneOut, samples: 4), target: step.exactGradient).holds)
  }

  @Test("The same code is held against a model of Tightbound's")
  func chains() {
    let verdict = holds("leave-one-out on chains", on: 200) { cases in
      Step(
        try FactoredModel.randomChain(bits: 3, &cases), logits: try cases.reals(3, from: -2, to: 2))
    } check: { step in
      .equal(
        try step.law(of: .leaveOneOut, samples: 2).means, step.exactGradient,
        rounding: step.rounding)
    }
    #expect(verdict.holds, "\(verdict)")
  }
}

@Suite("Code without chance, against exact values")
struct DeterministicTests {
  func isGradient(withEntropy: Bool) -> Verdict {
    holds("the enumerated gradient", on: 200) {
      try Step.random(&$0)
    } check: { step in
      .equal(
        enumeratedGradient(step, withEntropy: withEntropy), step.exactGradient,
        rounding: step.rounding)
    }
  }

  @Test("The enumerated gradient is the exact one")
  func right() {
    let verdict = isGradient(withEntropy: true)
    #expect(verdict.holds, "\(verdict)")
  }

  @Test("Without the entropy it is refused, and its token finds the same alarm again")
  func wrong() throws {
    let verdict = isGradient(withEntropy: false)
    #expect(!verdict.holds)
    #expect("\(verdict)".contains(" ≠ ") && "\(verdict)".contains("the sides differ by up to "))
    let token = try #require(verdict.token)
    let again = holds("the enumerated gradient", replaying: token) {
      try Step.random(&$0)
    } check: {
      .equal(
        enumeratedGradient($0, withEntropy: false), $0.exactGradient, rounding: $0.rounding)
    }
    #expect(again.problem == verdict.problem && again.problems == 1 && !again.holds)
  }
}
