import GSL

/// Classes whose logits carry Gumbel noise: which one wins, and the softmax at a temperature.
///
/// ```
/// c* = argmax_c (logit_c + G_c),     y = softmax((logits + G)/τ)
/// ```
/// Given the winner, which is drawn from the softmax of the logits, a class falls behind it by
/// x_c = log(1 + E_c/(q_c E_0)) with standard exponentials E, so that
/// ```
/// P(x_c > log(1 + a_c) for all c) = 1/(1 + Σ_c q_c a_c)
/// ```
/// The rule is a product of rules for up to two lags with that density. Reference: Maddison, Tarlow
/// and Minka 2014, "A* sampling".
public struct PerturbedClassesNoise: NoiseLaw {
  /// Who wins and by how much.
  public struct Outcome: Sendable {
    /// The class with the largest noisy logit.
    public let winner: Int
    /// The softmax of the noisy logits at the temperature.
    public let relaxed: [Double]
  }

  /// The logits.
  public let logits: [Double]
  /// τ.
  public let temperature: Double

  /// The law of relaxed classes.
  public init(logits: [Double], temperature: Double) {
    self.logits = logits
    self.temperature = temperature
  }

  /// The largest number of classes with a rule.
  public static let mostClasses = 3

  /// A draw.
  public func sample<Choices: RandomChoices>(
    _ choices: inout Choices
  ) throws(ChoiceError) -> Outcome {
    var noisy: [Double] = []
    for logit in logits { noisy.append(logit - log(-log(try choices.uniform()))) }
    let winner = noisy.indices.reduce(0) { noisy[$1] > noisy[$0] ? $1 : $0 }
    return outcome(winner, lags: noisy.map { noisy[winner] - $0 })
  }

  private func outcome(_ winner: Int, lags: [Double]) -> Outcome {
    let powers = lags.map { exp(-$0 / temperature) }
    let total = powers.reduce(0, +)
    return Outcome(winner: winner, relaxed: powers.map { $0 / total })
  }

  /// Every winner, with every lag of the others.
  public func rule(level: Int) throws -> WeightedPoints<Outcome> {
    guard logits.count <= Self.mostClasses else {
      throw ChoiceError.noRule(
        "relaxed classes have a rule for up to \(Self.mostClasses) of them, found \(logits.count)")
    }
    let law = SoftmaxLaw(logits: logits)
    let q = logits.indices.map { exp(law.logProbability($0)) }
    let line = halfLine(level: level, reach: 42 - (logits.min() ?? 0) + (logits.max() ?? 0)) { _ in
      1
    }
    let count = logits.indices.dropFirst().reduce(logits.count) { count, _ in count * line.count }
    try requireFewPoints(count)
    var nodes: [(point: Outcome, weight: Double)] = []
    for winner in logits.indices {
      var lags = [Double](repeating: 0, count: logits.count)
      let others = logits.indices.filter { $0 != winner }
      /// q_w · n! Π_c (q_c e^{x_c} dx_c) / (1 + Σ_c q_c a_c)^{n+1}, the last quotient taken factor by factor.
      func place(_ next: Int, _ weight: Double, _ rate: Double) {
        guard next < others.count else {
          var density = weight / rate
          for k in 0..<others.count { density *= Double(k + 1) / rate }
          nodes.append((outcome(winner, lags: lags), density))
          return
        }
        for (lag, step) in line {
          lags[others[next]] = lag
          place(
            next + 1, weight * step * q[others[next]] * exp(lag),
            rate + q[others[next]] * expm1(lag))
        }
      }
      place(0, q[winner], 1)
    }
    return WeightedPoints(nodes)
  }
}
