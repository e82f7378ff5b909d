import Approximate
import Exact
import GSL
import Models
import Probability
import Testing

/// The biases that are known in closed form, each against that form.
@Suite("The zoo: biases in closed form")
struct StatedBiasTests {
  private static func mean(
    _ name: String, _ problem: DiscreteProblem, _ changed: [String: ZooValue] = [:]
  ) throws -> [Double] {
    let estimator = try #require(DiscreteZoo.all.first { $0.name == name })
    return try estimator.moments(problem, estimator.exampleSettings(on: problem, changed)).mean
  }

  private static func close(_ one: [Double], _ other: [Double], _ size: Double = 1) -> Bool {
    one.count == other.count
      && zip(one, other).allSatisfy { abs($0 - $1) <= 256 * Double.ulpOfOne * (size + abs($1)) }
  }

  private static let oneBit = ZooProblems.power(ZooProblems.laws[0], 3)
  private static let twoBits = ZooProblems.network(ZooProblems.laws[1])

  @Test("Straight-through: the slope of E_q[f] with the slopes of f in place of its difference")
  func straightThrough() throws {
    // One bit, f = (b − 0.45)³: f′ = 3 (b − 0.45)², and E[g] = p (1 − p) E[f′(b)].
    let p = sigmoid(0.7)
    let slopes = (1 - p) * 3 * 0.45 * 0.45 + p * 3 * 0.55 * 0.55
    let found = try Self.mean("straight-through", Self.oneBit)
    #expect(Self.close(found, [p * (1 - p) * slopes]))
  }

  @Test("Smoothed triple with one side: only the slope at 0 counts") func smoothed() throws {
    let p = sigmoid(0.7)
    let found = try Self.mean("smoothed-triple", Self.oneBit, ["sides": .number(1)])
    #expect(Self.close(found, [p * (1 - p) * 3 * 0.45 * 0.45]))
  }

  @Test("ReinMax at τ = 1: the trapezoid rule for f(1) − f(0)") func reinmax() throws {
    let p = sigmoid(0.7)
    let found = try Self.mean("reinmax", Self.oneBit, ["temperature": .number(1)])
    #expect(Self.close(found, [p * (1 - p) * 0.5 * (3 * 0.45 * 0.45 + 3 * 0.55 * 0.55)]))
  }

  @Test("Finite differences: the difference quotient of E_q[f]", arguments: [true, false])
  func differences(isCommon: Bool) throws {
    let problem = Self.twoBits
    let logits = problem.law.logits
    let quotient = logits.indices.map { d in
      let sides = [0.4, -0.4].map { step in
        var moved = logits
        moved[d] += step
        return problem.law.with(logits: moved).mean(problem.signals)
      }
      return (sides[0] - sides[1]) / 0.8
    }
    let found = try Self.mean("finite-difference", problem, ["common": .flag(isCommon)])
    #expect(Self.close(found, quotient, 4))
  }

  @Test("Memory with a clip above its mass: its share of the gradient is stretched")
  func memory() throws {
    let (problem, clip) = (Self.twoBits, 0.6)
    let law = problem.law
    let mass = law.probabilities[0]
    let inside = law.scores[0].map { clip * problem.signals[0] * $0 }
    let outside = law.logits.indices.map { d in
      (1..<law.count).reduce(0) { sum, z in
        sum + law.probabilities[z] / (1 - mass) * problem.signals[z] * law.scores[z][d]
      } * (1 - clip)
    }
    let found = try Self.mean("memory-augmented", problem, ["clip": .number(clip)])
    #expect(Self.close(found, zip(inside, outside).map { $0 + $1 }, 4))
  }

  @Test("PPO: the states where the clip acts are missing from the sum") func clipped() throws {
    let problem = Self.twoBits
    let law = problem.law
    let old = [-0.4, 0.5]
    let before = law.with(logits: old)
    let kept = law.points.indices.filter { z in
      let ratio = law.probabilities[z] / before.probabilities[z]
      let advantage = problem.signals[z] - 0.3
      return !(advantage > 0 && ratio > 1.2) && !(advantage < 0 && ratio < 0.8)
    }
    #expect(kept.count < law.count)
    let sum = law.logits.indices.map { d in
      kept.reduce(0) {
        $0 + law.probabilities[$1] * (problem.signals[$1] - 0.3) * law.scores[$1][d]
      }
    }
    let found = try Self.mean("ppo", problem, ["oldLogits": .numbers(old)])
    #expect(Self.close(found, sum, 4))
  }

  @Test("One draw, self-normalised: nothing is left of the weights") func selfNormalised() throws {
    let problem = Self.twoBits
    let proposal = problem.law.with(logits: [-0.4, 0.5])
    let found = try Self.mean(
      "importance-sampled", problem,
      ["proposalLogits": .numbers([-0.4, 0.5]), "selfNormalised": .flag(true)])
    let expected = problem.law.logits.indices.map { d in
      problem.law.points.indices.reduce(0) {
        $0 + proposal.probabilities[$1] * problem.signals[$1] * problem.law.scores[$1][d]
      }
    }
    #expect(Self.close(found, expected, 4))
  }

  @Test(
    "One draw has no spread and no other weights",
    arguments: ["group-normalised", "rws-wake", "tvo"])
  func single(name: String) throws {
    let problem = ZooProblems.joint(ZooProblems.laws[1])
    #expect(Self.close(try Self.mean(name, problem), [0, 0]))
  }

  @Test("OVIS: γ moves the mean from the bound's gradient in proportion") func ovis() throws {
    let problem = ZooProblems.joint(ZooProblems.laws[1])
    let means = try [0, 0.5, 1].map {
      try Self.mean("ovis", problem, ["gamma": .number($0), "samples": .number(3)])
    }
    let half = zip(means[0], means[2]).map { 0.5 * ($0 + $1) }
    #expect(Self.close(means[1], half, 4))
    #expect(!Self.close(means[0], means[2], 4))
  }
}
