import GSL
import JSONText
import Probability
import Testing

@testable import Judge

@Suite("Noise without end, visited at nodes")
struct NoiseTests {
  private func law(
    outcomes: Int = 100_000, of estimate: @escaping (inout ScriptedProgram.Choices) -> [Double]
  ) throws -> ProgramLaw {
    var limits = InterviewLimits()
    limits.outcomes = outcomes
    var interview = Interview(ScriptedProgram { .numbers(estimate(&$0)) }, limits: limits)
    return try interview.law(of: ["exercise": "test"])
  }

  private func expect(
    _ law: ProgramLaw, means: [Double], variances: [Double], within tolerance: Double = 1e-11
  ) throws {
    let moments = try law.moments(count: means.count)
    for d in means.indices {
      #expect(abs(moments.mean[d] - means[d]) <= tolerance * max(1, abs(means[d])))
      #expect(abs(moments.variances[d] - variances[d]) <= tolerance * max(1, variances[d]))
    }
    #expect((law.quadrature?.distance ?? 1) <= 1e-9)
  }

  @Test("Polynomials in normals: a few nodes are exact")
  func polynomials() throws {
    let found = try law { choices in
      let (a, b) = (choices.normal(), choices.normal())
      return [a * a * a * a, a * b + 2]
    }
    // E a⁴ = 3 and Var a⁴ = 105 − 9.
    try expect(found, means: [3, 2], variances: [96, 1])
    #expect(found.quadrature?.isOfAll == true)
  }

  @Test("Powers and logarithms of a uniform")
  func uniforms() throws {
    try expect(
      law {
        let u = $0.uniform(); return [u * u]
      }, means: [1.0 / 3], variances: [1.0 / 5 - 1.0 / 9])
    try expect(law { [-log($0.uniform())] }, means: [1], variances: [1], within: 1e-8)
  }

  @Test("A normal made of two uniforms, by Box and Muller")
  func boxMuller() throws {
    let found = try law { choices in
      let (u, v) = (choices.uniform(), choices.uniform())
      let z = (-2 * log(u)).squareRoot() * cos(2 * .pi * v)
      return [z, z * z]
    }
    try expect(found, means: [0, 1], variances: [1, 2], within: 1e-8)
  }

  @Test("Noise behind a coin, on one of its sides only")
  func behindACoin() throws {
    let found = try law { choices in
      choices.flip(0.25) == 1 ? [choices.normal() + 4] : [0]
    }
    try expect(found, means: [1], variances: [0.25 * 17 - 1])
  }

  @Test("What jumps or has a kink is refused, and so is a grid that is too large")
  func refused() {
    let kink = #expect(throws: Fault.self) { try law { [max(0, $0.normal() - 0.3)] } }
    #expect(kink?.reason.contains("kink") == true)
    let jump = #expect(throws: Fault.self) { try law { [$0.uniform() < 0.37 ? 1 : 0] } }
    #expect(jump?.reason.contains("u < p") == true)
    let large = #expect(throws: Fault.self) {
      try law(outcomes: 1000) { choices in
        var sum = 0.0
        for _ in 0..<6 { sum += choices.normal() }
        return [sum]
      }
    }
    #expect(large?.reason.contains("combinations of nodes") == true)
  }
}
