import GSL
import LessonKit
import Models
import Probability

/// Two independent bits, a table of f, and a step of the logits.
struct CouplingsProblem: Sendable {
  /// θ_d.
  let logits: [Double]
  /// f(0,0), f(0,1), f(1,0), f(1,1).
  let values: [Double]
  /// The step of a difference.
  let step: Double
  /// The same as estimators see it.
  let discrete: DiscreteProblem

  init(logits: [Double], values: [Double], step: Double) {
    self.logits = logits
    self.values = values
    self.step = step
    let bits = Array(logits.indices)
    discrete = DiscreteProblem(
      StateLaw(.bits(logits: logits, couplings: [])),
      .fixed(.terms([BitTerm(bits: bits, values: values)])))
  }

  static let example = CouplingsProblem(
    logits: [0.4, -0.9], values: [-1.3, 0.2, -2.1, 0.9], step: 0.4)

  static func random(_ cases: inout Cases) throws -> CouplingsProblem {
    CouplingsProblem(
      logits: try cases.reals(2, from: -1.5, to: 1.5), values: try cases.reals(4, from: -2, to: 2),
      step: try cases.real(from: 0.2, to: 0.6))
  }

  /// The second bit alone, the first off, its coin fair.
  var fair: DiscreteProblem {
    DiscreteProblem(
      StateLaw(.bits(logits: [0], couplings: [])),
      .fixed(.terms([BitTerm(bits: [0], values: Array(values[..<2]))])))
  }

  /// The bits with their rounding.
  var bits: ExactBits { ExactBits(logits: logits) }

  /// f at bits.
  func value(_ b: [Double]) -> ExactValue { ExactValue(values[Int(2 * b[0] + b[1])]) }

  /// E_q[f s]: the gradient by the score.
  var gradient: [ExactValue] {
    [0, 1].map { d in bits.mean { value($0) * bits.score(d, at: $0) } }
  }

  /// E[f] at other logits.
  func mean(at logits: [Double]) -> ExactValue { ExactBits(logits: logits).mean(value) }

  /// The logits with one moved.
  func moved(_ d: Int, by step: Double) -> [Double] {
    logits.indices.map { $0 == d ? logits[$0] + step : logits[$0] }
  }
}

// MARK: Cells of the uniforms

extension CouplingsProblem {
  /// A piece of (0, 1) in which neither of both bits changes.
  struct Cell {
    let length: ExactValue
    /// z = 1[u > 1 − p] and z̃ = 1[u < p].
    let (b, mirrored): (Double, Double)
  }

  /// The cells of u_d.
  private func cells(_ d: Int) -> [Cell] {
    let p = bits.p[d]
    let least = logits[d] < 0 ? p : 1 - p
    let between: Double = logits[d] < 0 ? 0 : 1
    return [
      Cell(length: least, b: 0, mirrored: 1),
      Cell(length: 1 - least - least, b: between, mirrored: between),
      Cell(length: least, b: 1, mirrored: 0),
    ]
  }

  /// E[(f(z) − f(z̃))² ℓ_d²]/12, with ℓ_d the length of the cell of u_d.
  var scatterInCells: [ExactValue] {
    [0, 1].map { d in
      cells(0).sum { first in
        cells(1).sum { second in
          let gap = value([first.b, second.b]) - value([first.mirrored, second.mirrored])
          let length = d == 0 ? first.length : second.length
          return first.length * second.length * gap * gap * length * length / 12
        }
      }
    }
  }

  /// E[f² ℓ_d²]/3, with ℓ_d = p_d for a bit that is on and 1 − p_d for one that is off.
  var scatterBehindBits: [ExactValue] {
    [0, 1].map { d in
      bits.mean { b in
        let length = b[d] == 1 ? bits.p[d] : 1 - bits.p[d]
        return value(b) * value(b) * length * length / 3
      }
    }
  }
}

// MARK: Other exact answers

extension CouplingsProblem {
  /// Var_q[f s_d].
  var plainVariances: [ExactValue] {
    let all = bits.covariances { b in [0, 1].map { value(b) * bits.score($0, at: b) } }
    return [all[0], all[3]]
  }

  /// 2 p_d² (1 − p_d)² Cov_q[f(z_d = 1), f(z_d = 0)].
  var sharedPart: [ExactValue] {
    [0, 1].map { d in
      let v = bits.variances[d]
      func set(_ b: [Double], _ bit: Double) -> ExactValue {
        var c = b
        c[d] = bit
        return value(c)
      }
      let covariance = bits.covariances { b in [set(b, 1), set(b, 0)] }[1]
      return 2 * v * v * covariance
    }
  }

  /// (E[f] at θ_d + ε less E[f] at θ_d − ε)/2ε.
  var quotients: [ExactValue] {
    [0, 1].map { d in
      (mean(at: moved(d, by: step)) - mean(at: moved(d, by: -step))) / (2 * ExactValue(step))
    }
  }

  /// (p_d(+ε) − p_d(−ε)) E[(f(z_d = 1) − f(z_d = 0))²]/4ε² − the square of the quotient.
  var varianceOnOneNoise: [ExactValue] {
    [0, 1].map { d in
      let up = ExactBits(logits: moved(d, by: step)).p[d]
      let down = ExactBits(logits: moved(d, by: -step)).p[d]
      let square = bits.mean { b in
        let effect = bits.effect(of: d, on: value, at: b)
        return effect * effect
      }
      let double = 2 * ExactValue(step)
      return (up - down) * square / (double * double) - quotients[d] * quotients[d]
    }
  }

  /// The mean over both signs δ of the quotient along δ, divided by δ_d.
  var quotientsAlongDiagonals: [ExactValue] {
    func difference(_ signs: [Double]) -> ExactValue {
      let (up, down) = (
        zip(logits, signs).map { $0 + step * $1 }, zip(logits, signs).map { $0 - step * $1 }
      )
      return (mean(at: up) - mean(at: down)) / (2 * ExactValue(step))
    }
    // δ and −δ say the same.
    let (along, across) = (difference([1, 1]), difference([1, -1]))
    return [(along + across) / 2, (along - across) / 2]
  }
}

extension CouplingsProblem: Shown {
  /// The log odds, the table, the step.
  var givens: [Given] {
    [
      Given("θ", logits), Given("f(z)", [[values[0], values[1]], [values[2], values[3]]]),
      Given("ε", step),
    ]
  }
}
