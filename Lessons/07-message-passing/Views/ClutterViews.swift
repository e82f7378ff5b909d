import Approximate
import Exact
import GSL
import LessonKit
import Probability

/// The clutter problem: an unknown mean, and data that may be noise.
///
/// The posterior is a mixture of 2ᴺ normals.
struct Clutter: Sendable {
  let observations: [Double]
  let prior = NormalLaw(mean: 0, variance: 20)

  var sites: [ClutterSite] {
    observations.map { ClutterSite(observation: $0, variance: 1, clutter: 0.4, noise: 10) }
  }

  /// log p(x, θ).
  func logJoint(_ theta: Double) -> Double {
    sites.reduce(prior.logDensity(theta)) { sum, site in
      sum
        + logSumExp([
          log(1 - site.clutter)
            + NormalLaw(mean: theta, variance: site.variance).logDensity(site.observation),
          log(site.clutter) + NormalLaw(mean: 0, variance: site.noise).logDensity(site.observation),
        ])
    }
  }

  /// log p(x), mean and variance of θ, over every choice of what is noise.
  func exact() -> (logEvidence: Double, mean: Double, variance: Double) {
    var (logs, laws) = ([Double](), [NormalLaw]())
    for state in 0..<(1 << observations.count) {
      var (law, weight) = (prior, 0.0)
      for (n, site) in sites.enumerated() {
        if (state >> n) & 1 == 1 {
          weight +=
            log(site.clutter)
            + NormalLaw(mean: 0, variance: site.noise).logDensity(site.observation)
        } else {
          weight +=
            log(1 - site.clutter)
            + NormalLaw(mean: law.mean, variance: law.variance + site.variance)
            .logDensity(site.observation)
          let gain = law.variance / (law.variance + site.variance)
          law = NormalLaw(
            mean: law.mean + gain * (site.observation - law.mean),
            variance: law.variance * (1 - gain))
        }
      }
      logs.append(weight)
      laws.append(law)
    }
    let total = logSumExp(logs)
    let weights = logs.map { exp($0 - total) }
    let mean = zip(weights, laws).reduce(0) { $0 + $1.0 * $1.1.mean }
    let second = zip(weights, laws).reduce(0) {
      $0 + $1.0 * ($1.1.variance + $1.1.mean * $1.1.mean)
    }
    return (total, mean, second - mean * mean)
  }

  /// Expectation propagation until nothing moves; nil where a cavity is no distribution.
  func propagated(sweeps: Int = 200) -> (logEvidence: Double, law: NormalLaw, settled: Bool)? {
    guard var sites = try? ExpectationPropagation(prior: prior, sites: sites) else { return nil }
    var change = Double.infinity
    for _ in 0..<sweeps where change > 1e-12 {
      guard let moved = try? sites.sweep() else { return nil }
      change = moved
    }
    guard let law = try? sites.posterior(), let evidence = try? sites.logEvidence() else {
      return nil
    }
    return (evidence.value, law, change <= 1e-12)
  }
}

/// Where expectation propagation is close, and where it is not.
@Sendable func clutterTable(_: RunContext) throws -> Table {
  let cases: [(String, [Double])] = [
    ("(1.6, 2.3, 1.9)", [1.6, 2.3, 1.9]), ("(1.6, 2.3, −4)", [1.6, 2.3, -4]),
    ("(3.1, 2.6, −2.8, −3.3)", [3.1, 2.6, -2.8, -3.3]),
    ("(3.2, 2.7, 2.9, −3.1)", [3.2, 2.7, 2.9, -3.1]),
  ]
  return Table(
    title: "Clutter: what moment matching makes of four data sets",
    columns: ["x", "log p(x)", "log Z", "E[θ]", "E of EP", "Var[θ]", "Var of EP"],
    rows: cases.map { name, data in
      let problem = Clutter(observations: data)
      let exact = problem.exact()
      let found = problem.propagated()
      func cell(_ value: Double?) -> Table.Cell {
        value.map { .figure($0, .biased, digits: 4) } ?? .text("none")
      }
      return [
        .text(name), .exact(exact.logEvidence, digits: 5), cell(found?.logEvidence),
        .exact(exact.mean, digits: 4), cell(found?.law.mean), .exact(exact.variance, digits: 4),
        cell(found?.law.variance),
      ]
    },
    note:
      "E[θ] and Var[θ] are exact; EP is expectation propagation. “none”: a cavity came out with a negative variance, which belongs to no distribution."
  )
}

/// The posterior of the two groups, and the normal distribution that has its moments.
@Sendable func clutterPicture(_: RunContext) throws -> Picture {
  let problem = Clutter(observations: [3.1, 2.6, -2.8, -3.3])
  let exact = problem.exact()
  let matched = NormalLaw(mean: exact.mean, variance: exact.variance)
  let places = (0...60).map { -6 + 0.2 * Double($0) }
  return Drawing.curve(
    "A posterior with two modes, and its moments",
    [
      .init(
        "p(θ|x)", places: places,
        heights: places.map { exp(problem.logJoint($0) - exact.logEvidence) }, ink: .p),
      .init(
        "N with its mean and variance", places: places,
        heights: places.map { exp(matched.logDensity($0)) }, ink: .q),
    ], axis: "θ", kind: .exact,
    caption:
      "The data are (3.1, 2.6, −2.8, −3.3). Exact moments cover both modes, and the valley as well."
  )
}
