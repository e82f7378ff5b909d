import Exact
import GSL
import LessonKit
import Probability

/// The weight π of a mixture of two known components: Beta prior, N data with two likelihoods each.
struct OtherWaysProblem: Sendable {
  let prior: BetaLaw
  /// p(x_n|z_n = 1), p(x_n|z_n = 0).
  let likelihoods: [[Double]]
  /// Labels that two workers have seen.
  let first: [Bool]
  let second: [Bool]

  var count: Int { likelihoods.count }

  /// A cavity for the first site, as if the others had said a little.
  var cavity: BetaLaw {
    get throws { try BetaLaw(on: prior.on + 0.4, off: prior.off + 0.7) }
  }

  static func example() throws -> OtherWaysProblem {
    OtherWaysProblem(
      prior: try BetaLaw(on: 1, off: 1), likelihoods: [[0.1, 0.9], [0.3, 0.8], [0.7, 0.2]],
      first: [true, false, true], second: [true, true])
  }

  static func random(_ cases: inout Cases) throws -> OtherWaysProblem {
    OtherWaysProblem(
      prior: try BetaLaw(
        on: try cases.real(from: 0.8, to: 2.5), off: try cases.real(from: 0.8, to: 2.5)),
      likelihoods: [
        [try cases.real(from: 0.1, to: 0.3), try cases.real(from: 0.6, to: 0.9)],
        [try cases.real(from: 0.1, to: 0.4), try cases.real(from: 0.5, to: 0.9)],
        [try cases.real(from: 0.7, to: 0.9), try cases.real(from: 0.1, to: 0.2)],
      ], first: [true, try cases.flip(0.5)], second: [try cases.flip(0.5), true, true])
  }

  /// log p(x, z) of every z; bit n of a state on is z_n = 1, the last datum counting up fastest.
  func logJoints() throws -> [Double] {
    // log p(z) depends on how many z_n are 1 alone.
    let none = try prior.logPartition()
    let logLabels = try (0...count).map { ones in
      let (on, off) = (prior.on + Double(ones), prior.off + Double(count - ones))
      return try BetaLaw(on: on, off: off).logPartition() - none
    }
    return (0..<(1 << count)).map { state in
      var sum = logLabels[state.nonzeroBitCount]
      for n in 0..<count {
        let isOn = (state >> (count - 1 - n)) & 1 == 1
        sum += log(likelihoods[n][isOn ? 0 : 1])
      }
      return sum
    }
  }

  /// p(z|x).
  func posterior() throws -> [Double] {
    let logs = try logJoints()
    let total = logSumExp(logs)
    return logs.map { exp($0 - total) }
  }

  /// E[π|x], over all assignments.
  func posteriorMean() throws -> Double {
    let total = prior.on + prior.off + Double(count)
    return try posterior().enumerated().reduce(0) {
      $0 + $1.element * (prior.on + Double($1.offset.nonzeroBitCount)) / total
    }
  }

  /// The π at which the likelihood is largest: Σ_n (l_n1 − l_n2)/(π l_n1 + (1 − π) l_n2) = 0.
  func mostLikely() throws -> Double {
    func slope(_ weight: Double) -> Double {
      likelihoods.reduce(0) { $0 + ($1[0] - $1[1]) / (weight * $1[0] + (1 - weight) * $1[1]) }
    }
    guard slope(1e-9) > 0 else { return 0 }
    guard slope(1 - 1e-9) < 0 else { return 1 }
    return try ScalarSearch.root(from: 1e-9, to: 1 - 1e-9, slope).point
  }

  /// log Z and E[log π], E[log(1 − π)] of a Beta distribution times a likelihood, by the trapezoid rule in the
  /// log odds of π.
  func tilted(_ cavity: BetaLaw, _ likelihood: [Double]) throws -> (log: Double, means: [Double]) {
    let normaliser = try cavity.logPartition()
    var sums = [0.0, 0.0, 0.0]
    for node in stride(from: -50.0, through: 50, by: 0.2) {
      let (on, off) = (sigmoid(node), sigmoid(-node))
      // dπ = π (1 − π) du.
      let weight =
        exp(cavity.on * -softplus(-node) + cavity.off * -softplus(node) - normaliser)
        * (on * likelihood[0] + off * likelihood[1]) * 0.2
      sums[0] += weight
      sums[1] -= weight * softplus(-node)
      sums[2] -= weight * softplus(node)
    }
    return (log(sums[0]), [sums[1] / sums[0], sums[2] / sums[0]])
  }

  /// The sites of expectation propagation when they no longer move, and the evidence they make.
  func settled() throws -> (natural: [Double], logEvidence: Double) {
    var sites = likelihoods.map { _ in [0.0, 0.0] }
    func total(without n: Int? = nil) -> [Double] {
      sites.enumerated().reduce(prior.naturalParameters) { sum, site in
        site.offset == n ? sum : [sum[0] + site.element[0], sum[1] + site.element[1]]
      }
    }
    for _ in 0..<30 {
      let before = sites
      for n in 0..<count {
        let cavity = total(without: n)
        let means = try tilted(try BetaLaw(naturalParameters: cavity), likelihoods[n]).means
        let matched = try BetaLaw(meanParameters: means).naturalParameters
        sites[n] = [matched[0] - cavity[0], matched[1] - cavity[1]]
      }
      let stand = zip(before.joined(), sites.joined()).allSatisfy { old, new in
        abs(old - new) <= 1e-14 * (1 + abs(new))
      }
      if stand { break }
    }
    let whole = try BetaLaw(naturalParameters: total()).logPartition()
    let evidence = try (0..<count).reduce(whole - (try prior.logPartition())) { sum, n in
      let cavity = try BetaLaw(naturalParameters: total(without: n))
      return sum + (try tilted(cavity, likelihoods[n]).log) + (try cavity.logPartition()) - whole
    }
    return (total(), evidence)
  }
}

extension OtherWaysProblem: Shown {
  /// Prior, likelihoods, labels.
  var givens: [Given] {
    [
      Given("π ~ Beta", [prior.on, prior.off]),
      Given("p(x_n|z_n = 1), p(x_n|z_n = 0)", likelihoods),
      Given("cavity ~ Beta", [prior.on + 0.4, prior.off + 0.7]),
      Given("D₁", first.map { $0 ? 1 : 0 }), Given("D₂", second.map { $0 ? 1 : 0 }),
    ]
  }
}
