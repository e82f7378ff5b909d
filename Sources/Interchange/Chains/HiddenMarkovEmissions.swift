import Exact
import GSL
import JSONText
import Models
import Probability

// Expected emissions, and slopes by what states emit: by the parameters of each family.
extension HiddenMarkovSpec {
  /// Σ_t p(z_t = k | x) of each symbol, or the sums that a normal law is fitted by.
  func counts(of chains: [ObservedChain], visits: Bool) throws -> FurtherAnswer {
    let found = chains.map {
      visits ? ObservedChainPosterior.enumerated(of: $0) : ObservedChainPosterior(of: $0)
    }
    let marginals = found.enumerated().map { index, posterior in
      posterior.stateMarginals.map { rows($0, of: chains[index].stateCount) }
    }
    switch emission {
    case .product(let model, let sequences, let isList):
      let sums = model.emissionSums(sequences, marginals)
      return FurtherAnswer(
        ["emission": LawSums.emission(sums, isList: isList)],
        sections: LawSums.sections(sums))
    case .categorical(let model, let sequences):
      let uses = emissionSums(model.emission, sequences, marginals)
      return FurtherAnswer(
        .object([("emission", .matrix(uses))]),
        sections: emissionTable("expected number of emissions of each symbol", uses))
    case .gaussian(let model, let sequences):
      let sums = (0...2).map { power in
        model.means.indices.map { state in
          weighted(sequences, marginals) { power == 0 ? 1 : power == 1 ? $1 : $1 * $1 }[state]
        }
      }
      let names = ["weight", "sum", "sumOfSquares"]
      return FurtherAnswer(
        .object([
          ("emission", .object(zip(names, sums).map { (key: $0, value: .numbers($1)) }))
        ]),
        sections: OracleSection.table(
          "expected sums of emissions", columns: ["state"] + names, count: model.means.count
        ) { state in (label: "\(state)", values: sums.map { $0[state] }) })
    }
  }

  /// Slopes of Σ log p(x) by initial, transition and what states emit.
  func gradient(of chains: [ObservedChain], visits: Bool) throws -> FurtherAnswer {
    let found = try chains.map { visits ? try ChainSlopes.enumerated(of: $0) : ChainSlopes(of: $0) }
    let states = stateCount
    var initial = [Double](repeating: 0, count: states)
    var transition = Array(repeating: initial, count: states)
    for slopes in found.compactMap(\.self) {
      initial = zip(initial, slopes.initial).map(+)
      transition = zip(transition, slopes.transition).map { zip($0, $1).map(+) }
    }
    return FurtherAnswer(
      .object([
        ("initial", .numbers(initial)), ("transition", .matrix(transition)),
        ("emission", try emissionSlopes(found)),
      ]),
      sections: OracleSection.table(
        "slopes of log p(x) by transition",
        columns: ["from"] + transition.indices.map { "to \($0)" },
        count: states
      ) { (label: "\($0)", values: transition[$0]) })
  }

  /// By the probabilities of symbols, each taken as free, or by means and variances.
  private func emissionSlopes(_ found: [ChainSlopes?]) throws -> JSON {
    let (slopes, isList): ([LawSlopes], Bool)
    switch emission {
    case .product(let model, let sequences, let isProduct):
      slopes = model.withEnoughDigits.emissionSlopes(sequences, found)
      isList = isProduct
    case .categorical(let model, let sequences):
      let weights = found.map { $0?.logWeights.map { $0.map { exp($0) } } }
      return .object([("probabilities", .matrix(emissionSums(model.emission, sequences, weights)))])
    case .gaussian(let model, let sequences):
      let laws = try GaussianMixture(
        weights: model.initial, means: model.means, variances: model.variances)
      var sums = LawSlopes(.gaussian(laws))
      for case (let sequence, let chain?) in zip(sequences, found) {
        for case (let x?, let shares) in zip(sequence, chain.marginals) {
          sums.add(.number(x), shares: shares, openShares: shares)
        }
      }
      (slopes, isList) = ([sums], false)
    }
    guard slopes.allSatisfy(\.isSettled) else { throw ExactRefusal.imprecise("gradient") }
    return LawSlopes.emission(slopes, isList: isList)
  }

  /// Σ_t row_t(k) where x_t is the symbol v: a number for each entry of the emission table.
  private func emissionSums(
    _ table: [[Double]], _ sequences: [[Int?]], _ rows: [[[Double]]?]
  ) -> [[Double]] {
    var sums = table.map { $0.map { _ in 0.0 } }
    for (sequence, rows) in zip(sequences, rows) {
      for (symbol, row) in zip(sequence, rows ?? []) {
        guard let symbol else { continue }
        for (state, number) in row.enumerated() { sums[state][symbol] += number }
      }
    }
    return sums
  }

  /// Σ_t row_t(k) value(k, x_t).
  private func weighted(
    _ sequences: [[Double?]], _ rows: [[[Double]]?], _ value: (Int, Double) -> Double
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: stateCount)
    for (sequence, rows) in zip(sequences, rows) {
      for (x, row) in zip(sequence, rows ?? []) {
        guard let x else { continue }
        for (state, number) in row.enumerated() where number > 0 {
          sums[state] += number * value(state, x)
        }
      }
    }
    return sums
  }

  private func emissionTable(_ title: String, _ uses: [[Double]]) -> [OracleSection] {
    OracleSection.table(
      title, columns: ["state"] + uses[0].indices.map { "symbol \($0)" }, count: uses.count
    ) { (label: "\($0)", values: uses[$0]) }
  }

  private func rows(_ entries: [Double], of states: Int) -> [[Double]] {
    stride(from: 0, to: entries.count, by: states).map { Array(entries[$0..<($0 + states)]) }
  }
}
