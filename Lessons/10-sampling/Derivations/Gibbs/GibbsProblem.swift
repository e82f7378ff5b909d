import GSL
import LessonKit
import Probability

/// Two bits with the joint p(z₁, z₂), as 00, 01, 10, 11.
struct GibbsProblem: Sendable {
  let joint: [Double]

  static let example = GibbsProblem(joint: [0.42, 0.08, 0.1, 0.4])

  static func random(_ cases: inout Cases) throws -> GibbsProblem {
    let table = [
      try cases.real(from: 3, to: 5), try cases.real(from: 0.3, to: 0.6),
      try cases.real(from: 1, to: 1.5), try cases.real(from: 1.5, to: 3),
    ]
    return GibbsProblem(joint: table.map { $0 / table.reduce(0, +) })
  }

  /// ρ, the correlation of the two bits.
  var correlation: Double {
    let p = joint
    let (first, second) = (p[2] + p[3], p[1] + p[3])
    return (p[0] * p[3] - p[1] * p[2])
      / (first * (1 - first) * second * (1 - second)).squareRoot()
  }

  /// The same bits on their own, without each other.
  var apart: GibbsProblem {
    let (first, second) = (joint[2] + joint[3], joint[1] + joint[3])
    return GibbsProblem(
      joint: [
        (1 - first) * (1 - second), (1 - first) * second, first * (1 - second), first * second,
      ])
  }

  /// G, from the conditionals: first z₁ given z₂, then z₂ given the new z₁.
  var sweep: [[Double]] {
    let p = joint
    func first(_ a: Int, given b: Int) -> Double { p[2 * a + b] / (p[b] + p[2 + b]) }
    func second(_ b: Int, given a: Int) -> Double {
      p[2 * a + b] / (p[2 * a] + p[2 * a + 1])
    }
    return (0..<4).map { from in
      (0..<4).map { to in
        first(to / 2, given: from % 2) * second(to % 2, given: to / 2)
      }
    }
  }
}

extension GibbsProblem: Shown {
  /// The table.
  var givens: [Given] { [Given("p(00), p(01), p(10), p(11)", joint)] }
}
