import GSL
public import Models
public import Probability

/// ∂/∂φ E_p(x)[KL(p(z|x)‖q(z|x))]: what ``ExactHelmholtz/init(dreamsOf:)`` has on average, from the
/// logarithms of all dreams.
///
/// ```
/// −Σ_x,z p(x, z) ∂log q(z|x)/∂φ          log p(x, z) = log p(z) + Σ_i log p(x_i | z)
/// ```
/// 2^(H + V) exponentials, without a gradient a dream: the observed units are halved, and each half has its
/// logarithms in a table.
public func exactInclusiveGradient(ofDreamsOf machine: HelmholtzMachine) -> [ExactValue] {
  let (network, reading) = (machine.generative, machine.recognition.layers[0])
  let hidden = BitStates(of: machine.hiddenUnits).indices.map { machine.hiddenSetting($0) }
  let (observed, targets) = (machine.observedUnits, reading.bias.count)
  let (low, high) = (observed / 2, observed - observed / 2)
  let below = network.layers[network.layers.count - 1]
  let activations = hidden.map { below.activations(below: $0[$0.count - 1]) }
  // A row a setting of the observed half, a column a setting of the hidden units.
  let lowLogs = columns(activations.map { logTable($0[..<low]) })
  let highLogs = columns(
    zip(hidden, activations).map { z, activations in
      let prior = network.logProbability(z)
      return logTable(activations[low...]).map { prior + $0 }
    })
  let lowSums = columns((0..<targets).map { j in sums((0..<low).map { reading.weights[$0][j] }) })
  let highSums = columns(
    (0..<targets).map { j in
      sums((low..<observed).map { reading.weights[$0][j] }).map { reading.bias[j] + $0 }
    })
  let isOn = hidden.map { $0[$0.count - 1] }
  var masses = [Double](repeating: 0, count: hidden.count)
  var means = [Double](repeating: 0, count: targets)
  // Σ p(x, z) (t_j − f_j(x)), apart by the setting of each half.
  var ofLow = [[CompensatedSum]](
    repeating: Array(repeating: CompensatedSum(), count: 1 << low), count: targets)
  var ofHigh = [[CompensatedSum]](
    repeating: Array(repeating: CompensatedSum(), count: 1 << high), count: targets)
  for upper in 0..<1 << high {
    for lower in 0..<1 << low {
      var mass = 0.0
      for j in 0..<targets { means[j] = 0 }
      for number in 0..<hidden.count {
        let weight = exp(lowLogs[lower][number] + highLogs[upper][number])
        masses[number] += weight
        mass += weight
        for j in 0..<targets where isOn[number][j] { means[j] += weight }
      }
      for j in 0..<targets {
        let error = means[j] - mass * sigmoid(lowSums[lower][j] + highSums[upper][j])
        ofLow[j][lower].add(error)
        ofHigh[j][upper].add(error)
      }
    }
  }
  func total(_ parts: [CompensatedSum], _ isCounted: (Int) -> Bool) -> Double {
    CompensatedSum(parts.indices.filter(isCounted).map { parts[$0].value }).value
  }
  var gradient: [Double] = []
  for i in 0..<observed {
    for j in 0..<targets {
      gradient.append(
        i < low
          ? total(ofLow[j]) { $0 >> i & 1 == 1 } : total(ofHigh[j]) { $0 >> (i - low) & 1 == 1 })
    }
  }
  for j in 0..<targets { gradient.append(total(ofLow[j]) { _ in true }) }
  gradient += machine.recognition.upperSlopes(zip(hidden, masses))
  // Every p(x, z) is off by a few roundings of its logarithm, and all of them together weigh 1.
  let size = masses.reduce(1) { max($0, $1 > 0 ? -log($1) : 0) }
  let unit = Double.ulpOfOne * (8 + Double(machine.hiddenUnits + observed)) * (4 + size)
  return gradient.map { ExactValue(-$0, roundingBound: unit + Double.ulpOfOne * abs($0)) }
}

extension RecognitionNetwork {
  /// Σ_z p(z) ∂log q/∂φ of the layers above the lowest one, which see hidden units alone.
  fileprivate func upperSlopes(
    _ law: some Sequence<([[Bool]], Double)>
  ) -> [Double] {
    let first = layers[0].parameters.count
    var sums = [CompensatedSum](
      repeating: CompensatedSum(), count: parameters.count - first)
    let nothing = [Bool](repeating: false, count: observedUnits)
    for (z, mass) in law {
      for (i, slope) in logSlopes(z, given: nothing).dropFirst(first).enumerated() {
        sums[i].add(mass * slope)
      }
    }
    return sums.map(\.value)
  }
}

/// log p of every setting of independent units, bit i of its number being unit i.
private func logTable(_ activations: ArraySlice<Double>) -> [Double] {
  activations.reduce([0.0]) { table, a in
    table.map { $0 - softplus(a) } + table.map { $0 - softplus(-a) }
  }
}

/// Σ_i x_i w_i of every setting.
private func sums(_ weights: [Double]) -> [Double] {
  weights.reduce([0.0]) { table, weight in table + table.map { $0 + weight } }
}

/// The transpose of rows of one length, as rows.
private func columns(_ rows: [[Double]]) -> [[Double]] {
  (rows.first ?? []).indices.map { i in rows.map { $0[i] } }
}
