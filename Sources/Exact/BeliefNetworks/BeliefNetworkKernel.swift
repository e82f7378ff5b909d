import GSL
import Kernels
public import Models
import Probability

extension BeliefNetworkPosterior {
  /// The answer for a network with one hidden layer, in plain doubles and on all processors.
  ///
  /// ```
  /// p(x) = Σ_top p(top) Π_u 1/(1 + e^(a_u)) with a_u the activation, its sign turned where x_u = 1
  /// ```
  /// Nil where the network has more layers, or where its numbers leave the range of doubles: then
  /// ``init(enumerating:_:)`` has the answer.
  /// - Parameters:
  ///   - network: the network.
  ///   - observation: its last layer.
  ///   - threads: on how many threads to work, by default as many as it is worth; the answer does
  ///     not depend on it.
  ///   - progress: told now and then how many settings have been visited.
  public init?(
    factorising network: SigmoidBeliefNetwork, _ observation: [Bool],
    threads: Int? = nil, progress: (Double) -> Void = { _ in }
  ) {
    // 2^26 settings a call take a twentieth of a second: often enough to tell of progress.
    self.init(factorising: network, observation, threads: threads, innerUnits: 26, progress)
  }

  /// On how many threads the sum over the settings of a network's top runs, unless it is told.
  public static func factorisingThreads(_ network: SigmoidBeliefNetwork) -> Int {
    let settings = exp2(Double(min(network.bias.count, 26)))
    return threadCount(forProducts: settings * Double(network.observedUnitCount))
  }

  /// Units of the top beyond the first `innerUnits` are set outside, one call of the kernel a setting.
  init?(
    factorising network: SigmoidBeliefNetwork, _ observation: [Bool], threads: Int?,
    innerUnits: Int, _ progress: (Double) -> Void
  ) {
    let top = network.bias.count
    guard network.layers.count == 1, top < 63, observation.count == network.observedUnitCount
    else { return nil }
    let layer = network.layers[0]
    let signs = observation.map { $0 ? -1.0 : 1.0 }
    let weights = layer.weights.map { row in zip(signs, row).map { $0 * $1 } }
    let bias = zip(signs, layer.bias).map { $0 * $1 }
    let inner = min(top, innerUnits)
    var (total, sums) = (CompensatedSum(), Array(repeating: CompensatedSum(), count: top))
    for outer in BitStates(of: top - inner).indices {
      let isOn = units(outer, count: top - inner)
      var problem = BeliefSum.Problem(
        weights: Array(weights[..<inner].joined()), bias: bias,
        on: network.bias[..<inner].map { sigmoid($0) },
        off: network.bias[..<inner].map { sigmoid(-$0) })
      for (unit, isOn) in zip(inner..<top, isOn) where isOn {
        problem.bias = zip(problem.bias, weights[unit]).map { $0 + $1 }
      }
      let worth = threads ?? BeliefNetworkPosterior.factorisingThreads(network)
      guard let part = BeliefSum(problem, threads: worth) else { return nil }
      let prior = exp(logBernoulli(isOn, activations: Array(network.bias[inner...])))
      total.add(prior * part.sum)
      for unit in 0..<inner { sums[unit].add(prior * part.on[unit]) }
      for (unit, isOn) in zip(inner..<top, isOn) where isOn { sums[unit].add(prior * part.sum) }
      progress(exp2(Double(inner)) * Double(outer + 1))
    }
    // One of the 2^n settings has a prior of 2^-n, and a part is above 1e-270 if there is one.
    let value = log(total.value)
    // Every factor of a term is rounded, and a task of the kernel adds up to 2^-17 of all terms.
    let roundings = Double(4 * (top + observation.count) + 64) + exp2(Double(inner - 17))
    self.init(
      logEvidence: ExactValue(
        value, roundingBound: (roundings + abs(value)) * Double.ulpOfOne),
      topMarginals: sums.map { min(1, $0.value / total.value) })
  }
}
