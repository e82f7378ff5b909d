import GSL

/// The law of the states of a Gaussian chain, by beliefs from before and likelihoods from behind.
///
/// ```
/// forward    p(x_t | what is known of x_1 … x_{t−1})    a belief: x = m + Lᵀ·u, never Lᵀ·L
/// backward   p(what is known of x_t … x_T | x_t)        a likelihood: |F·x − g|², never F⁻¹
/// law        p(x_t) ∝ forward · backward
/// log Z      Σ_t log p(what is known of x_t | what is known of x_1 … x_{t−1})
/// ```
/// Kalman's filter and the two-filter smoother of Fraser and Potter 1969 in square-root form. No
/// covariance of a state is inverted, so the noise may be singular; none is a difference, so a variance
/// of 10⁸ may shrink to 10⁻¹² in one step.
public struct GaussianChainLaw: Sendable {
  /// What the chain is made of.
  public let chain: GaussianChain
  /// What is known of x_t before its own potential is.
  public let forward: [StateBelief]
  /// What the potentials of x_t and of all later states say of x_t.
  public let backward: [StateEvidence]
  /// The terms of log Z, place by place.
  public let logPredictions: [Double]

  /// Passes messages in both directions.
  public init(_ chain: GaussianChain) {
    self.chain = chain
    var (forward, logPredictions): ([StateBelief], [Double]) = ([], [])
    var belief = chain.initial
    for (t, potential) in chain.potentials.enumerated() {
      if t > 0 { belief = belief.moved(by: chain.steps[t - 1]) }
      forward.append(belief)
      let (filtered, logEvidence) = belief.conditioned(on: potential)
      logPredictions.append(logEvidence)
      belief = filtered
    }
    var backward: [StateEvidence] = []
    for (t, potential) in chain.potentials.enumerated().reversed() {
      let later = backward.last?.before(chain.steps[t]) ?? .none(ofStates: chain.stateCount)
      backward.append(potential.joined(with: later))
    }
    (self.forward, self.backward) = (forward, backward.reversed())
    self.logPredictions = logPredictions
  }

  /// log Z: the log-evidence, where the potentials are likelihoods.
  public var logPartition: Double { CompensatedSum(logPredictions).value }

  /// The normal law of x_t, by its mean and the root of its covariance.
  public func state(at place: Int) -> StateBelief {
    forward[place].conditioned(on: backward[place]).belief
  }

  /// Cov(x_t, x_{t+1}), a row for each number of x_t, for t the place before the step.
  public func crossCovariance(after place: Int) -> [[Double]] {
    let (n, both) = (chain.stateCount, pair(after: place).covariance)
    return (0..<n).map { i in (0..<n).map { j in both[i * 2 * n + n + j] } }
  }

  /// The normal law of x_t and x_{t+1}, as one state of 2n numbers, for t the place before the step.
  ///
  /// Both states are one normal vector, which the likelihood of the second conditions:
  ///
  /// ```
  /// (x, x') = (m, A·m) + [L  L·Aᵀ]ᵀ·u
  ///                      [0  Γ   ]
  /// ```
  public func pair(after place: Int) -> StateBelief {
    let n = chain.stateCount
    let (step, later) = (chain.steps[place], backward[place + 1])
    let before = forward[place].conditioned(on: chain.potentials[place]).belief
    var moved = Rows(zeros: before.doubts.count, width: n)
    moved.place(before.doubts, times: step.dynamics, at: 0)
    var doubts = Rows(zeros: moved.count + step.noise.count, width: 2 * n)
    for k in 0..<n {
      for u in 0..<moved.count {
        (doubts[u, k], doubts[u, n + k]) = (before.doubts[u, k], moved[u, k])
      }
      for u in 0..<step.noise.count { doubts[moved.count + u, n + k] = step.noise[u, k] }
    }
    var seen = Rows(zeros: later.rows.count, width: 2 * n + 1)
    for i in 0..<seen.count {
      for k in 0...n { seen[i, n + k] = later.rows[i, k] }
    }
    return StateBelief(mean: before.mean + step.moved(before.mean), doubts: doubts)
      .conditioned(on: StateEvidence(rows: seen, logWeight: 0)).belief
  }

  /// KL(p‖p₀) from the chain without its potentials: E_p[Σ_t potentials_t(x_t)] − log Z.
  public var kullbackLeiblerFromPrior: Double {
    var sum = CompensatedSum(logPredictions.map { -$0 })
    for (t, potential) in chain.potentials.enumerated() {
      sum.add(potential.mean(under: state(at: t)))
    }
    return sum.value
  }

  /// States drawn from the law, each given the one before and all that is known of it and later ones.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [[Double]] {
    var states: [[Double]] = []
    for t in backward.indices {
      let belief =
        t == 0
        ? chain.initial
        : StateBelief(
          mean: chain.steps[t - 1].moved(states[t - 1]), doubts: chain.steps[t - 1].noise)
      states.append(try belief.conditioned(on: backward[t]).belief.sample(&choices))
    }
    return states
  }
}

extension StateBelief {
  /// A draw: mean + Lᵀ·u with u ~ N(0, 1), independent.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> [Double] {
    var state = mean
    for u in 0..<doubts.count {
      let noise = try choices.standardNormal()
      for k in state.indices { state[k] += doubts[u, k] * noise }
    }
    return state
  }
}
