import Networks
import Probability

/// What the bound of a structured autoencoder depends on, one number of it moving.
public enum BoundDirection: Sendable, Equatable {
  /// Nothing moves.
  case none
  /// A natural parameter of q(θ).
  case natural(Int)
  /// h_n of a potential.
  case linear(Int)
  /// J_n of a potential.
  case precision(Int)
  /// All potentials at once, towards what the decoder says: ψ_n + ε (log p(y_n | x) − ψ_n).
  case towardsDecoder
}

/// The bound and all that it is made of, with the rate at which each moves.
public struct BoundValues: Sendable {
  /// The surrogate at its optimum.
  public let surrogate: Dual
  /// The ELBO there.
  public let elbo: Dual
  /// E[x_n].
  public let means: [Dual]
  /// E[x_n²].
  public let squares: [Dual]
  /// t̄, in the coordinates of q(θ).
  public let statistics: [Dual]
  /// e = E_q[T(θ)].
  public let expectations: [Dual]
}

/// What both programs share: numbers seen through a linear decoder, and potentials.
struct DualView {
  let linear: [Dual]
  let precision: [Dual]
  private let asked: [ScalarView]

  init(_ potentials: [QuadraticPotential], _ asked: [ScalarView], _ direction: BoundDirection) {
    self.asked = asked
    linear = potentials.enumerated().map { n, potential in
      let h = potential.linear[0]
      switch direction {
      case .linear(n): return Dual(h, slope: 1)
      case .towardsDecoder: return Dual(h, slope: asked[n].linear - h)
      default: return Dual(h)
      }
    }
    precision = potentials.enumerated().map { n, potential in
      let j = potential.precision[0, 0]
      switch direction {
      case .precision(n): return Dual(j, slope: 1)
      case .towardsDecoder: return Dual(j, slope: asked[n].precision - j)
      default: return Dual(j)
      }
    }
  }

  /// Σ E[ψ_n(x_n)] and Σ E[log p(y_n | x_n)].
  func fits(_ means: [Dual], _ squares: [Dual]) -> (potentials: Dual, decoder: Dual) {
    let half = Dual(0.5)
    let potentials = means.indices.map { n in
      linear[n] * means[n] - half * precision[n] * squares[n]
    }
    let decoder = means.indices.map { n in
      Dual(asked[n].linear) * means[n] - half * Dual(asked[n].precision) * squares[n]
        + Dual(asked[n].constant)
    }
    return (potentials.sum(), decoder.sum())
  }
}

/// η with one of its numbers moving.
func moving(_ eta: [Double], _ direction: BoundDirection) -> [Dual] {
  eta.enumerated().map { place, number in
    Dual(number, slope: direction == .natural(place) ? 1 : 0)
  }
}

/// KL(q(θ)‖p(θ)) = A(η₀) − A(η) − (η₀ − η)·e.
func divergence(
  _ prior: [Double], _ priorPartition: Double, _ eta: [Dual], _ partition: Dual, _ e: [Dual]
) -> Dual {
  let tilt = eta.indices.map { (Dual(prior[$0]) - eta[$0]) * e[$0] }.sum()
  return Dual(priorPartition) - partition - tilt
}
