import Exact
import GSL
import LessonKit
import Models
import Probability

/// A chain of two numbers that is seen through a network, with a normal q(z).
struct NeuralProblem: Sendable {
  /// The chain with what was seen.
  let chain: NeuralChain
  /// m.
  let mean: [Double]
  /// L, lower triangular.
  let factor: [[Double]]

  /// The same chain seen through a line.
  func linear(slope: Double) -> NeuralProblem {
    NeuralProblem(
      chain: NeuralChain(
        dynamics: chain.dynamics, emission: .line(slope: slope), noise: chain.noise,
        observations: chain.observations), mean: mean, factor: factor)
  }

  /// L·Lᵀ.
  var covariance: [[Double]] {
    factor.indices.map { t in
      factor.indices.map { u in
        (0...min(t, u)).reduce(0) { $0 + factor[t][$1] * factor[u][$1] }
      }
    }
  }
}

// MARK: The exact answers

extension NeuralProblem {
  /// log p(y) by a filter on a grid of x.
  func logEvidence() -> QuadratureValue {
    SwitchingGrid(
      start: NormalLaw(mean: 0, variance: 1), move: (chain.dynamics, chain.dynamicsNoise)
    ).refined(
      chain.observations.indices.map { t in { chain.logLikelihood(t, $0) } }, spacing: spacing)
  }

  /// A spacing that resolves what an output says of x, and a step.
  private var spacing: Double {
    let steepest =
      switch chain.emission {
      case .line(let slope): abs(slope)
      case .network(let units): units.reduce(0) { $0 + abs($1.input * $1.output) }
      }
    return min(0.35, 0.7 * sqrt(chain.dynamicsNoise), 0.7 * sqrt(chain.noise) / steepest)
  }

  /// log p(y) of a chain that is seen through a line, by Kalman's filter.
  func linearLogEvidence(slope: Double) throws -> ExactValue {
    let system = try LinearDynamicalSystem(
      initialMean: [0], initialCovariance: [[1]], dynamics: [[chain.dynamics]],
      dynamicsNoise: [[chain.dynamicsNoise]], emission: [[slope]], emissionNoise: [[chain.noise]])
    return try StateSpacePosterior(of: system.observing(chain.observations.map { [$0] }))
      .logEvidence
  }

  /// ∬ f(z₀, z₁) dz₀ dz₁ on a square grid, which the caller has made wide and fine enough.
  static func double(
    reach: Double, spacing: Double, _ f: (Double, Double) throws -> Double
  ) rethrows -> Double {
    let half = Int((reach / spacing).rounded(.up))
    var sum = CompensatedSum()
    for i in -half...half {
      for j in -half...half { sum.add(try f(spacing * Double(i), spacing * Double(j))) }
    }
    return spacing * spacing * sum.value
  }

  /// ∂ELBO by m, then by the triangle of L.
  ///
  /// The fit of step t depends on m_t and C_tt alone; its slopes are means of ℓ times the score of a normal law.
  /// The divergence from the prior is in closed form.
  var slopes: [Double] {
    let (a, q) = (chain.dynamics, chain.dynamicsNoise)
    let precision = [[1 + a * a / q, -a / q], [-a / q, 1 / q]]
    var (byMean, byVariance): ([Double], [Double]) = ([], [])
    for t in mean.indices {
      let (m, v) = (mean[t], covariance[t][t])
      var (first, second) = (CompensatedSum(), CompensatedSum())
      for node in -72...72 {
        let u = 0.125 * Double(node)
        let weight = 0.125 * exp(-0.5 * u * u) / sqrt(2 * Double.pi)
        let fit = chain.logLikelihood(t, m + sqrt(v) * u)
        first.add(weight * fit * u / sqrt(v))
        second.add(weight * fit * (u * u - 1) / (2 * v))
      }
      byMean.append(first.value - precision[t][0] * mean[0] - precision[t][1] * mean[1])
      byVariance.append(second.value)
    }
    var byFactor: [Double] = []
    for t in mean.indices {
      for u in 0...t {
        let prior = (u...1).reduce(0.0) { $0 + precision[t][$1] * ($1 >= u ? factor[$1][u] : 0) }
        byFactor.append(
          2 * byVariance[t] * factor[t][u] - prior + (t == u ? 1 / factor[t][t] : 0))
      }
    }
    return byMean + byFactor
  }
}

extension NeuralProblem {
  /// Two steps through one unit.
  static func twoSteps() -> NeuralProblem {
    NeuralProblem(
      chain: NeuralChain(
        dynamics: 0.9, emission: .network([.init(input: 2, shift: 0, output: 1)]), noise: 0.16,
        observations: [0.5, -0.3]), mean: [0.2, 0.1], factor: [[0.35], [0.2, 0.3]])
  }

  /// Two steps through one or two gentle units.
  static func random(_ cases: inout Cases) throws -> NeuralProblem {
    let units = try (0..<cases.integer(1...2)).map { _ in
      NeuralChain.Unit(
        input: try cases.real(from: 0.3, to: 0.6), shift: try cases.real(from: -0.6, to: 0.8),
        output: try cases.real(from: 0.6, to: 1.3))
    }
    return NeuralProblem(
      chain: NeuralChain(
        dynamics: try cases.real(from: 0.2, to: 0.6), emission: .network(units),
        noise: try cases.real(from: 0.6, to: 1), observations: try cases.reals(2, from: -1, to: 1)
      ),
      mean: try cases.reals(2, from: -0.8, to: 0.8),
      factor: [
        [try cases.real(from: 0.3, to: 0.8)],
        [try cases.real(from: 0.1, to: 0.5), try cases.real(from: 0.3, to: 0.7)],
      ])
  }
}

extension NeuralProblem: Shown {
  /// The dynamics, the network, what was seen, and q.
  var givens: [Given] {
    let shape =
      switch chain.emission {
      case .line(let slope): "\(Format.short(slope, digits: 12)) z"
      case .network(let units):
        units.map { unit in
          let shift = unit.shift == 0 ? "" : " + \(Format.short(unit.shift, digits: 12))"
          return
            "\(Format.short(unit.output, digits: 12)) tanh(\(Format.short(unit.input, digits: 12)) z\(shift))"
        }.joined(separator: " + ")
      }
    return [
      Given("a", chain.dynamics), Given("φ(z)", words: shape), Given("R", chain.noise),
      Given("y_t", chain.observations), Given("m", mean), Given("L", factor),
    ]
  }
}
