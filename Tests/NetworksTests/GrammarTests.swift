import GSL
import Networks
import Testing
import _Differentiation

// The inside algorithm of a grammar in Chomsky normal form, as a chart of vectors: the cell of a
// span holds the log-weight of every symbol over it.

struct GrammarPotentials: Parameters {
  /// A row for every symbol, a column for every pair of symbols it can split into.
  var splits: Matrix
  /// A row for every symbol, a column for every word.
  var words: Matrix

  mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    splits.visit(&tour, beside: direction.splits)
    words.visit(&tour, beside: direction.words)
  }
}

struct Grammar: HasEvidence {
  let sentence: [Int]

  /// Where the chart keeps a span, when shorter spans come first, and of one length the earlier.
  func place(_ start: Int, _ length: Int) -> Int {
    (1..<length).reduce(start) { $0 + sentence.count - $1 + 1 }
  }

  @differentiable(reverse)
  func logEvidence(_ potentials: GrammarPotentials) -> Double {
    var chart = Chart()
    for start in 0..<sentence.count {
      chart.append(potentials.words.column(sentence[start]))
    }
    for length in 2..<sentence.count + 1 {
      for start in 0..<sentence.count - length + 1 {
        var pairs = Chart()
        for left in 1..<length {
          pairs.append(
            outerSum(chart[place(start, left)], chart[place(start + left, length - left)])
              .flattened())
        }
        chart.append(logProduct(potentials.splits, logSumExpColumns(pairs.stacked())))
      }
    }
    return chart[place(0, sentence.count)][0]
  }
}

@Suite struct GrammarTests {
  /// The flat places of all factors of every tree of a symbol over a span.
  private func trees(_ symbol: Int, _ span: ArraySlice<Int>) -> [[Int]] {
    if span.count == 1 { return [[8 + 3 * symbol + span[span.startIndex]]] }
    var result: [[Int]] = []
    for middle in span.indices.dropFirst() {
      for pair in 0..<4 {
        for left in trees(pair / 2, span[..<middle]) {
          for right in trees(pair % 2, span[middle...]) {
            result.append([4 * symbol + pair] + left + right)
          }
        }
      }
    }
    return result
  }

  @Test(arguments: seeds) func insideGradientIsExpectedRuleCounts(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    // One rule is impossible: S -> T S.
    let splits = inputs.vector(8).replacing(2, with: -.infinity)
    let potentials = GrammarPotentials(
      splits: Matrix(rows: 2, columns: 4, entries: splits), words: inputs.matrix(2, 3))
    let sentence = [2, 0, 1, 0]
    let derivations = trees(0, sentence[...])
    // Five shapes of trees over four words, two symbols at each of six nodes below the top.
    #expect(derivations.count == 5 * 64)
    var total = 0.0
    var counts = [Double](repeating: 0, count: 14)
    for places in derivations {
      let weight = exp(places.reduce(0) { $0 + potentials.flat[$1] })
      total += weight
      for place in places { counts[place] += weight }
    }
    let found = evidenceAndGradient(Grammar(sentence: sentence), at: potentials)
    let allowed = rounding(derivations.count, found.value)
    #expect((found.value - log(total)).magnitude <= allowed)
    for place in counts.indices {
      #expect((found.gradient[place] - counts[place] / total).magnitude <= allowed)
    }
  }
}
