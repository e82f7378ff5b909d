import GSL
package import Models
import Probability

// The mean step asleep is a sum over dreams, and so is each of its parts over one layer of q. That part
// looks at a layer s and the layer t above it alone, and the error t − f(s) is linear in t:
//
//   E[(t_j − f_j(s)) s_i] = Σ_s s_i p(s) (E[t_j | s] − f_j(s))
//
// So of the lowest layer no dream is visited for itself: 2^V observations with the mean of the units above
// them, in blocks of 2^12 that share the observation's other units.

/// Which rule a sleep step follows.
package enum SleepRule: Sendable {
  /// (t − f) s.
  case delta
  /// (t − f) f (1 − f) s, as one lecture prints it (erratum E-037).
  case squaredError

  /// What the error of a unit is multiplied by, at its prediction.
  fileprivate func slope(_ f: Double) -> Double {
    switch self {
    case .delta: 1
    case .squaredError: f * (1 - f)
    }
  }
}

extension HelmholtzMachine {
  /// E_p(x,z)[Δφ] of a sleep step, layer by layer: the fast form of ``expectedSleep(limits:)``.
  ///
  /// Some 2^V · 2^L multiplications for V observed units below L hidden ones.
  package func summedSleep(_ rule: SleepRule) -> [Double] {
    let settings = (0..<1 << hiddenUnits).map { hiddenSetting($0) }
    let law = settings.map { exp(generative.logProbability($0)) }
    var sums = lowestSleep(rule, settings, law)
    for (number, layer) in recognition.layers.enumerated().dropFirst() {
      // Layer k of q reads hidden layer k − 1 from below, and the list of layers has the top first.
      let above = recognition.layers.count - 1 - number
      var sum = [Double](repeating: 0, count: layer.parameters.count)
      for (setting, probability) in zip(settings, law) {
        let (target, source) = (numbers(setting[above]), numbers(setting[above + 1]))
        let step =
          switch rule {
          case .delta: layer.delta(of: target, reading: source)
          case .squaredError: layer.squaredErrorDelta(of: target, reading: source)
          }
        for i in sum.indices { sum[i] += probability * step[i] }
      }
      sums += sum
    }
    return sums
  }

  /// The part of the layer that reads the observed units.
  private func lowestSleep(
    _ rule: SleepRule, _ settings: [[[Bool]]], _ law: [Double]
  ) -> [Double] {
    // p(t) of the lowest hidden layer, and what each of its settings says of the observed units.
    var masses: [[Bool]: Double] = [:]
    for (setting, probability) in zip(settings, law) {
      masses[setting[setting.count - 1], default: 0] += probability
    }
    let above = masses.map { (units: $0.key, mass: $0.value) }
    let (layer, below) = (recognition.layers[0], generative.layers[generative.layers.count - 1])
    let on = above.map { below.activations(below: $0.units).map { sigmoid($0) } }
    let off = above.map { below.activations(below: $0.units).map { sigmoid(-$0) } }
    let (observed, targets) = (observedUnits, layer.bias.count)
    let inner = min(observed, 12)
    let rows = above.indices.map { products(on[$0][..<inner], off[$0][..<inner]) }
    let activations = (0..<targets).map { j in
      totals((0..<inner).map { layer.weights[$0][j] })
    }
    let block = 1 << inner
    // Σ over blocks of the error of unit j at each inner setting, and its sum where an outer unit is on.
    var errors = [Double](repeating: 0, count: targets * block)
    var outerSums = [[Double]](
      repeating: [Double](repeating: 0, count: targets), count: observed - inner)
    for outer in 0..<1 << (observed - inner) {
      var mass = [Double](repeating: 0, count: block)
      var means = [Double](repeating: 0, count: targets * block)
      for (number, (units, probability)) in above.enumerated() {
        let weight = (inner..<observed).reduce(probability) {
          $0 * (outer >> ($1 - inner) & 1 == 1 ? on[number][$1] : off[number][$1])
        }
        let row = rows[number]
        for x in 0..<block { mass[x] += weight * row[x] }
        for j in 0..<targets where units[j] {
          for x in 0..<block { means[j * block + x] += weight * row[x] }
        }
      }
      for j in 0..<targets {
        let bias = (inner..<observed).reduce(layer.bias[j]) {
          outer >> ($1 - inner) & 1 == 1 ? $0 + layer.weights[$1][j] : $0
        }
        var sum = 0.0
        for x in 0..<block {
          let f = sigmoid(bias + activations[j][x])
          let error = (means[j * block + x] - mass[x] * f) * rule.slope(f)
          errors[j * block + x] += error
          sum += error
        }
        for unit in 0..<(observed - inner) where outer >> unit & 1 == 1 {
          outerSums[unit][j] += sum
        }
      }
    }
    var sums: [Double] = []
    for i in 0..<observed {
      for j in 0..<targets {
        guard i < inner else {
          sums.append(outerSums[i - inner][j])
          continue
        }
        var sum = 0.0
        for x in 0..<block where x >> i & 1 == 1 { sum += errors[j * block + x] }
        sums.append(sum)
      }
    }
    for j in 0..<targets { sums.append(errors[(j * block)..<((j + 1) * block)].reduce(0, +)) }
    return sums
  }
}

/// Π_i on_i^x_i off_i^(1 − x_i) for every setting x of the bits, bit i of its number being x_i.
private func products(_ on: ArraySlice<Double>, _ off: ArraySlice<Double>) -> [Double] {
  var table = [1.0]
  for (on, off) in zip(on, off) { table = table.map { $0 * off } + table.map { $0 * on } }
  return table
}

/// Σ_i x_i w_i for every setting x of the bits.
private func totals(_ weights: [Double]) -> [Double] {
  weights.reduce([0.0]) { table, weight in table + table.map { $0 + weight } }
}
