import GSL
import Testing

@testable import Probability

@Suite("Chains: one recursion against all paths") struct ChainLawTests {
  /// All paths of a chain, written down.
  static func paths(_ chain: ChainPotentials) -> [[Int]] {
    (0..<chain.length).reduce([[]]) { paths, _ in
      paths.flatMap { path in (0..<chain.stateCount).map { path + [$0] } }
    }
  }

  /// A random chain in which some chains have forbidden states and steps.
  static func chain(_ stream: Int) throws -> ChainPotentials {
    var cases = try Cases(seed: 23, stream: UInt64(stream))
    let chain = try ChainPotentials.random(
      states: cases.integer(1...3), length: cases.integer(1...5), &cases)
    guard stream % 3 == 0 else { return chain }
    var (nodes, edges) = (chain.nodes, chain.edges)
    for t in nodes.indices {
      for k in nodes[t].indices where try cases.flip(0.2) { nodes[t][k] = -.infinity }
    }
    for t in edges.indices {
      for i in edges[t].indices {
        for j in edges[t][i].indices where try cases.flip(0.2) { edges[t][i][j] = -.infinity }
      }
    }
    return ChainPotentials(checkedNodes: nodes, edges: edges)
  }

  /// At most 3⁵ paths of ten terms each, all below 20 in size.
  let allowed = 512 * 20 * Double.ulpOfOne

  private func near(_ a: Double, _ b: Double) -> Bool { a == b || abs(a - b) <= allowed }

  @Test("Total, best, number and mean of all paths", arguments: 0..<60)
  func totals(stream: Int) throws {
    let chain = try Self.chain(stream)
    let paths = Self.paths(chain)
    let scores = paths.map(chain.score)
    let total = logSumExp(scores)
    #expect(near(chain.logPartition, total))
    #expect(chain.pathCount == scores.count { $0 > -.infinity })
    let best = scores.max() ?? -.infinity
    #expect(near(chain.total { LogMax(logWeight: $1) }.log, best))
    if let path = chain.bestPath { #expect(near(chain.score(path), best)) }
    #expect((chain.bestPath == nil) == (best == -.infinity))
    // How often the last state is visited: a count that differs from place to place.
    let last = chain.stateCount - 1
    let visits = chain.mean { part, _ in
      if case .state(last, let t) = part { Double(t + 1) } else { 0 }
    }
    let expected = zip(paths, scores).reduce(0.0) { sum, each in
      let value = each.0.enumerated().reduce(0) { $0 + ($1.element == last ? $1.offset + 1 : 0) }
      return each.1 == -.infinity ? sum : sum + exp(each.1 - total) * Double(value)
    }
    #expect((visits == nil) == (total == -.infinity))
    if let visits { #expect(near(visits, expected)) }
  }

  @Test("Totals through each state, in three semirings", arguments: 0..<30)
  func through(stream: Int) throws {
    let chain = try Self.chain(stream)
    let paths = Self.paths(chain)
    let sums = chain.totalsThrough { LogSum(logWeight: $1) }
    let maxima = chain.totalsThrough { LogMax(logWeight: $1) }
    let counts = chain.totalsThrough { Count(logWeight: $1) }
    for t in 0..<chain.length {
      for k in 0..<chain.stateCount {
        let scores = paths.filter { $0[t] == k }.map(chain.score)
        #expect(near(sums[t][k].log, logSumExp(scores)))
        #expect(near(maxima[t][k].log, scores.max() ?? -.infinity))
        #expect(counts[t][k].exact == scores.count { $0 > -.infinity })
      }
    }
  }

  @Test("Marginals and entropy are those of the list of all paths", arguments: 0..<60)
  func marginals(stream: Int) throws {
    let chain = try Self.chain(stream)
    let paths = Self.paths(chain)
    let total = logSumExp(paths.map(chain.score))
    guard let law = ChainLaw(chain) else {
      #expect(total == -.infinity)
      return
    }
    let probabilities = paths.map { exp(chain.score($0) - total) }
    func probability(_ event: ([Int]) -> Bool) -> Double {
      zip(paths, probabilities).reduce(0) { event($1.0) ? $0 + $1.1 : $0 }
    }
    #expect(near(law.logPartition, total))
    #expect(near(law.entropy, entropy(of: probabilities)))
    #expect(near(law.logPartition - (chain.mean { $1 } ?? 0), law.entropy))
    for t in 0..<chain.length {
      for (k, found) in law.stateMarginals(at: t).enumerated() {
        #expect(near(found, probability { $0[t] == k }))
      }
    }
    for t in chain.edges.indices {
      for (i, row) in law.pairMarginals(after: t).enumerated() {
        for (j, found) in row.enumerated() {
          #expect(near(found, probability { $0[t] == i && $0[t + 1] == j }))
        }
      }
    }
    for (path, share) in zip(paths, probabilities) where share > 0 {
      #expect(near(law.logProbability(path), log(share)))
    }
  }

  @Test("A path is drawn as often as it is likely: every outcome of the program", arguments: 0..<20)
  func sample(stream: Int) throws {
    let chain = try Self.chain(stream)
    guard let law = ChainLaw(chain) else { return }
    var found: [[Int]: Double] = [:]
    let coverage = try forEachOutcome(of: { choices in try law.sample(&choices) }) {
      found[$0, default: 0] += $1
    }
    #expect(coverage.outcomes == chain.pathCount)
    for path in Self.paths(chain) {
      let expected = chain.score(path) > -.infinity ? exp(law.logProbability(path)) : 0
      #expect(near(found[path] ?? 0, expected))
    }
  }

  @Test("Potentials of any size, for which nothing but differences matters")
  func scale() throws {
    // A dead end of half the weight, far below where a double knows log 2.
    let far = ChainPotentials(
      checkedNodes: [[-1e100, -1e100], [-1e100, -1e100]],
      edges: [[[0, 0], [-.infinity, -.infinity]]])
    let law = try #require(ChainLaw(far))
    #expect(law.stateMarginals(at: 0) == [1, 0])
    #expect(law.stateMarginals(at: 1) == [0.5, 0.5])
    #expect(abs(law.pairMarginals(after: 0)[0][1] - 0.5) <= 4 * Double.ulpOfOne)
  }

  @Test("A message over ten thousand places keeps its digits")
  func long() throws {
    let chain = ChainPotentials.threePlaces
    let places = 10_000
    let long = ChainPotentials(
      checkedNodes: (0..<places).map { chain.nodes[$0 % 3].map { $0 - 40 } },
      edges: (1..<places).map { chain.edges[$0 % 2] })
    let law = try #require(ChainLaw(long))
    // Each place adds a term of about −40 to log Z, which is rounded as often.
    let allowed = 64 * Double(places) * 40 * Double.ulpOfOne
    #expect(abs(law.logPartition - long.logPartition) <= allowed * Double(places))
    for t in [0, places / 2, places - 1] {
      #expect(abs(law.stateMarginals(at: t).reduce(0, +) - 1) <= 16 * Double.ulpOfOne)
    }
    #expect(long.bestPath?.count == places)
  }
}
