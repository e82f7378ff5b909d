import GSL
public import Models
import Probability

extension BeliefNetworkPosterior {
  /// The answer by visiting every setting of all hidden units.
  ///
  /// ```
  /// p(x) = Σ_top … Σ_lowest hidden p(top, …, lowest hidden, x)
  /// ```
  /// Where rounding would decide the posterior, because log p is beyond 10^5 or a weight is, the settings
  /// are visited again and compared by sums in which nothing is rounded.
  /// - Parameters:
  ///   - network: the network, with fewer than 63 hidden units.
  ///   - observation: its last layer.
  /// - Throws: an observation that does not fit the network.
  public init(
    enumerating network: SigmoidBeliefNetwork, _ observation: [Bool]
  ) throws(ModelError) {
    try network.validate(observation: observation)
    let hiddenUnits = network.hiddenUnitCounts.reduce(0, +)
    guard hiddenUnits < 63 else {
      throw ModelError("layers", "expected fewer than 63 hidden units, found \(hiddenUnits)")
    }
    if network.fitsDoubles {
      self.init(network.sum(observation).straight, of: network)
      if fitsDoubles { return }
    }
    self.init(network.expandedSum(observation).straight, of: network)
  }

  /// Whether the rounding of log p(x) is too small to matter to the posterior.
  var fitsDoubles: Bool { abs(logEvidence.value) < 0x1p17 }
}

extension SigmoidBeliefNetwork {
  /// The sum of p(hidden, x) over every setting of the hidden units.
  func sum(_ observation: [Bool]) -> StateSum<Double> { sum(observation) { self.logJoint($0) } }

  /// The same with nothing rounded in the logarithms.
  func expandedSum(_ observation: [Bool]) -> StateSum<ExpandedSum> {
    sum(observation) { self.expandedLogJoint($0) }
  }

  private func sum<Log: LogScale>(
    _ observation: [Bool], logJoint: @escaping @Sendable ([[Bool]]) -> Log
  ) -> StateSum<Log> {
    let counts = hiddenUnitCounts
    let tops = BitStates(of: counts[0])
    return StateSum(hiddenStateCount, parts: counts[0]) { numbers, tally in
      for number in numbers {
        var rest = number
        var settings = counts.map { count in
          defer { rest >>= count }
          return units(rest, count: count)
        }
        settings.append(observation)
        tally.add(logJoint(settings), containing: tops.bitsOn(in: number))
      }
    }
  }
}

extension SigmoidBeliefNetwork {
  /// Whether the rounding of an activation is too small to matter.
  var fitsDoubles: Bool { largestActivation < 0x1p17 }

  /// The largest sum of magnitudes that an activation is made of.
  private var largestActivation: Double {
    var largest = bias.reduce(0) { max($0, abs($1)) }
    for layer in layers {
      for j in layer.bias.indices {
        largest = max(largest, layer.weights.reduce(abs(layer.bias[j])) { $0 + abs($1[j]) })
      }
    }
    return largest
  }

  /// A sum of one log sigmoid a unit, whose activation is a sum over the units of the layer above.
  var roundingsOfLogJoint: Roundings {
    let units = Double(hiddenUnitCounts.reduce(observedUnitCount, +))
    let widest = Double((hiddenUnitCounts.max() ?? 0) + 1)
    return Roundings(ofItsSize: units + 4, ofOne: units * (2 + widest * largestActivation))
  }

  /// log p(top, …, bottom) with nothing lost beside large terms.
  func expandedLogJoint(_ settings: [[Bool]]) -> ExpandedSum {
    var logJoint = ExpandedSum()
    for (unit, activation) in zip(settings[0], bias) {
      logJoint.addLogSigmoid(unit ? 1 : -1, ExpandedSum([activation]))
    }
    for (layer, (upper, lower)) in zip(layers, zip(settings, settings.dropFirst())) {
      for j in lower.indices {
        let weights = upper.indices.lazy.filter { upper[$0] }.map { layer.weights[$0][j] }
        let activation = ExpandedSum([layer.bias[j]] + Array(weights))
        logJoint.addLogSigmoid(lower[j] ? 1 : -1, activation)
      }
    }
    return logJoint
  }
}

extension ExpandedSum {
  fileprivate init(_ terms: [Double]) {
    self.init()
    for term in terms { add(term) }
  }

  /// Adds log σ(sign · activation) = −softplus(−sign · activation).
  ///
  /// Beyond 2^10 the softplus of a number is the number, or 0, to e^-1024.
  fileprivate mutating func addLogSigmoid(_ sign: Double, _ activation: ExpandedSum) {
    let value = sign * activation.value
    if value < -0x1p10 {
      add(activation, sign: sign)
    } else if value < 0x1p10 {
      add(logSigmoid(value))
    }
  }
}
