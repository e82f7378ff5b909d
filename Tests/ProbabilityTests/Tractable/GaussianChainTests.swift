import GSL
import Testing

@testable import Probability

@Suite("Gaussian chains: messages against one dense normal law") struct GaussianChainTests {
  /// A random chain with what it is made of: steps of their own, and potentials by natural parameters.
  struct Example {
    let chain: GaussianChain
    let (mean, covariance): ([Double], [Double])
    let (shift, precision): ([Double], [Double])
    let (length, n): (Int, Int)
  }

  /// G·Gᵀ + floor·1.
  static func gram<Choices: DiscreteChoices>(
    _ n: Int, rank: Int, floor: Double, _ choices: inout Choices
  ) throws -> [[Double]] {
    var roots: [[Double]] = []
    for _ in 0..<n { roots.append(try choices.reals(rank, from: -1, to: 1)) }
    return (0..<n).map { i in (0..<n).map { dot(roots[i], roots[$0]) + (i == $0 ? floor : 0) } }
  }

  static func times(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in b[0].indices.map { k in row.indices.reduce(0) { $0 + row[$1] * b[$1][k] } } }
  }

  static func example(_ stream: Int) throws -> Example {
    var cases = try Cases(seed: 53, stream: UInt64(stream))
    let (n, length) = (try cases.integer(1...2), try cases.integer(1...4))
    let size = n * length
    let initialMean = try cases.reals(n, from: -1, to: 1)
    let initial = try gram(n, rank: n, floor: 0.3, &cases)
    var (steps, potentials): ([StateStep], [StateEvidence]) = ([], [])
    // The joint law as it is written down: covariance[t][s] for s ≤ t.
    var (means, covariances) = ([initialMean], [[initial]])
    var (shift, precision) = ([Double](), [Double](repeating: 0, count: size * size))
    for t in 0..<length {
      if t > 0 {
        var dynamics: [[Double]] = []
        for _ in 0..<n { dynamics.append(try cases.reals(n, from: -1, to: 1)) }
        let noise = try gram(n, rank: n, floor: 0.3, &cases)
        steps.append(StateStep(dynamics: dynamics, noise: noise))
        var row = covariances[t - 1].map { times(dynamics, $0) }
        let own = times(row[t - 1], transposed(dynamics))
        row.append((0..<n).map { i in (0..<n).map { own[i][$0] + noise[i][$0] } })
        means.append(product(dynamics, means[t - 1]))
        covariances.append(row)
      }
      // Sometimes nothing is said of some direction.
      let rank = try cases.integer(0...n)
      let known = try gram(n, rank: rank, floor: 0, &cases)
      let h = product(known, try cases.reals(n, from: -2, to: 2))
      potentials.append(try #require(StateEvidence(shift: h, precision: known)))
      shift += h
      for i in 0..<n {
        for j in 0..<n { precision[(t * n + i) * size + t * n + j] = known[i][j] }
      }
    }
    let covariance = (0..<size).flatMap { a in
      (0..<size).map { b in
        let (later, earlier) = (max(a, b), min(a, b))
        return a / n == b / n
          ? covariances[a / n][b / n][a % n][b % n]
          : covariances[later / n][earlier / n][later % n][earlier % n]
      }
    }
    return Example(
      chain: GaussianChain(
        initial: StateBelief(mean: initialMean, covariance: initial), steps: steps,
        potentials: potentials),
      mean: means.flatMap { $0 }, covariance: covariance, shift: shift, precision: precision,
      length: length, n: n)
  }

  /// Mean, covariance and log Z of N(m, Σ) exp(−½ xᵀ·J·x + hᵀ·x), all at once.
  static func dense(_ e: Example) throws -> (mean: [Double], covariance: [Double], log: Double) {
    let size = e.mean.count
    let prior = try LinearAlgebra.inverse(order: size, e.covariance)
    let covariance = try LinearAlgebra.inverse(
      order: size, zip(prior, e.precision).map { $0 + $1 })
    let pulled = (0..<size).map { i in
      e.shift[i] + (0..<size).reduce(0) { $0 + prior[i * size + $1] * e.mean[$1] }
    }
    let mean = (0..<size).map { i in
      (0..<size).reduce(0) { $0 + covariance[i * size + $1] * pulled[$1] }
    }
    let before = zip(pulled, e.shift).map { $0 - $1 }
    let volumes =
      try LinearAlgebra.logDeterminant(order: size, covariance).logMagnitude
      - LinearAlgebra.logDeterminant(order: size, e.covariance).logMagnitude
    return (mean, covariance, 0.5 * (volumes - dot(e.mean, before) + dot(pulled, mean)))
  }

  /// Eight coordinates, no variance below 0.3 · 0.3, none above 10²: N² · 10⁴ roundings at the worst.
  let allowed = 64 * 1e4 * Double.ulpOfOne

  private func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= allowed * max(1, abs(b)) }

  @Test("Log-partition, means, covariances, those across a step, divergence", arguments: 0..<40)
  func agree(stream: Int) throws {
    let example = try Self.example(stream)
    let law = GaussianChainLaw(example.chain)
    let (mean, covariance, log) = try Self.dense(example)
    let (n, size) = (example.n, example.n * example.length)
    #expect(near(law.logPartition, log))
    for t in 0..<example.length {
      let state = law.state(at: t)
      for i in 0..<n {
        #expect(near(state.mean[i], mean[t * n + i]))
        for j in 0..<n {
          #expect(near(state.covariance[i * n + j], covariance[(t * n + i) * size + t * n + j]))
          guard t + 1 < example.length else { continue }
          let across = law.crossCovariance(after: t)
          #expect(near(across[i][j], covariance[(t * n + i) * size + (t + 1) * n + j]))
        }
      }
    }
    let posterior = try Gaussian(mean: mean, covariance: covariance)
    let prior = try Gaussian(mean: example.mean, covariance: example.covariance)
    #expect(near(law.kullbackLeiblerFromPrior, try posterior.kullbackLeibler(from: prior)))
  }

  /// Noise that is chosen beforehand: all zero but one.
  struct Chosen: RandomChoicesProtocol, ~Copyable {
    let hit: Int
    var drawn = 0
    mutating func standardNormal() -> Double {
      drawn += 1
      return drawn - 1 == hit ? 1 : 0
    }
    mutating func uniform() throws(ChoiceError) -> Double { throw .nothingToChoose }
    mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool { throw .nothingToChoose }
    mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
      throw .nothingToChoose
    }
    mutating func choose(below count: Int) throws(ChoiceError) -> Int { throw .nothingToChoose }
  }

  @Test("A draw is linear in its noise: its mean and covariance are exact", arguments: 0..<20)
  func sample(stream: Int) throws {
    let example = try Self.example(stream)
    let law = GaussianChainLaw(example.chain)
    let (mean, covariance, _) = try Self.dense(example)
    func draw(_ hit: Int) throws -> (states: [Double], noises: Int) {
      var noise = Chosen(hit: hit)
      let states = try law.sample(&noise)
      return (states.flatMap { $0 }, noise.drawn)
    }
    let centre = try draw(-1)
    var spread = [Double](repeating: 0, count: mean.count * mean.count)
    for hit in 0..<centre.noises {
      let moved = zip(try draw(hit).states, centre.states).map { $0 - $1 }
      for i in moved.indices {
        for j in moved.indices { spread[i * mean.count + j] += moved[i] * moved[j] }
      }
    }
    for (found, expected) in zip(centre.states + spread, mean + covariance) {
      #expect(near(found, expected))
    }
  }

  @Test("Natural parameters that are no potential are refused")
  func refusals() {
    // Something is said in a direction of which nothing is known.
    #expect(StateEvidence(shift: [1, 1], precision: [[1, 0], [0, 0]]) == nil)
    #expect(StateEvidence(shift: [0], precision: [[-1]]) == nil)
    #expect(StateEvidence(shift: [0, 0], precision: [[1, 2], [2, 1]]) == nil)
    #expect(StateEvidence(shift: [2, 0], precision: [[4, 0], [0, 0]])?.logWeight == 0.5)
    #expect(StateEvidence(shift: [0, 0], precision: [[0, 0], [0, 0]]) == .none(ofStates: 2))
  }

  // Catches: what two numbers without a variance have in common, which no covariance has.
  @Test("Of what is no covariance the largest part is told, be it off the diagonal")
  func unexplained() {
    for (matrix, most) in [
      ([[0.0, 1], [1, 0]], Double.infinity), ([[1, 2], [2, 1]], 3), ([[0, 0], [0, 0]], 0),
      ([[1, 1], [1, 1]], 0), ([[1, 0, 0], [0, 0, 1], [0, 1, 0]], .infinity),
    ] {
      let found = CovarianceFactor(of: matrix).unexplained
      #expect(found == most || abs(found / most - 1) < 1e-12, "\(matrix)")
    }
  }
}
