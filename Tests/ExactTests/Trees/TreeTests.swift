import GSL
import Probability
import Testing

@testable import Exact
@testable import Models

@Suite("Spanning trees: elimination against all assignments of heads") struct TreeTests {
  static func numbers(_ posterior: SpanningTreePosterior) -> [Double] {
    [posterior.logPartition.value] + (posterior.edgeMarginals ?? []).joined()
  }

  static let elimination = Route<SpanningTreeModel>("elimination") {
    numbers(SpanningTreePosterior(of: $0))
  }
  static let heads = Route<SpanningTreeModel>("assignments of heads") {
    numbers(.enumerated(of: $0))
  }

  /// log det of a Laplacian put together edge by edge, by elimination with subtractions.
  static func determinant(
    _ name: String, rootInDiagonal: Bool = true, transposed: Bool = false, rootColumn: Bool = false,
    edge: @escaping @Sendable (SpanningTreeModel, Int, Int) -> Double = { exp($0.scores[$1][$2]) }
  ) -> Route<SpanningTreeModel> {
    Route(name) { model in
      let nodes = Array((rootColumn ? 0 : 1)...model.wordCount)
      var laplacian = nodes.map { _ in [Double](repeating: 0, count: nodes.count) }
      for (column, modifier) in nodes.enumerated() {
        for head in 0...model.wordCount where head != modifier {
          let weight =
            transposed && head > 0 ? edge(model, modifier, head) : edge(model, head, modifier)
          if rootInDiagonal || head > 0 { laplacian[column][column] += weight }
          if let row = nodes.firstIndex(of: head) { laplacian[row][column] -= weight }
        }
      }
      if model.singleRoot {
        for (column, modifier) in nodes.enumerated() {
          laplacian[column][column] -= rootInDiagonal ? exp(model.scores[0][modifier]) : 0
        }
        for (column, modifier) in nodes.enumerated() {
          laplacian[0][column] = exp(model.scores[0][modifier])
        }
      }
      return [log(determinant(laplacian))]
        + (SpanningTreePosterior(of: model).edgeMarginals ?? []).joined()
    }
  }

  static func determinant(_ matrix: [[Double]]) -> Double {
    guard let first = matrix.first else { return 1 }
    return first.indices.reduce(0) { sum, column in
      let minor = matrix.dropFirst().map { row in
        row.indices.filter { $0 != column }.map { row[$0] }
      }
      return sum + (column % 2 == 0 ? 1 : -1) * first[column] * determinant(minor)
    }
  }

  static let spoiltEliminations = [
    determinant("the root's column is included", rootColumn: true),
    determinant("head and modifier are exchanged", transposed: true),
    determinant("scores are used as weights") { $0.scores[$1][$2] },
    Route<SpanningTreeModel>("the other rule about the root") {
      numbers(SpanningTreePosterior(of: $0.withSingleRoot(!$0.singleRoot)))
    },
    elimination.offByAPercent(),
  ]

  /// Koo's matrix has no root on its diagonal, so this is a fault only without the single root.
  static let rootless = determinant("the root is left out of the diagonal", rootInDiagonal: false)

  static let spoiltHeads = [
    Route<SpanningTreeModel>("cycles are counted as trees") { model in
      let totals = (1...model.wordCount).map { modifier in
        logSumExp(
          (0...model.wordCount).filter { $0 != modifier }.map { model.scores[$0][modifier] })
      }
      return [totals.reduce(0, +)] + numbers(.enumerated(of: model)).dropFirst()
    },
    Route<SpanningTreeModel>("marginals of heads are normalised word by word without the trees") {
      model in
      var answer = numbers(.enumerated(of: model))
      for head in 0...model.wordCount where head != 1 {
        let column = (0...model.wordCount).filter { $0 != 1 }.map { model.scores[$0][1] }
        answer[1 + head * (model.wordCount + 1) + 1] = exp(
          model.scores[head][1] - logSumExp(column))
      }
      return answer
    },
    heads.offByAPercent(),
  ]

  @Test(
    "elimination is the sum over trees, and a fault in either is noticed", arguments: [false, true])
  func eliminationAgainstHeads(singleRoot: Bool) throws {
    try expectAgreement(
      Self.elimination, Self.heads,
      faultsInOne: Self.spoiltEliminations + (singleRoot ? [] : [Self.rootless]),
      faultsInOther: Self.spoiltHeads, roundings: 400
    ) { try .random(words: $0.integer(2...4), singleRoot: singleRoot, &$0) }
  }

  @Test("the determinant is the same number where nothing cancels", arguments: [false, true])
  func determinantAgainstElimination(singleRoot: Bool) throws {
    // Cofactors of a matrix of size n with entries up to e²·n: n! products of n factors, whose sum
    // may cancel down to the weight of one tree, e^(−2n).
    try expectAgreement(
      Self.determinant("determinant"), Self.elimination, faultsInOne: [], faultsInOther: [],
      roundings: 4000
    ) { try .random(words: $0.integer(2...3), singleRoot: singleRoot, &$0) }
  }

  @Test(
    "forbidden edges: elimination is right whichever words cannot be reached", arguments: 0..<60)
  func forbidden(stream: Int) throws {
    var cases = try Cases(seed: 5, stream: UInt64(stream))
    let words = try cases.integer(2...4)
    var scores: [[Double]] = []
    for _ in 0...words {
      var row = try cases.reals(words + 1, from: -1, to: 1)
      for index in row.indices where try cases.flip(0.55) { row[index] = -.infinity }
      scores.append(row)
    }
    for singleRoot in [false, true] {
      let model = try SpanningTreeModel(scores: scores, singleRoot: singleRoot)
      let (fast, slow) = (
        SpanningTreePosterior(of: model), SpanningTreePosterior.enumerated(of: model)
      )
      #expect(fast.edgeMarginals == nil ? slow.edgeMarginals == nil : slow.edgeMarginals != nil)
      for (l, r) in zip(Self.numbers(fast), Self.numbers(slow)) where l != r {
        #expect(abs(l - r) <= 400 * Double.ulpOfOne * max(1, abs(r)))
      }
    }
  }

  @Test("scores that differ by hundreds lose nothing", arguments: [false, true])
  func wideRange(singleRoot: Bool) throws {
    for stream in 0..<40 {
      var cases = try Cases(seed: 9, stream: UInt64(stream))
      var scores: [[Double]] = []
      for _ in 0...4 { scores.append(try cases.reals(5, from: -400, to: 400)) }
      let model = try SpanningTreeModel(scores: scores, singleRoot: singleRoot)
      let (fast, slow) = (
        SpanningTreePosterior(of: model), SpanningTreePosterior.enumerated(of: model)
      )
      for (l, r) in zip(Self.numbers(fast), Self.numbers(slow)) where l != r {
        // A share is the exponential of a difference of sums of scores of a few hundred.
        #expect(abs(l - r) <= 64 * Double.ulpOfOne * 2000)
      }
    }
  }

  @Test("Cayley: (n + 1)^(n − 1) trees, n^(n − 1) of them with a single root")
  func cayley() {
    for (words, multi, single) in [(1, 1, 1), (2, 3, 2), (3, 16, 9), (4, 125, 64), (5, 1296, 625)] {
      #expect(SpanningTreeModel.uniform(words: words, singleRoot: false).treeCount == multi)
      #expect(SpanningTreeModel.uniform(words: words, singleRoot: true).treeCount == single)
      for (singleRoot, count) in [(false, multi), (true, single)] {
        let total = SpanningTreePosterior(of: .uniform(words: words, singleRoot: singleRoot))
          .logPartition
        #expect(abs(total.value - log(Double(count))) <= total.roundingBound + Double.ulpOfOne)
      }
    }
  }
}
