import GSL
import Networks
import Testing
import _Differentiation

// What the room is for: the evidence of a small model is written in a few lines, and its gradient
// is a posterior expectation. Each is compared with the sum over everything hidden, written out
// with plain loops and the C library only.

/// A model whose evidence can be differentiated, as the rooms above write it.
protocol HasEvidence {
  associatedtype Potentials: Parameters
  @differentiable(reverse)
  func logEvidence(_ potentials: Potentials) -> Double
}

/// The gradient through the protocol: differentiation of a generic requirement.
func evidenceAndGradient<Model: HasEvidence>(
  _ model: Model, at potentials: Model.Potentials
) -> (value: Double, gradient: [Double]) {
  let found = valueWithGradient(at: potentials) { model.logEvidence($0) }
  return (found.value, potentials.flat(found.gradient))
}

/// A bound for sums of `count` positive terms: each carries a few roundings, and so does the sum.
func rounding(_ count: Int, _ size: Double) -> Double {
  8 * Double(count) * 0x1p-52 * max(1, size.magnitude)
}

// MARK: Hidden Markov model

struct MarkovPotentials: Parameters {
  var initial: Vector
  var transition: Matrix
  var emission: Matrix

  mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    initial.visit(&tour, beside: direction.initial)
    transition.visit(&tour, beside: direction.transition)
    emission.visit(&tour, beside: direction.emission)
  }
}

struct MarkovChain: HasEvidence {
  let words: [Int]

  @differentiable(reverse)
  func logEvidence(_ potentials: MarkovPotentials) -> Double {
    var alpha = potentials.initial + potentials.emission.column(words[0])
    for t in 1..<words.count {
      alpha = logProduct(alpha, potentials.transition) + potentials.emission.column(words[t])
    }
    return logSumExp(alpha)
  }
}

// MARK: Spanning trees

struct TreePotentials: Parameters {
  var edges: Matrix
  var roots: Vector

  mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    edges.visit(&tour, beside: direction.edges)
    roots.visit(&tour, beside: direction.roots)
  }
}

/// All forests of directed trees: log Σ Π weights = log det (D − W), by the matrix-tree theorem.
struct Forests: HasEvidence {
  @differentiable(reverse)
  func logEvidence(_ potentials: TreePotentials) -> Double {
    let weights = exp(potentials.edges)
    let incoming = weights.columnSums() + exp(potentials.roots)
    return logDeterminant(Matrix(diagonal: incoming) - weights)
  }
}

@Suite struct ModelTests {
  @Test(arguments: seeds) func markovGradientIsExpectedCounts(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let potentials = MarkovPotentials(
      initial: inputs.vector(2), transition: inputs.matrix(2, 2), emission: inputs.matrix(2, 3))
    let words = [2, 0, 0, 1]
    var total = 0.0
    var counts = [Double](repeating: 0, count: 12)
    for path in 0..<16 {
      let states = (0..<4).map { path >> $0 & 1 }
      // Where each factor of the path stands in the flat list: 2 initial, 4 transition, 6 emission.
      var places = [states[0]]
      for t in 0..<4 {
        if t > 0 { places.append(2 + 2 * states[t - 1] + states[t]) }
        places.append(6 + 3 * states[t] + words[t])
      }
      let weight = exp(places.reduce(0) { $0 + potentials.flat[$1] })
      total += weight
      for place in places { counts[place] += weight }
    }
    let found = evidenceAndGradient(MarkovChain(words: words), at: potentials)
    #expect((found.value - log(total)).magnitude <= rounding(16, found.value))
    for place in counts.indices {
      #expect((found.gradient[place] - counts[place] / total).magnitude <= rounding(16, 4))
    }
  }

  @Test func markovChainWithAForbiddenTransition() {
    let never = -Double.infinity
    let potentials = MarkovPotentials(
      initial: [0, never], transition: [[0, 0], [never, 0]], emission: [[0, never], [0, 0]])
    // Word 1 needs state 1, and state 1 is never left: 0 0 1, 0 1 1 are the paths of words 0 0 1.
    let found = evidenceAndGradient(MarkovChain(words: [0, 0, 1]), at: potentials)
    #expect((found.value - log(2.0)).magnitude <= rounding(2, 1))
    let counts = [1, 0, 0.5, 1, 0, 0.5, 1.5, 0, 0.5, 1]
    for place in counts.indices {
      #expect((found.gradient[place] - counts[place]).magnitude <= rounding(2, 2))
    }
    // Words 1 0 are impossible: no evidence, and no NaN in its gradient.
    let lost = evidenceAndGradient(MarkovChain(words: [1, 0]), at: potentials)
    #expect(lost.value == never)
    #expect(lost.gradient.allSatisfy { $0 == 0 })
  }

  @Test(arguments: seeds) func forestGradientIsEdgeMarginals(seed: UInt64) throws {
    var inputs = try RandomInputs(seed: seed)
    let potentials = TreePotentials(
      edges: inputs.matrix(3, 3).withoutLoops(), roots: inputs.vector(3))
    var total = 0.0
    var marginals = [Double](repeating: 0, count: 12)
    for choice in 0..<64 {
      // Head 3 is the root outside; the flat list holds 9 edges (head, child), then 3 roots.
      let heads = (0..<3).map { choice >> (2 * $0) & 3 }
      guard reachesRoot(heads) else { continue }
      let places = (0..<3).map { heads[$0] == 3 ? 9 + $0 : 3 * heads[$0] + $0 }
      let weight = exp(places.reduce(0) { $0 + potentials.flat[$1] })
      total += weight
      for place in places { marginals[place] += weight }
    }
    let found = evidenceAndGradient(Forests(), at: potentials)
    // Elimination loses up to the condition of the Laplacian: its largest entry times A⁻¹'s.
    let weights = potentials.flat.map { exp($0) }
    let condition = weights.reduce(0, +) * weights.reduce(0, +) / total * weights.reduce(1, max)
    #expect((found.value - log(total)).magnitude <= rounding(16, condition))
    for place in marginals.indices {
      #expect(
        (found.gradient[place] - marginals[place] / total).magnitude <= rounding(16, condition))
    }
  }

  private func reachesRoot(_ heads: [Int]) -> Bool {
    heads.indices.allSatisfy { child in
      var node = child
      for _ in 0..<3 where node < 3 { node = heads[node] }
      return node == 3
    }
  }
}

extension Matrix {
  /// The same matrix with −∞ on its diagonal: no node is its own head.
  fileprivate func withoutLoops() -> Matrix {
    var result = self
    for index in 0..<rows {
      let barred = row(index).replacing(index, with: -.infinity)
      result = result.replacing(row: index, with: barred)
    }
    return result
  }
}
