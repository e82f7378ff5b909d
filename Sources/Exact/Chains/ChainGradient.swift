public import Models
public import Networks
public import Probability
public import _Differentiation

// Posterior inference by differentiation, for sequences. The evidence code below computes one number
// and knows nothing of posteriors; its gradient with respect to log potentials is the posterior.

/// The log potentials of a hidden Markov model, as what the evidence is differentiated by.
public struct HiddenMarkovPotentials: Differentiable, Sendable {
  /// log P(z_1 = k).
  public var initial: Vector
  /// log P(z_t = j | z_{t−1} = i).
  public var transition: Matrix
  /// log P(x_t = v | z_t = k).
  public var emission: Matrix

  /// The logarithms of a model's probabilities.
  public init(_ model: HiddenMarkovModel) {
    initial = log(Vector(model.initial))
    transition = log(Matrix(model.transition))
    emission = log(Matrix(model.emission))
  }
}

/// log p(x) by the forward recursion, written for differentiation.
///
/// ```
/// ∂ log p(x) / ∂ log P(event) = E[number of times the event happens | x]
/// ```
@differentiable(reverse,wrt: potentials)
public func forwardEvidence(
  _ potentials: HiddenMarkovPotentials, observations: [Int]
) -> Double {
  var message = potentials.initial + potentials.emission.column(observations[0])
  for place in 1..<observations.count {
    message =
      logProduct(message, potentials.transition) + potentials.emission.column(observations[place])
  }
  return logSumExp(message)
}

extension HiddenMarkovCounts {
  /// The expected counts as the gradient of the evidence code.
  public static func differentiated(_ sequence: HiddenMarkovSequence) -> HiddenMarkovCounts {
    let observations = sequence.observations
    let direction = gradient(at: HiddenMarkovPotentials(sequence.model)) {
      forwardEvidence($0, observations: observations)
    }
    var counts = HiddenMarkovCounts(model: sequence.model)
    counts.initial = direction.initial.array
    // Nothing was read from the transition in a sequence of one step: its gradient has no entries.
    counts.transition = rows(of: direction.transition, like: counts.transition)
    counts.emission = rows(of: direction.emission, like: counts.emission)
    return counts
  }
}

/// log Z of a chain, written for differentiation.
///
/// The node potentials are a T × K matrix; entry t of the list holds the K² potentials of step t,
/// row after row.
@differentiable(reverse)
public func chainEvidence(_ nodes: Matrix, _ edges: Chart, states: Int) -> Double {
  var message = nodes.row(0)
  for place in 1..<withoutDerivative(at: nodes.rows) {
    let step = Matrix(rows: states, columns: states, entries: edges[place - 1])
    message = logProduct(message, step) + nodes.row(place)
  }
  return logSumExp(message)
}

extension ChainPosterior {
  /// The node and pair marginals of a chain as the gradient of its log partition function.
  public static func differentiated(
    _ chain: ChainPotentials
  ) -> (stateMarginals: [[Double]], pairMarginals: [[[Double]]]) {
    let states = chain.stateCount
    let nodes = Matrix(chain.nodes)
    let edges = Chart(chain.edges.map { Vector(Array($0.joined())) })
    let direction = gradient(at: nodes, edges) { chainEvidence($0, $1, states: states) }
    let tables = direction.1.vectors.map {
      rows(of: Matrix(rows: states, columns: states, $0.array), like: chain.edges[0])
    }
    return (rows(of: direction.0, like: chain.nodes), tables)
  }
}

/// The rows of a gradient; the zero without entries gets the shape of what it is a gradient of.
func rows(of matrix: Matrix, like shape: [[Double]]) -> [[Double]] {
  let full = matrix.filled(like: Matrix(shape))
  return (0..<full.rows).map { full.row($0).array }
}
