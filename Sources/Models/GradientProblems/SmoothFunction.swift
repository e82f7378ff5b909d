import GSL

/// A function f of a vector that has a value, slopes and curvatures everywhere, not only at states.
///
/// What relaxations and pathwise estimators ask of an objective. Two functions that agree on all
/// states are the same objective to a score function and different ones to a straight-through
/// gradient, which is why the form off the states is part of the problem.
public indirect enum SmoothFunction: Sendable, Equatable {
  /// Σ_t of small tables over some bits, each multilinear in them.
  case terms([BitTerm])
  /// Σ_c v_c x_c, a table over classes, linear in the one-hot vector.
  case linear([Double])
  /// Σ c Π_d x_d^{n_d}.
  case polynomial([Monomial])
  /// Σ_d (x_d − t_d)^n.
  case power(targets: [Double], exponent: Int)
  /// Σ_j of functions of one number w_j·x + a_j.
  case ridges([Ridge], plus: Double)
  /// log Σ_j π_j Π_d N(x_d; m_jd, s_jd²).
  case logMixture([MixturePart])
  /// A sum of functions.
  case sum([SmoothFunction])

  /// A term of a polynomial.
  public struct Monomial: Sendable, Equatable {
    /// c.
    public let coefficient: Double
    /// n_d.
    public let powers: [Int]
    /// c Π_d x_d^{n_d}.
    public init(_ coefficient: Double, powers: [Int]) {
      self.coefficient = coefficient
      self.powers = powers
    }
  }

  /// A component of a mixture of Gaussians with independent coordinates.
  public struct MixturePart: Sendable, Equatable {
    /// log π_j.
    public let logWeight: Double
    /// m_j.
    public let means: [Double]
    /// s_j, standard deviations.
    public let scales: [Double]
    /// π_j N(m_j, s_j²).
    public init(weight: Double, means: [Double], scales: [Double]) {
      logWeight = log(weight)
      self.means = means
      self.scales = scales
    }
  }
}

/// f with its first and second derivatives at a point.
public struct Jet: Sendable, Equatable {
  /// f.
  public var value: Double
  /// ∂f/∂x_d.
  public var slope: [Double]
  /// ∂²f/∂x_d∂x_e, row by row.
  public var curvature: [[Double]]

  /// A constant, whose derivatives vanish.
  init(constant value: Double, dimension: Int) {
    self.value = value
    slope = [Double](repeating: 0, count: dimension)
    curvature = [[Double]](repeating: slope, count: dimension)
  }

  static func += (left: inout Jet, right: Jet) {
    left.value += right.value
    for d in left.slope.indices {
      left.slope[d] += right.slope[d]
      for e in left.slope.indices { left.curvature[d][e] += right.curvature[d][e] }
    }
  }
}

extension SmoothFunction {
  /// f(x).
  public func value(at x: [Double]) -> Double { jet(at: x).value }

  /// ∇f(x).
  public func slope(at x: [Double]) -> [Double] { jet(at: x).slope }

  /// f(x), ∇f(x) and the second derivatives.
  public func jet(at x: [Double]) -> Jet {
    var jet = Jet(constant: 0, dimension: x.count)
    switch self {
    case .terms(let terms): for term in terms { jet += term.jet(at: x) }
    case .linear(let values):
      jet.value = zip(values, x).reduce(0) { $0 + $1.0 * $1.1 }
      jet.slope = values
    case .polynomial(let terms): for term in terms { jet += term.jet(at: x) }
    case .power(let targets, let exponent):
      for d in x.indices {
        let step = x[d] - targets[d]
        jet.value += raised(step, exponent)
        jet.slope[d] = derivative(step, exponent)
        jet.curvature[d][d] = secondDerivative(step, exponent)
      }
    case .ridges(let ridges, let constant):
      jet.value = constant
      for ridge in ridges { jet += ridge.jet(at: x) }
    case .logMixture(let parts): jet = mixtureJet(parts, at: x)
    case .sum(let functions): for function in functions { jet += function.jet(at: x) }
    }
    return jet
  }
}

// MARK: Powers

/// x^n, with 0⁰ = 1.
private func raised(_ x: Double, _ n: Int) -> Double {
  var power = 1.0
  for _ in 0..<max(0, n) { power *= x }
  return power
}

/// n x^(n−1).
private func derivative(_ x: Double, _ n: Int) -> Double {
  n < 1 ? 0 : Double(n) * raised(x, n - 1)
}

/// n (n − 1) x^(n−2).
private func secondDerivative(_ x: Double, _ n: Int) -> Double {
  n < 2 ? 0 : Double(n) * Double(n - 1) * raised(x, n - 2)
}

extension SmoothFunction.Monomial {
  fileprivate func jet(at x: [Double]) -> Jet {
    var jet = Jet(constant: 0, dimension: x.count)
    /// c Π over all coordinates, with other factors at some of them.
    func product(_ d: Int? = nil, _ factor: Double = 1, _ e: Int? = nil, _ other: Double = 1)
      -> Double
    {
      x.indices.reduce(coefficient) {
        $0 * ($1 == d ? factor : $1 == e ? other : raised(x[$1], powers[$1]))
      }
    }
    jet.value = product()
    for d in x.indices {
      jet.slope[d] = product(d, derivative(x[d], powers[d]))
      for e in x.indices where e != d {
        jet.curvature[d][e] = product(
          d, derivative(x[d], powers[d]), e, derivative(x[e], powers[e]))
      }
      jet.curvature[d][d] = product(d, secondDerivative(x[d], powers[d]))
    }
    return jet
  }
}

// MARK: Mixtures

/// The logarithm of a mixture, with responsibilities r_j and slopes u_j of the logarithms of its parts.
/// ```
/// ∇f = Σ_j r_j u_j,     ∇²f = Σ_j r_j (u_j u_jᵀ − diag(1/s_j²)) − ∇f ∇fᵀ
/// ```
private func mixtureJet(_ parts: [SmoothFunction.MixturePart], at x: [Double]) -> Jet {
  let logs = parts.map { part in
    x.indices.reduce(part.logWeight) { sum, d in
      let ratio = (x[d] - part.means[d]) / part.scales[d]
      return sum - 0.5 * ratio * ratio - log(part.scales[d]) - 0.5 * log(2 * Double.pi)
    }
  }
  let total = logSumExp(logs)
  var jet = Jet(constant: total, dimension: x.count)
  let slopes = parts.map { part in
    x.indices.map { (part.means[$0] - x[$0]) / (part.scales[$0] * part.scales[$0]) }
  }
  let shares = logs.map { exp($0 - total) }
  for d in x.indices { jet.slope[d] = parts.indices.reduce(0) { $0 + shares[$1] * slopes[$1][d] } }
  for d in x.indices {
    for e in x.indices {
      jet.curvature[d][e] =
        parts.indices.reduce(0) { sum, j in
          let bend = d == e ? 1 / (parts[j].scales[d] * parts[j].scales[d]) : 0
          return sum + shares[j] * (slopes[j][d] * slopes[j][e] - bend)
        } - jet.slope[d] * jet.slope[e]
    }
  }
  return jet
}
