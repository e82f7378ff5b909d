import Exact
import JSONText
import Models

extension LawSums {
  /// The sums of all states: a table of symbols, or weight, sum and sum of squares or products.
  var emission: JSON {
    switch laws {
    case .categorical: return .matrix(rows)
    case .poisson, .gaussian:
      return [
        "weight": .numbers(rows.map { $0[0] }), "sum": .numbers(rows.map { $0[1] }),
        "sumOfSquares": .numbers(rows.map { $0[2] }),
      ]
    case .multivariate(let mixture):
      let d = mixture.dimension
      return [
        "weight": .numbers(rows.map { $0[0] }),
        "sum": .matrix(rows.map { Array($0[1...d]) }),
        "sumOfProducts": .array(
          rows.map { row in
            .matrix((0..<d).map { i in Array(row[(1 + d + i * d)..<(1 + 2 * d + i * d)]) })
          }),
      ]
    }
  }

  /// A row a state: the number of each symbol, or weight and sums.
  private func section(_ title: String) -> [OracleSection] {
    let names =
      switch laws {
      case .categorical(let mixture): (0..<mixture.symbolCount).map { "symbol \($0)" }
      case .poisson, .gaussian: ["weight", "sum", "sumOfSquares"]
      case .multivariate(let mixture):
        ["weight"] + (0..<mixture.dimension).map { "sum of x\($0)" }
      }
    return OracleSection.table(title, columns: ["state"] + names, count: rows.count) {
      (label: "\($0)", values: Array(rows[$0].prefix(names.count)))
    }
  }

  /// Those of a step: of several values, or of one.
  static func emission(_ factors: [LawSums], isList: Bool) -> JSON {
    let sums = factors.map(\.emission)
    return isList ? ["factors": .array(sums)] : sums.first ?? .null
  }

  /// A table a factor.
  static func sections(_ factors: [LawSums]) -> [OracleSection] {
    let title = "expected sums of emissions"
    return factors.enumerated().flatMap { f, sums in
      sums.section(factors.count == 1 ? title : "\(title), factor \(f)")
    }
  }
}
