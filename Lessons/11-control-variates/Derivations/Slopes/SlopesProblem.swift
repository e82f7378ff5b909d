import GSL
import LessonKit
import Models
import Probability

/// Two bits with a cubic in each and a product of both, and the first of them with a latent number above it.
///
/// ```
/// f(x) = Σ_d (λ_d x_d + κ_d x_d² + μ_d x_d³) + χ x_1 x_2
/// ```
struct SlopesProblem: Sendable {
  /// θ_d.
  let logits: [Double]
  /// λ_d, κ_d and μ_d, a row a bit.
  let powers: [[Double]]
  /// χ.
  let product: Double
  /// τ: one half or one.
  let temperature: Double
  /// The uniform numbers that the noise of three classes is made of.
  let uniforms: [Double]
  /// The same as estimators see it.
  let discrete: DiscreteProblem

  init(
    logits: [Double], powers: [[Double]], product: Double, temperature: Double,
    uniforms: [Double] = [0.3, 0.85, 0.5]
  ) {
    self.logits = logits
    self.powers = powers
    self.product = product
    self.temperature = temperature
    self.uniforms = uniforms
    discrete = DiscreteProblem(
      StateLaw(.bits(logits: logits, couplings: [])),
      .fixed(
        .polynomial(
          [.init(product, powers: [1, 1])]
            + powers.enumerated().flatMap { d, row in
              row.enumerated().map { n, c in
                .init(c, powers: d == 0 ? [n + 1, 0] : [0, n + 1])
              }
            })))
  }

  static let example = SlopesProblem(
    logits: [-1, 0.6], powers: [[-0.9, 1, 0.4], [0.5, -0.8, 0.7]], product: 0.6, temperature: 0.5)

  static func random(_ cases: inout Cases) throws -> SlopesProblem {
    SlopesProblem(
      logits: try cases.reals(2, from: -1.2, to: 1.2),
      powers: [try cases.reals(3, from: -1.5, to: 1.5), try cases.reals(3, from: -1.5, to: 1.5)],
      product: try cases.real(from: -1, to: 1), temperature: try cases.flip(0.5) ? 1 : 0.5,
      uniforms: try cases.reals(3, from: 0.1, to: 0.9))
  }

  /// The same at logit 0 and without cubes.
  var fair: SlopesProblem {
    SlopesProblem(
      logits: [0, 0], powers: powers.map { [$0[0], $0[1], 0] }, product: product,
      temperature: temperature)
  }

  /// The same without squares and cubes.
  var linear: SlopesProblem {
    SlopesProblem(
      logits: logits, powers: powers.map { [$0[0], 0, 0] }, product: product,
      temperature: temperature)
  }

  /// The first bit alone, with its latent number.
  var latent: LatentProblem {
    LatentProblem(
      logit: logits[0], powers: powers[0], other: powers[1], eta: 1, temperature: temperature)
  }
}

// MARK: Classes

extension SlopesProblem {
  /// Three classes with the logits θ_1, θ_2 and 0, and f(x) = Σ_c (x_c − t_c)³ with the first row for t.
  var classes: DiscreteProblem {
    DiscreteProblem(
      StateLaw(.classes(logits: logits + [0])), .fixed(.power(targets: powers[0], exponent: 3)))
  }

  /// J(y) f′(z)/τ, with y the softened classes and z the one that wins.
  var pulledClasses: [Double] {
    let noisy = zip(logits + [0], uniforms).map { $0 - log(-log($1)) }
    let weights = noisy.map { exp($0 / temperature) }
    let y = weights.map { $0 / weights.reduce(0, +) }
    let slopes = noisy.indices.map { c in
      let step = (noisy[c] == noisy.max() ? 1 : 0) - powers[0][c]
      return 3 * step * step
    }
    return y.indices.map { c in
      y.indices.reduce(0) { $0 + y[c] * y[$1] * (slopes[c] - slopes[$1]) } / temperature
    }
  }
}

// MARK: The exact answers

extension SlopesProblem {
  /// The bits with their rounding.
  var bits: ExactBits { ExactBits(logits: logits) }

  /// f at bits.
  func value(_ b: [Double]) -> ExactValue {
    let own = [0, 1].sum { d in powers[d].sum { ExactValue($0) } * ExactValue(b[d]) }
    return own + ExactValue(product * b[0] * b[1])
  }

  /// ∇E_q[f].
  var gradient: [ExactValue] { bits.gradient(value) }

  /// (2 p_d − 1) κ_d + (3 p_d − 1) μ_d: the mean slope at the draw less the mean difference.
  var excess: [ExactValue] {
    zip(bits.p, powers).map { p, row in
      (2 * p - 1) * ExactValue(row[1]) + (3 * p - 1) * ExactValue(row[2])
    }
  }

  /// E_q of a vector that depends on the state that was drawn.
  func mean(_ value: (_ state: Int) throws -> [Double]) throws -> [ExactValue] {
    let rows = try bits.states.indices.map(value)
    return [0, 1].map { d in zip(bits.states, rows).sum { $0.0.q * ExactValue($0.1[d]) } }
  }

  /// The mean of ReinMax at a temperature: its weights at 0 and at 1, times the mean slopes there.
  func cooledMean(_ temperature: Double) -> [ExactValue] {
    [0, 1].map { d in
      let p = bits.p[d]
      let s = ExactBits(logits: [logits[d] / temperature]).p[0]
      let half = p * (1 - p) / 2
      let across = ExactValue(product) * bits.p[1 - d]
      let atZero = ExactValue(powers[d][0]) + across
      let atOne = atZero + 2 * ExactValue(powers[d][1]) + 3 * ExactValue(powers[d][2])
      return (1 - p) * (s - s * s / 2 - half) * atZero + p * ((1 - s * s) / 2 - half) * atOne
    }
  }

  /// The size of the largest slope.
  var steepest: Double {
    powers.joined().reduce(abs(product)) { $0 + 3 * abs($1) }
  }
}

extension LatentProblem {
  /// f′(z).
  func slope(atBit bit: Int) -> Double {
    bit == 0 ? powers[0] : powers[0] + 2 * powers[1] + 3 * powers[2]
  }

  /// E[∂y/∂θ; z] = ∂E[y; z]/∂θ ∓ ½ p (1 − p), by the score of z and what crosses the threshold.
  func softness(of bit: Int) throws -> QuadratureValue {
    let moved = try mean { drawn, z in drawn == bit ? relaxed(z) * (2 * rank(z) - 1) : 0 }
    let edge = (probability * (1 - probability) / 2).value
    return QuadratureValue(
      moved.value + (bit == 1 ? -edge : edge), errorBound: moved.errorBound + .ulpOfOne)
  }
}

extension SlopesProblem: Shown {
  /// The bits, the cubics, the temperature.
  var givens: [Given] {
    [
      Given("θ", logits), Given("λ", powers.map { $0[0] }), Given("κ", powers.map { $0[1] }),
      Given("μ", powers.map { $0[2] }), Given("χ", product), Given("τ", temperature),
      Given("u", uniforms).folded,
    ]
  }
}
