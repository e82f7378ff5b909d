import JSONText
import Judge
import Testing

@testable import LessonRunner

@Suite("A Gaussian q, judged by quadrature")
struct GaussianTaskTests {
  static let text = """
    {"logJoint":{"centre":[0.4,-0.7],"precision":[[1.5,0.4],[0.4,0.8]],"quartic":0.3,"constant":-2},
     "q":{"means":[0.3,-0.2],"deviations":[0.7,1.2]}}
    """

  static func task(samples: Int = 1) throws -> any GradientProblem {
    try gradientProblem(JSONPlace(try JSON(parsing: text)), samples: samples)
  }

  private static func program(_ noise: String) -> String {
    """
    import math, tightbound

    def estimate(task, choices):
        m, s, places = task.q.means, task.q.deviations, range(len(task.centre))
        e = \(noise)
        z = [m[d] + s[d] * e[d] for d in places]
        g = [-sum(p * (z[k] - task.centre[k]) for k, p in enumerate(task.precision[d]))
             - task.quartic / 3 * z[d] ** 3 for d in places]
        return g + [g[d] * s[d] * e[d] + 1 for d in places]

    tightbound.run(estimate)
    """
  }

  @Test("The gradient is that of the mean under the reparameterised draws, and of a score function")
  func gradient() throws {
    let task = try Self.task()
    let target = try #require(task.target)
    // ∂/∂m₁ by hand: −1.5 (−0.1) − 0.4 (0.5) − 0.1 (0.027 + 3 · 0.3 · 0.49).
    #expect(abs(target[0] - (0.15 - 0.2 - 0.1 * (0.027 + 0.441))) <= 1e-15)
    let one = try task.references()
    #expect(one.count == 2 && one.allSatisfy { $0.variances.allSatisfy { $0 > 0 } })
    // Catches: an estimate of four draws held against the spread of one. A mean of S has 1/S of it.
    for (one, four) in zip(one, try Self.task(samples: 4).references()) {
      #expect(zip(one.variances, four.variances).allSatisfy { abs($1 / $0 - 0.25) < 1e-12 })
    }
  }

  @Test(
    "However the noise is made, a right estimator is unbiased", .enabled(if: Submission.hasPython),
    arguments: [
      "[choices.normal() for d in places]",
      "(lambda u, v: [math.sqrt(-2 * math.log(u)) * f(2 * math.pi * v) for f in (math.cos, math.sin)])"
        + "(float(choices.uniform()), float(choices.uniform()))",
    ])
  func right(noise: String) throws {
    let report = try Submission("estimate.py", Self.program(noise)).judged(on: Self.task())
    #expect(report.holds, "\(report.words)\n\(report.complaints)")
    #expect(report.words.contains("exactly the variance of the reparameterised gradient"))
  }

  @Test("A wrong one is told how far it is off", .enabled(if: Submission.hasPython))
  func wrong() throws {
    let program = Self.program("[choices.normal() for d in places]").replacing(
      "+ 1 for", with: "for")
    let report = try Submission("estimate.py", program).judged(on: Self.task())
    #expect(report.words == "biased: its mean is off by (0, 0, -1, -1)")
  }

  @Test(
    "A case that is none is refused with its place",
    arguments: [
      ("[0.7,1.2]", "[0.7,-1.2]", "q.deviations"), ("[0.4,0.8]", "[0.5,0.8]", "symmetric"),
      ("[0.4,-0.7]", "[0.4]", "logJoint.centre"),
    ])
  func refused(part: String, wrong: String, words: String) throws {
    let json = try JSON(parsing: Self.text.replacing(part, with: wrong))
    #expect { try gradientProblem(JSONPlace(json), samples: 1) } throws: { "\($0)".contains(words) }
  }
}
