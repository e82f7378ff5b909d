import Approximate
import GSL
import Models
import Probability
import Testing

/// Random tables of two or three latents with two or three values, and factors to start from.
private func randomCases(_ count: Int) throws -> [(table: JointTable, start: MeanField)] {
  try (0..<count).map { number in
    var cases = try Cases(seed: 7, stream: UInt64(number))
    var sizes: [Int] = []
    for _ in 0..<(try cases.integer(2...3)) { sizes.append(try cases.integer(2...3)) }
    var factors: [[Double]] = []
    for size in sizes { factors.append(try cases.simplex(size)) }
    return (try JointTable.random(sizes: sizes, &cases), MeanField(factors: factors))
  }
}

/// Σ_h q(h) [log p(x, h) − log q(h)], the second route to the bound.
private func boundByStates(_ field: MeanField, _ table: JointTable) -> Double {
  (0..<table.stateCount).reduce(0) { sum, state in
    let q = field.probability(table.values(of: state))
    return q > 0 ? sum + q * (table.logValues[state] - log(q)) : sum
  }
}

/// Rounding of a bound over at most 27 states with log joints below 16 in size.
private let rounding = 27 * 16 * 4 * Double.ulpOfOne

@Suite("Mean field")
struct MeanFieldTests {
  // Catches: an entropy of the wrong sign or of one factor only.
  @Test("E_q[log p] + Σ H(q_j) is the sum over states of q (log p − log q)")
  func twoRoutes() throws {
    for (table, start) in try randomCases(200) {
      #expect(abs(start.elbo(table).value - boundByStates(start, table)) <= rounding)
    }
  }

  // Catches: a stale factor in a sweep, a target that averages p in place of log p.
  @Test("Every update raises the ELBO by the divergence of the factor from its target")
  func risesByTheDivergence() throws {
    for (table, start) in try randomCases(100) {
      var field = start
      for _ in 0..<4 {
        for latent in table.sizes.indices {
          let before = field
          let target = field.target(latent, table)
          field.factors[latent] = target
          let rise = field.elbo(table).value - before.elbo(table).value
          let divergence = kullbackLeibler(of: before.factors[latent], from: target)
          #expect(abs(rise - divergence) <= 2 * rounding)
        }
      }
    }
  }

  // Catches: a sweep that sets all factors from old values, or does not write them back.
  @Test("The ledger of a climb never falls and ends with the ELBO of the field")
  func ledger() throws {
    for (table, start) in try randomCases(100) {
      var field = start
      let ledger = field.ascend(table, tolerance: 1e-14)
      #expect(ledger.count % table.latentCount == 0)
      #expect(ledger.map(\.latent).prefix(table.latentCount) == table.sizes.indices.map { $0 }[...])
      for (before, after) in zip(ledger, ledger.dropFirst()) {
        #expect(after.elbo >= before.elbo - rounding)
      }
      #expect(ledger.last?.elbo == field.elbo(table).value)
      #expect(ledger.last?.q == field)
      #expect(field.elbo(table).value <= logSumExp(table.logValues) + rounding)
    }
  }

  // Catches: an order that is not followed, and a ledger that shows the q of another update.
  @Test("A sweep is its updates one after another, in the order that is given")
  func order() throws {
    for (table, start) in try randomCases(50) {
      let order = Array(table.sizes.indices.reversed())
      var swept = start
      var byHand = start
      for (latent, update) in zip(order, swept.sweep(table, order: order)) {
        byHand.factors[latent] = byHand.target(latent, table)
        #expect(update.latent == latent)
        #expect(update.q == byHand)
        #expect(update.elbo == byHand.elbo(table).value)
      }
      #expect(swept == byHand)
    }
  }

  // Catches: fixed points of another map (plug-in modes, damped or unnormalised targets).
  @Test("At a fixed point the ELBO is stationary along every factor, by central differences")
  func stationary() throws {
    let h = 1e-4
    for (table, start) in try randomCases(60) {
      var field = start
      for _ in 0..<400 { _ = field.sweep(table) }
      for latent in table.sizes.indices {
        // Mass h q_0 q_1 moves between the first two values: a direction inside the simplex.
        func moved(_ step: Double) -> Double {
          var other = field
          let mass = step * field.factors[latent][0] * field.factors[latent][1]
          other.factors[latent][0] += mass
          other.factors[latent][1] -= mass
          return other.elbo(table).value
        }
        // The third derivative along this direction is below 1, rounding over 2h below 1e-8.
        #expect(abs((moved(h) - moved(-h)) / (2 * h)) < 2e-8)
      }
    }
  }

  // Catches: a "parallel" update that reads what it has just written, and so never falls.
  @Test("In two wells the parallel update swaps the bits for ever, the sweep settles in one")
  func parallelOscillates() throws {
    let table = try JointTable(rows: [[0.49, 0.01], [0.01, 0.49]])
    var parallel = MeanField(factors: [[0.7, 0.3], [0.2, 0.8]])
    var sweeping = parallel
    for _ in 0..<100 { _ = parallel.updateInParallel(table) }
    let before = parallel
    let bound = parallel.updateInParallel(table).elbo
    #expect(abs(parallel.factors[0][1] - before.factors[1][1]) < 1e-12)
    #expect(abs(parallel.factors[0][1] - before.factors[0][1]) > 0.9)
    for _ in 0..<100 { _ = sweeping.sweep(table) }
    let end = sweeping.factors[0][1]
    #expect(abs(end - 0.97599) < 5e-6 || abs(end - 0.02401) < 5e-6)
    #expect(sweeping.elbo(table).value > bound + 1)
  }

  // Catches: an inclusive fit that indexes the latents in another order than the table.
  @Test("The product of the marginals has a smaller KL(p‖q) than any other product, by the gap")
  func inclusiveFit() throws {
    for (table, start) in try randomCases(100) {
      let total = logSumExp(table.logValues)
      let posterior = table.logValues.map { exp($0 - total) }
      let fit = MeanField(inclusiveFitTo: posterior, sizes: table.sizes)
      func divergence(_ field: MeanField) -> Double {
        kullbackLeibler(
          of: posterior,
          from: posterior.indices.map { field.probability(table.values(of: $0)) })
      }
      let gap = zip(fit.factors, start.factors).reduce(0) {
        $0 + kullbackLeibler(of: $1.0, from: $1.1)
      }
      #expect(abs(divergence(start) - divergence(fit) - gap) <= 2 * rounding)
    }
  }
}

@Suite("Mean field where something is impossible")
struct ImpossibleStatesTests {
  /// Cloudy, sprinkler, rain, the grass being wet.
  private func wetGrass() throws -> JointTable {
    try JointTable(BayesNet.sprinkler, evidence: [nil, nil, nil, 1])
  }

  // Catches: NaN from 0 · (−∞), or a climb that ends elsewhere than the report of BayesPy #94.
  @Test("The sprinkler: two starts, two ends, the bounds -0.843 and -1.380 below -0.435")
  func sprinkler() throws {
    let table = try wetGrass()
    #expect(abs(logSumExp(table.logValues) - log(0.6471)) < 1e-14)
    for (first, on, rained, bound) in [
      (2, 0.148, 1.0, -0.843), (1, 1.0, 0.263, -1.380),
    ] {
      var field = MeanField(uniformOver: table)
      #expect(field.elbo(table).value == -.infinity)
      field.factors[first] = field.target(first, table)
      #expect(field.factors[first] == [0, 1])
      _ = field.ascend(table)
      #expect(abs(field.factors[1][1] - on) < 5e-4)
      #expect(abs(field.factors[2][1] - rained) < 5e-4)
      #expect(abs(field.elbo(table).value - bound) < 5e-4)
    }
  }

  // Catches: a target that turns to NaN, or to uniform, where nothing is possible.
  @Test("Where every value is impossible the factor stays; where one is possible it is certain")
  func targets() throws {
    let table = try wetGrass()
    var field = MeanField(factors: [[0.3, 0.7], [0.6, 0.4], [0.2, 0.8]])
    #expect(field.target(0, table) == [0.3, 0.7])
    #expect(field.target(1, table) == [0, 1])
    field.factors[1] = [0, 1]
    #expect(field.target(2, table).allSatisfy { $0 > 0 && $0 < 1 })
  }

  // Catches: a limit that the point mass is not the limit of.
  @Test("Grass that is wet for no reason with probability ε: the ends tend to those of ε = 0")
  func limit() throws {
    func end(_ chance: Double) throws -> MeanField {
      var variables = BayesNet.sprinkler.variables
      var wet = variables[3].table
      wet[0] = [1 - chance, chance]
      variables[3] = BayesNet.Variable("wet grass", parents: [1, 2], table: wet)
      let table = try JointTable(BayesNet(variables), evidence: [nil, nil, nil, 1])
      var field = MeanField(uniformOver: table)
      field.factors[2] = field.target(2, table)
      for _ in 0..<500 { _ = field.sweep(table) }
      return field
    }
    let certain = try end(0)
    let departures = try [1e-3, 1e-6, 1e-9].map { try end($0).factors[2][0] }
    #expect(certain.factors[2][0] == 0)
    #expect(departures[0] < 1e-2 && departures[1] < 1e-5 && departures[2] < 1e-8)
    #expect(departures[0] > departures[1] && departures[1] > departures[2])
  }
}
