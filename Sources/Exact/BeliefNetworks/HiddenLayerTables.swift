import GSL
import Models
public import Probability

/// What one observation says of each hidden layer of a belief network: a table over the settings of each.
///
/// ```
/// m_lowest(h) = log p(x | h)        m_k(h) = log Σ_l p(l | h) e^(m_(k+1)(l))
/// P(top | x) = p(top) e^(m_top(top)) / p(x)        P(l | h, x) = p(l | h) e^(m_(k+1)(l) − m_k(h))
/// ```
public struct HiddenLayerTables: Sendable {
  let network: SigmoidBeliefNetwork
  let observation: [Bool]
  /// log p(x).
  public let logEvidence: Double
  /// log p(top, x) of every setting of the top.
  let top: [Double]
  /// m_k of every setting of each hidden layer, the top first.
  private let messages: [[Double]]

  init(_ network: SigmoidBeliefNetwork, _ observation: [Bool]) {
    (self.network, self.observation) = (network, observation)
    var messages: [[Double]] = []
    for (number, layer) in network.layers.enumerated().reversed() {
      let count = network.hiddenUnitCounts[number]
      let below = messages.first
      messages.insert(
        BitStates(of: count).indices.map { setting in
          let activations = layer.activations(below: units(setting, count: count))
          guard let below else { return logBernoulli(observation, activations: activations) }
          return logSumExp(zip(logProbabilities(activations: activations), below).map { $0 + $1 })
        }, at: 0)
    }
    self.messages = messages
    top = zip(logProbabilities(activations: network.bias), messages[0]).map { $0 + $1 }
    logEvidence = logSumExp(top)
  }

  /// log p(l | h) + m(l) of every setting l of the layer below a setting h of layer k.
  func logsBelow(_ k: Int, _ setting: Int) -> [Double] {
    let upper = units(setting, count: network.hiddenUnitCounts[k])
    let logs = logProbabilities(activations: network.layers[k].activations(below: upper))
    return zip(logs, messages[k + 1]).map { $0 + $1 }
  }

  /// P(l | h, x) of every setting l of the layer below.
  func lawBelow(_ k: Int, _ setting: Int) -> [Double] {
    logsBelow(k, setting).map { exp($0 - messages[k][setting]) }
  }

  /// P(h | x) of every setting of every hidden layer, from the top down.
  ///
  /// - Parameter each: told of each setting h of layer k with P(h | x), and the law of the layer below it; empty for
  ///   the lowest hidden layer.
  /// - Returns: the tables, the top first.
  @discardableResult
  func descend(
    _ each: (_ k: Int, _ setting: Int, _ share: Double, _ below: [Double]) -> Void = { _, _, _, _ in
    }
  ) -> [[Double]] {
    var tables = [top.map { exp($0 - logEvidence) }]
    for k in messages.indices {
      let isLowest = k + 1 == messages.count
      var sums = [CompensatedSum](
        repeating: CompensatedSum(), count: isLowest ? 0 : messages[k + 1].count)
      for (setting, share) in tables[k].enumerated() where share > 0 {
        let below = isLowest ? [] : lawBelow(k, setting)
        each(k, setting, share, below)
        for (l, probability) in below.enumerated() { sums[l].add(share * probability) }
      }
      if !isLowest { tables.append(sums.map(\.value)) }
    }
    return tables
  }

  /// P(unit on | x) of every unit of every hidden layer, the top first.
  public var marginals: [[Double]] {
    zip(descend(), network.hiddenUnitCounts).map { marginalsOfUnits($0, count: $1) }
  }

  /// ∂ log p(x) / ∂θ, in the order of `parameters`: what each unit is beyond what it was expected to be.
  ///
  /// ```
  /// ∂/∂bias_j = E[l_j − σ(a_j) | x]        ∂/∂weights_ij = E[h_i (l_j − σ(a_j)) | x]
  /// ```
  public var gradient: [Double] {
    let counts = network.hiddenUnitCounts
    var ofWeights = network.layers.map { $0.weights.map { $0.map { _ in CompensatedSum() } } }
    var ofBias = network.layers.map { $0.bias.map { _ in CompensatedSum() } }
    let tables = descend { k, setting, share, below in
      let upper = units(setting, count: counts[k])
      let found =
        below.isEmpty
        ? observation.map { $0 ? 1.0 : 0 } : marginalsOfUnits(below, count: counts[k + 1])
      let activations = network.layers[k].activations(below: upper)
      for (j, excess) in zip(found, activations).map({ $0 - sigmoid($1) }).enumerated() {
        ofBias[k][j].add(share * excess)
        for i in upper.indices where upper[i] { ofWeights[k][i][j].add(share * excess) }
      }
    }
    let atTop = zip(marginalsOfUnits(tables[0], count: counts[0]), network.bias)
    return atTop.map { $0 - sigmoid($1) }
      + zip(ofWeights, ofBias).flatMap { ($0.joined() + $1).map(\.value) }
  }
}

/// P(unit i on) under a law of the settings of some units.
private func marginalsOfUnits(_ law: [Double], count: Int) -> [Double] {
  (0..<count).map { unit in
    min(1, CompensatedSum(law.indices.filter { $0 >> unit & 1 == 1 }.map { law[$0] }).value)
  }
}

extension HiddenLayerTables: HiddenStateLaw {
  /// The most probable setting of all hidden layers, the top first: the sums of the messages become maxima.
  ///
  /// ```
  /// v_lowest(h) = log p(x | h)        v_k(h) = max_l [log p(l | h) + v_(k+1)(l)]
  /// ```
  public var explanation: (state: [[Bool]], logJoint: Double)? {
    let counts = network.hiddenUnitCounts
    var best = messages[counts.count - 1]
    var choices: [[Int]] = []
    for k in (0..<(counts.count - 1)).reversed() {
      let layer = network.layers[k]
      let found = BitStates(of: counts[k]).indices.map { setting in
        let upper = units(setting, count: counts[k])
        let logs = logProbabilities(activations: layer.activations(below: upper))
        return largest(zip(logs, best).map { $0 + $1 })
      }
      choices.insert(found.map(\.place), at: 0)
      best = found.map(\.value)
    }
    let start = largest(zip(logProbabilities(activations: network.bias), best).map { $0 + $1 })
    let settings = choices.reduce([start.place]) { $0 + [$1[$0[$0.count - 1]]] }
    return (zip(settings, counts).map { units($0, count: $1) }, start.value)
  }

  /// H(top | x) + Σ_k E[H(layer k + 1 | layer k, x) | x].
  public var entropy: Double? {
    var sum = CompensatedSum()
    let tables = descend { _, _, share, below in sum.add(share * entropyOfLaw(below)) }
    return max(0, sum.value + entropyOfLaw(tables[0]))
  }

  /// Draws the top, then each layer given the one above it.
  public func samples(
    _ count: Int, _ choices: inout some DiscreteChoicesProtocol & ~Copyable
  ) throws -> [[[Bool]]]? {
    let law = top.map { exp($0 - logEvidence) }
    let counts = network.hiddenUnitCounts
    var drawn: [[[Bool]]] = []
    for _ in 0..<count {
      var setting = try choices.choose(law)
      var settings = [units(setting, count: counts[0])]
      for k in counts.indices.dropLast() {
        setting = try choices.choose(lawBelow(k, setting))
        settings.append(units(setting, count: counts[k + 1]))
      }
      drawn.append(settings)
    }
    return drawn
  }
}

/// The largest of some numbers, the first of several.
private func largest(_ values: [Double]) -> (place: Int, value: Double) {
  values.enumerated().reduce((0, -.infinity)) { $1.element > $0.1 ? ($1.offset, $1.element) : $0 }
}

/// −Σ p log p.
private func entropyOfLaw(_ law: [Double]) -> Double {
  CompensatedSum(law.filter { $0 > 0 }.map { -$0 * log($0) }).value
}
