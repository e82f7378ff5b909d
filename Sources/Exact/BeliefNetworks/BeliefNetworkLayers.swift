import GSL
public import Models
import Probability

extension BeliefNetworkPosterior {
  /// The answers of several observations, by summing out one hidden layer after the other from the
  /// bottom up.
  ///
  /// ```
  /// m_lowest(h) = log p(x | h)        m_k(h) = log Σ_l p(l | h) e^(m_(k+1)(l))
  /// p(x) = Σ_top p(top) e^(m_top(top))
  /// ```
  /// Work for every pair of settings of neighbouring layers, instead of for every setting of all layers
  /// together. p(l | h) is computed once for all observations.
  /// - Parameters:
  ///   - network: the network, with fewer than 31 units in each hidden layer.
  ///   - observations: settings of its last layer.
  ///   - progress: told now and then how many settings or pairs of them have been visited.
  /// - Returns: the answer of each observation; nil where rounding would decide a posterior, so that all
  ///   settings of all layers have to be compared.
  /// - Throws: an observation that does not fit the network.
  public static func layerByLayer(
    _ network: SigmoidBeliefNetwork, _ observations: [[Bool]],
    progress: (Double) -> Void = { _ in }
  ) throws(ModelError) -> [BeliefNetworkPosterior?] {
    for observation in observations { try network.validate(observation: observation) }
    let counts = network.hiddenUnitCounts
    if let wide = counts.first(where: { $0 > 30 }) {
      throw ModelError("layers", "expected at most 30 units in a hidden layer, found \(wide)")
    }
    var messages = likelihoods(of: observations, in: network)
    var done = 0.0
    for number in (0..<(counts.count - 1)).reversed() {
      let layer = network.layers[number]
      var sums = messages.map { _ in [Double]() }
      for setting in BitStates(of: counts[number]).indices {
        let upper = units(setting, count: counts[number])
        let lower = logProbabilities(activations: layer.activations(below: upper))
        for (place, message) in messages.enumerated() {
          sums[place].append(logSumExp(zip(lower, message).map { $0 + $1 }))
        }
        done += Double(lower.count)
        progress(done)
      }
      messages = sums
    }
    return top(of: network, messages).map { network.fitsDoubles && $0.fitsDoubles ? $0 : nil }
  }

  /// log p(x | h) for every setting of the lowest hidden layer, a list an observation.
  private static func likelihoods(
    of observations: [[Bool]], in network: SigmoidBeliefNetwork
  ) -> [[Double]] {
    guard let count = network.hiddenUnitCounts.last, let layer = network.layers.last else {
      return []
    }
    var messages = observations.map { _ in [Double]() }
    for setting in BitStates(of: count).indices {
      let activations = layer.activations(below: units(setting, count: count))
      for (place, observation) in observations.enumerated() {
        messages[place].append(logBernoulli(observation, activations: activations))
      }
    }
    return messages
  }

  /// The evidence and the marginals of the top, once everything below it is summed out.
  private static func top(
    of network: SigmoidBeliefNetwork, _ messages: [[Double]]
  ) -> [BeliefNetworkPosterior] {
    let prior = logProbabilities(activations: network.bias)
    let tops = BitStates(of: network.bias.count)
    return messages.map { message in
      var tally = LogTally<Double>(parts: network.bias.count)
      for (setting, (before, after)) in zip(prior, message).enumerated() {
        tally.add(before + after, containing: tops.bitsOn(in: setting))
      }
      return BeliefNetworkPosterior(tally, of: network)
    }
  }
}

/// The log probabilities of all settings of independent units, on with probability σ(activation).
///
/// Each unit doubles the table: first the settings in which it is off, then those in which it is on.
func logProbabilities(activations: [Double]) -> [Double] {
  var table = [0.0]
  for activation in activations {
    let (off, on) = (logSigmoid(-activation), logSigmoid(activation))
    table = table.map { $0 + off } + table.map { $0 + on }
  }
  return table
}
