import Probability
import Testing
import Verification

@Suite("Judging estimators")
struct JudgeTests {
  /// Estimates (2p, −p) from one flip: mean exact, variance 4p(1 − p) and p(1 − p).
  private func moments(scale: [Double] = [2, -1], shift: [Double] = [0, 0]) throws -> ExactMoments {
    try exactMoments { choices in
      let z = try choices.flip(0.3) ? 1.0 : 0
      return [scale[0] * z + shift[0], scale[1] * z + shift[1]]
    }
  }
  private let target = [0.6, -0.3]

  @Test("Right is unbiased")
  func right() throws {
    let judgement = judgeEstimator(try moments(), target: target, like: try moments())
    #expect(judgement.holds)
    #expect(judgement.words == "unbiased")
  }

  @Test("Each error gets its words")
  func words() throws {
    func words(_ moments: ExactMoments) -> String {
      judgeEstimator(moments, target: target).words
    }
    let negative = try moments(scale: [-2, 1])
    #expect(words(negative) == "wrong sign: its mean is minus the exact value")
    let half = try moments(scale: [1, -0.5])
    #expect(words(half) == "rescaled: its mean is 0.5 times the exact value")
    let minusTwice = try moments(scale: [-4, 2])
    #expect(
      words(minusTwice)
        == "wrong sign: its mean is minus the exact value, and 2 times the size")
    let shifted = try moments(shift: [0, 0.25])
    #expect(words(shifted) == "biased: its mean is off by (0, 0.25)")
    let millionth = try moments(scale: [2.000002, -1.000001])
    #expect(!judgeEstimator(millionth, target: target).holds)
  }

  // Catches: an exact value that is taken for exact though it says by how much it may be off.
  @Test("What the target may be off by is granted, and no more")
  func targetBound() throws {
    let near = target.map { $0 + 1e-6 }
    #expect(judgeEstimator(try moments(), target: near, targetBound: 1.1e-6).holds)
    #expect(!judgeEstimator(try moments(), target: near, targetBound: 0.9e-6).holds)
    #expect(!judgeEstimator(try moments(), target: near).holds)
  }

  @Test("Returning the oracle's answer is no solution: no variance, one outcome")
  func oracle() throws {
    let answer = try exactMoments { _ in [0.6, -0.3] }
    let judgement = judgeEstimator(answer, target: target, like: try moments())
    #expect(!judgement.holds)
    #expect(
      judgement.words
        == "variance of component 0: found 0, exactly 0.84; it has 1 outcomes where "
        + "this estimator has 2: it does not make the choices that were asked for")
  }

  @Test("Samples: a bias of ten standard errors is seen, half a one is not, and the power is said")
  func samples() throws {
    let sampled = try sampledMoments(draws: 10_000, seed: 3) { choices in
      [try choices.flip(0.3) ? 1 : 0]
    }
    let error = sampled.standardErrors[0]
    let right = try judgeSamples(sampled, target: [0.3])
    #expect(right.holds)
    #expect(right.words.hasPrefix("no bias seen; one of "))
    let wrong = try judgeSamples(sampled, target: [0.3 + 10 * error])
    #expect(!wrong.holds)
    #expect(wrong.words.hasPrefix("biased: component 0 is off by -"))
    // z(5e-7) + z(1e-3) = 4.8916 + 3.0902 standard errors.
    #expect(abs(right.smallestVisible[0] / error - 7.9818) < 0.001)
    let bounded = try judgeSamples(sampled, target: [0.3], range: ([0], [1]))
    #expect(bounded.holds)
    #expect(bounded.allowed[0] > right.allowed[0])
  }
}
