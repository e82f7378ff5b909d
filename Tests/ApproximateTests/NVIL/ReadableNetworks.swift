import Approximate
import GSL
import Kernels
import Networks
import _Differentiation

/// The networks of `BatchTraining` in the words of `Networks`: what its gradient is held against.
struct ReadableNetworks: Differentiable {
  /// a.
  var prior: Vector
  /// z ↦ W z + b.
  var likelihood: Linear
  /// x ↦ h.
  var hidden: Linear
  /// h ↦ η.
  var output: Linear

  init(_ parameters: BatchParameters) {
    prior = Vector(parameters.prior)
    likelihood = affine(parameters.weights, parameters.bias)
    hidden = affine(parameters.hiddenWeights, parameters.hiddenBias)
    output = affine(parameters.outputWeights, parameters.outputBias)
  }

  @differentiable(reverse)
  func logJoint(_ counts: Vector, _ latents: Vector) -> Double {
    logBernoulli(of: latents, logits: prior) + counts.dot(logSoftmax(likelihood(latents)))
  }

  @differentiable(reverse)
  func logPosterior(_ counts: Vector, _ latents: Vector) -> Double {
    logBernoulli(of: latents, logits: output(hidden(counts)))
  }

  /// log p(x, z) + detach(f − c) log q(z | x).
  @differentiable(reverse,wrt: self)
  func surrogate(_ counts: Vector, _ latents: Vector, baseline: Double) -> Double {
    let logJoint = logJoint(counts, latents)
    let logPosterior = logPosterior(counts, latents)
    return logJoint + detach(logJoint - logPosterior - baseline) * logPosterior
  }

  /// One state's share of the bound: q(z | x) (log p(x, z) − log q(z | x)).
  ///
  /// Differentiated as it stands, with no identity about scores.
  @differentiable(reverse,wrt: self)
  func share(_ counts: Vector, _ latents: Vector) -> Double {
    let logPosterior = logPosterior(counts, latents)
    return exp(logPosterior) * (logJoint(counts, latents) - logPosterior)
  }

  func signal(_ counts: Vector, _ latents: Vector) -> Double {
    logJoint(counts, latents) - logPosterior(counts, latents)
  }

  /// The exact bound of a document and its gradient, by visiting every state.
  func exactBound(_ counts: Vector) -> (value: Double, gradient: [Double]) {
    var value = 0.0
    var total = TangentVector.zero
    for state in 0..<(1 << prior.count) {
      let latents = Vector(prior.indices.map { Double(state >> $0 & 1) })
      let (share, slope) = valueWithGradient(at: self) { $0.share(counts, latents) }
      value += share
      total += slope
    }
    return (value, flat(total))
  }
}

/// A gradient in the order of `BatchParameters.flat`.
func flat(_ gradient: ReadableNetworks.TangentVector) -> [Double] {
  gradient.prior.array + byInput(gradient.likelihood) + byInput(gradient.hidden)
    + byInput(gradient.output)
}

/// A layer of `Networks` has a row for every output, a grid one for every input.
private func affine(_ weights: Grid, _ bias: [Double]) -> Linear {
  var turned = Grid(rows: weights.columns, columns: weights.rows)
  turned.setTransposed(of: weights)
  return Linear(
    weights: Matrix(rows: turned.rows, columns: turned.columns, turned.numbers),
    bias: Vector(bias))
}

private func byInput(_ layer: Linear) -> [Double] {
  let weights = layer.weights
  return (0..<weights.columns).flatMap { input in (0..<weights.rows).map { weights[$0, input] } }
    + layer.bias.array
}
