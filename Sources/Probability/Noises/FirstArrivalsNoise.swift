import GSL

/// The first S of N arrivals at exponential times, and the time of the next one.
///
/// ```
/// T_i ~ Exp(q_i): the S smallest are U, t the next;     −log T_i = log q_i + Gumbel
/// P(U, dt) = Π_{i∈U} (1 − e^(−q_i t)) r e^(−r t) dt,     r = Σ_{i∉U} q_i
/// ```
/// The states of a draw without replacement, as a set, with the threshold κ = −log t below them.
/// Reference: Kool, van Hoof and Welling 2019, "Stochastic beams and where to find them".
public struct FirstArrivalsNoise: NoiseLaw {
  /// Who came, and when the next one does.
  public struct Outcome: Sendable {
    /// The first arrivals, in ascending order.
    public let states: [Int]
    /// t.
    public let next: Double
  }

  /// The rates q.
  public let rates: [Double]
  /// S, below N.
  public let count: Int

  /// The law of the first arrivals.
  public init(rates: [Double], count: Int) {
    self.rates = rates
    self.count = count
  }

  /// A draw.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Outcome {
    try requireNext()
    var times: [(state: Int, time: Double)] = []
    for (state, rate) in rates.enumerated() {
      times.append((state, -log(1 - (try choices.uniform())) / rate))
    }
    times.sort { $0.time < $1.time }
    return Outcome(states: times.prefix(count).map(\.state).sorted(), next: times[count].time)
  }

  /// Every set, with times equally spaced on a logarithmic scale.
  ///
  /// Towards 0 the density is t^S, and an estimator may grow as t^−⌊S/2⌋ and be squared: what is left
  /// is at least t dx on the scale x = log t.
  public func rule(level: Int) throws(ChoiceError) -> WeightedPoints<Outcome> {
    try requireNext()
    guard rates.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw .noRule("first arrivals have a rule for rates above zero, found \(rates)")
    }
    let spacing = RuleLevel.spacing(level, from: 0.4)
    var nodes: [(point: Outcome, weight: Double)] = []
    var states: [Int] = []
    func fill(_ from: Int) throws(ChoiceError) {
      guard states.count < count else {
        nodes += nodesOf(states, spacing)
        return try requireFewPoints(nodes.count)
      }
      for state in from..<rates.count {
        states.append(state)
        try fill(state + 1)
        states.removeLast()
      }
    }
    try fill(0)
    return WeightedPoints(nodes)
  }

  /// Refuses to wait for more than can come.
  private func requireNext() throws(ChoiceError) {
    guard (0..<rates.count).contains(count) else {
      throw .noRule("expected fewer first arrivals than \(rates.count) states, found \(count)")
    }
  }

  private func nodesOf(
    _ states: [Int], _ spacing: Double
  ) -> [(point: Outcome, weight: Double)] {
    let rest = rates.indices.reduce(0) { states.contains($1) ? $0 : $0 + rates[$1] }
    let (first, last) = (Int(-38 / spacing), Int((log(42 / rest) / spacing).rounded(.up)))
    return (first...max(first, last)).map { i in
      let t = exp(spacing * Double(i))
      let come = states.reduce(1) { $0 * -expm1(-rates[$1] * t) }
      return (
        Outcome(states: states, next: t), spacing * t * rest * exp(-rest * t) * come
      )
    }
  }
}
