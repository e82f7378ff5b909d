import GSL
public import Models
public import Probability

/// log Z of a restricted Boltzmann machine, with the means that are its slopes.
public struct BoltzmannPartition: Sendable, Equatable {
  /// log Σ_v Σ_h exp(…).
  public let logPartition: ExactValue
  /// E[v_i], the slopes by the visible biases.
  public let visibleMeans: [Double]
  /// E[h_j], the slopes by the hidden biases.
  public let hiddenMeans: [Double]
  /// E[v_i h_j], the slopes by the weights.
  public let pairMeans: [[Double]]

  /// The sum over the settings of the smaller side, the other one factorised.
  ///
  /// ```
  /// Z = Σ_v exp(Σ_i a_i v_i) Π_j (1 + exp(b_j + Σ_i v_i W_ij))
  /// ```
  /// - Parameters:
  ///   - machine: the machine.
  ///   - visited: is told now and then how many settings have been visited.
  public init(of machine: RestrictedBoltzmannMachine, _ visited: VisitReport = { _ in }) {
    guard machine.visibleBias.count <= machine.hiddenBias.count else {
      let other = BoltzmannPartition(of: machine.transposed, visited)
      self.init(
        other.logPartition, visible: other.hiddenMeans, hidden: other.visibleMeans,
        pairs: machine.visibleBias.indices.map { i in other.pairMeans.map { $0[i] } })
      return
    }
    let (inner, outer) = (machine.visibleBias.count, machine.hiddenBias.count)
    var tally = LogTally<Double>(parts: inner + outer + inner * outer)
    var count = 0
    var values: [Double] = []
    machine.forEachVisible { visible, logWeight, inputs in
      values.removeAll(keepingCapacity: true)
      let on = inputs.map(sigmoid)
      for isOn in visible { values.append(isOn ? 1 : 0) }
      values += on
      for isOn in visible { values += isOn ? on : [Double](repeating: 0, count: outer) }
      tally.add(inputs.reduce(logWeight) { $0 + softplus($1) }, values: values)
      count += 1
      if count.isMultiple(of: visitsBetweenReports) { visited(visitsBetweenReports) }
    }
    visited(count % visitsBetweenReports)
    self.init(tally, machine)
  }

  /// The same sum over all settings of both sides, one by one.
  public static func enumerated(
    of machine: RestrictedBoltzmannMachine, _ visited: VisitReport = { _ in }
  ) -> BoltzmannPartition {
    let (inner, outer) = (machine.visibleBias.count, machine.hiddenBias.count)
    var tally = LogTally<Double>(parts: inner + outer + inner * outer)
    for visible in settings(inner) {
      for hidden in settings(outer) {
        let on = hidden.indices.filter { hidden[$0] }
        var things = on.map { inner + $0 }
        for unit in visible.indices where visible[unit] {
          things.append(unit)
          things += on.map { inner + outer + unit * outer + $0 }
        }
        tally.add(machine.logWeight(visible, hidden), containing: things)
      }
      visited(1 << outer)
    }
    return BoltzmannPartition(tally, machine)
  }

  private init(_ tally: LogTally<Double>, _ machine: RestrictedBoltzmannMachine) {
    let (inner, outer) = (machine.visibleBias.count, machine.hiddenBias.count)
    let means = tally.shares ?? []
    let terms = Roundings(ofItsSize: 2, ofOne: 4 * machine.size + Double(4 * (inner + outer) + 4))
    self.init(
      tally.logTotal(terms), visible: Array(means[..<inner]),
      hidden: Array(means[inner..<inner + outer]),
      pairs: (0..<inner).map {
        Array(means[(inner + outer + $0 * outer)..<(inner + outer + ($0 + 1) * outer)])
      })
  }

  private init(
    _ logPartition: ExactValue, visible: [Double], hidden: [Double], pairs: [[Double]]
  ) {
    (self.logPartition, visibleMeans) = (logPartition, visible)
    (hiddenMeans, pairMeans) = (hidden, pairs)
  }
}

/// All settings of so many units, off before on, the last one fastest.
func settings(_ units: Int) -> some Sequence<[Bool]> {
  (0..<(1 << units)).lazy.map { number in
    (0..<units).map { number >> (units - 1 - $0) & 1 == 1 }
  }
}

extension RestrictedBoltzmannMachine {
  /// Σ |all numbers|, which no exponent exceeds.
  var size: Double {
    (visibleBias + hiddenBias + weights.joined()).reduce(0) { $0 + abs($1) }
  }

  /// Visits all settings of the visible units with Σ_i a_i v_i and the inputs of the hidden units.
  ///
  /// Settings that begin alike share the sums of their beginning.
  fileprivate func forEachVisible(
    _ visit: (_ visible: [Bool], _ logWeight: Double, _ inputs: [Double]) -> Void
  ) {
    var visible = visibleBias.map { _ in false }
    func extend(_ unit: Int, _ logWeight: Double, _ inputs: [Double]) {
      guard unit < visible.count else { return visit(visible, logWeight, inputs) }
      visible[unit] = false
      extend(unit + 1, logWeight, inputs)
      visible[unit] = true
      extend(unit + 1, logWeight + visibleBias[unit], zip(inputs, weights[unit]).map { $0 + $1 })
    }
    extend(0, 0, hiddenBias)
  }
}
