import Approximate
import GSL
import Models
import Probability
import Testing

/// log p(x) in plain probabilities.
private func logEvidence<M: Mixture>(_ mixture: M, _ data: [M.Datum]) -> Double {
  data.reduce(0) { total, datum in
    total
      + log(
        (0..<mixture.componentCount).reduce(0) {
          $0 + mixture.weights[$1] * exp(mixture.logLikelihood($1, datum))
        })
  }
}

/// Eight data, logarithms of a few units each: what rounding can take from a rise that is zero.
private let rounding = 256 * Double.ulpOfOne * 40

private func bits(_ index: UInt64) throws -> (BernoulliMixture, [[Double]]) {
  var cases = try Cases(seed: 5, stream: index)
  let count = try cases.integer(2...3)
  let mixture = try BernoulliMixture.random(
    components: try cases.integer(2...3), bits: count, &cases)
  var data: [[Double]] = []
  for _ in 0..<6 { data.append(try cases.bits([Double](repeating: 0.5, count: count))) }
  return (mixture, data)
}

@Suite("EM as coordinate ascent") struct EMTests {
  @Test("Fifty sweeps never lower the bound, and each E-step makes it tight") func climbs() throws {
    for index in UInt64(0)..<30 {
      let (start, data) = try bits(index)
      var reached = -Double.infinity
      for sweep in try start.sweeps(50, over: data) {
        #expect(sweep.boundAfterE.value >= reached - rounding)
        #expect(abs(sweep.boundAfterE.value - logEvidence(sweep.before, data)) <= rounding)
        #expect(sweep.boundAfterM.value >= sweep.boundAfterE.value - rounding)
        #expect(sweep.boundAfterM.value <= logEvidence(sweep.after, data) + rounding)
        reached = sweep.boundAfterM.value
      }
    }
  }

  @Test("The M-step is a stationary point: steps of h in any log-odds cost h²")
  func stationary() throws {
    let (start, data) = try bits(1)
    let q = start.responsibilities(for: data)
    let best = try start.maximised(by: q, over: data)
    let top = best.freeEnergy(under: q, of: data).value
    for k in best.probabilities.indices {
      for d in best.probabilities[k].indices {
        var costs: [Double] = []
        for h in [0x1p-8, -0x1p-8, 0x1p-9] {
          var rows = best.probabilities
          rows[k][d] = sigmoid(log(rows[k][d] / (1 - rows[k][d])) + h)
          let moved = try BernoulliMixture(weights: best.weights, probabilities: rows)
          costs.append(top - moved.freeEnergy(under: q, of: data).value)
        }
        #expect(costs[0] > 0 && costs[1] > 0)
        // Halving the step quarters the cost, up to a third-order share of at most h.
        #expect(abs(costs[0] / costs[2] - 4) <= 4 * 0x1p-8 + rounding / costs[2])
      }
    }
  }

  @Test("Two Gaussians on four points: the published start and end") func fourPoints() throws {
    let data = [-1, 0.2, 1.7, 2]
    let sweeps = try GaussianMixture.twoComponents.sweeps(40, over: data)
    #expect(abs(sweeps[0].boundAfterE.value + 6.586776) <= 5e-7)
    let last = try #require(sweeps.last)
    #expect(abs(logEvidence(last.after, data) + 3.631388) <= 5e-7)
    for (before, after) in zip(sweeps, sweeps.dropFirst()) {
      #expect(after.boundAfterE.value >= before.boundAfterE.value - rounding)
    }
  }

  // Catches: a component that nothing is seen of and that is moved, of either family.
  @Test("A component without responsibility keeps its parameters") func idleComponent() throws {
    let mixture = BernoulliMixture.twoComponents
    let best = try mixture.maximised(by: [[1, 0], [1, 0]], over: [[1, 0], [0, 0]])
    #expect(best.weights == [1, 0])
    #expect(best.probabilities == [[0.5, 0], mixture.probabilities[1]])
    let normals = try GaussianMixture(weights: [0.5, 0.5], means: [1, -3], variances: [2, 0.5])
    let moved = try normals.maximised(by: [[1, 0], [1, 0]], over: [1, 3])
    #expect(moved.weights == [1, 0] && moved.means == [2, -3] && moved.variances == [1, 0.5])
  }

  @Test("A bit that rounds to certain stays possible while some datum is off")
  func vanishingResponsibility() throws {
    let q = [[1, 0], [1, 0], [1e-20, 1]]
    let data: [[Double]] = [[1], [1], [0]]
    let start = try BernoulliMixture(weights: [0.5, 0.5], probabilities: [[0.5], [0.5]])
    let best = try start.maximised(by: q, over: data)
    #expect(best.probabilities[0][0] < 1)
    let bound = best.freeEnergy(under: q, of: data).value
    #expect(bound >= start.freeEnergy(under: q, of: data).value)
  }

  @Test("A variance that collapses onto one point is refused, not divided by") func collapse() {
    #expect(throws: ModelError("variances[1]", "expected a positive number, found 0.0")) {
      try GaussianMixture.twoComponents.maximised(
        by: [[1, 0], [1, 0], [0, 1]], over: [0, 1, 3])
    }
  }

  @Test("Zero sweeps, and fewer, are none") func noSweeps() throws {
    #expect(try BernoulliMixture.twoComponents.sweeps(0, over: [[1, 1]]).isEmpty)
    #expect(try BernoulliMixture.twoComponents.sweeps(-1, over: [[1, 1]]).isEmpty)
  }
}
