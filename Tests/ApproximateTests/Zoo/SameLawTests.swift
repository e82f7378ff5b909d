import Approximate
import Models
import Probability
import Testing

@Suite("The zoo: one law by two names")
struct SameLawTests {
  private static func moments(
    _ name: String, _ problem: DiscreteProblem, _ changed: [String: ZooValue] = [:]
  ) throws -> ZooMoments {
    let estimator = try #require(DiscreteZoo.all.first { $0.name == name })
    return try estimator.moments(problem, estimator.exampleSettings(on: problem, changed))
  }

  private static func agree(_ one: ZooMoments, _ other: ZooMoments) -> Bool {
    let a = one.mean + one.covariance.joined()
    let b = other.mean + other.covariance.joined()
    return zip(a, b).allSatisfy { abs($0 - $1) <= 1024 * Double.ulpOfOne * (1 + abs($1)) }
  }

  // Catches: two programs that should be one law and are not, each as a check on the other.
  @Test("Estimators that are one random variable have one mean and one covariance")
  func pairs() throws {
    let network = ZooProblems.network(ZooProblems.laws[2])
    let terms = ZooProblems.terms(ZooProblems.laws[2])
    let joint = ZooProblems.joint(ZooProblems.laws[1])
    let marginal = try Self.moments("local-expectation", network)
    #expect(Self.agree(marginal, try Self.moments("common-noise-marginal", network)))
    #expect(Self.agree(marginal, try Self.moments("measure-valued", network)))
    #expect(
      Self.agree(
        try Self.moments("straight-through", terms), try Self.moments("local-expectation", terms)))
    #expect(
      Self.agree(
        try Self.moments("reinmax", network, ["temperature": .number(1)]),
        try Self.moments("smoothed-triple", network)))
    let three: [String: ZooValue] = ["samples": .number(3)]
    #expect(
      Self.agree(
        try Self.moments("leave-one-out", network, three),
        try Self.moments("vargrad", network, three)))
    #expect(
      Self.agree(
        try Self.moments("vimco", joint),
        try Self.moments("vimco", joint, ["mean": .word("arithmetic")])))
    #expect(
      Self.agree(
        try Self.moments("iwae-score", joint), try Self.moments("score-function-total", joint)))
  }
}
