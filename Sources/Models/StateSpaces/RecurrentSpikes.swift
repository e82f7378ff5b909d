import GSL
package import Networks
package import Probability
import _Differentiation

/// Spike counts of some cells that one random number sets going through a deterministic network.
///
/// ```
/// g ~ N(0, 1)      u_0 = tanh(v·g + c)      u_t = tanh(W·u_{t−1} + b)      y_t,i ~ Poisson(exp(C_i·u_t + d_i))
/// ```
/// All that is uncertain is where the network starts. Reference: Sussillo, Jozefowicz, Abbott and Pandarinath
/// 2016, LFADS.
package struct RecurrentSpikes: Sendable, Hashable, Differentiable {
  /// v and c.
  package var start: Linear
  /// W and b.
  package var step: Linear
  /// C and d.
  package var readout: Linear

  /// A generator by its three maps.
  package init(start: Linear, step: Linear, readout: Linear) {
    self.start = start
    self.step = step
    self.readout = readout
  }

  /// The sum over steps of log p(y_t | g).
  @differentiable(reverse)
  package func logLikelihood(of counts: Matrix, from g: Vector) -> Double {
    var state = tanh(start(g))
    var total = 0.0
    for t in 0..<withoutDerivative(at: counts.rows) {
      if t > 0 { state = tanh(step(state)) }
      let logRates = readout(state)
      total = total + (counts.row(t).dot(logRates) - exp(logRates).sum())
    }
    return total - withoutDerivative(at: logFactorials(counts))
  }

  /// The logarithm of each rate, a row a step.
  package func logRates(from g: Double, steps: Int) -> [[Double]] {
    var (state, rows): (Vector, [[Double]]) = (tanh(start(Vector([g]))), [])
    for t in 0..<steps {
      if t > 0 { state = tanh(step(state)) }
      rows.append(readout(state).array)
    }
    return rows
  }

  /// Counts drawn at a g, a row a step.
  package func sample<Choices: RandomChoices>(
    from g: Double, steps: Int, _ choices: inout Choices
  ) throws(ChoiceError) -> Matrix {
    var rows: [[Double]] = []
    for logs in logRates(from: g, steps: steps) {
      var row: [Double] = []
      for log in logs { row.append(try poisson(exp(log), &choices)) }
      rows.append(row)
    }
    return Matrix(rows)
  }
}

extension RecurrentSpikes: Parameters {
  /// Shows the three maps in the order in which they are used.
  package mutating func visit(_ tour: inout ParameterTour, beside direction: TangentVector) {
    start.visit(&tour, beside: direction.start)
    step.visit(&tour, beside: direction.step)
    readout.visit(&tour, beside: direction.readout)
  }
}

/// Σ log y!, which no parameter changes.
private func logFactorials(_ counts: Matrix) -> Double {
  var total = 0.0
  for count in counts.array {
    var factor = 2.0
    while factor <= count {
      total += log(factor)
      factor += 1
    }
  }
  return total
}

/// A count with a rate, by the places where its distribution function passes a uniform number.
private func poisson<Choices: RandomChoices>(
  _ rate: Double, _ choices: inout Choices
) throws(ChoiceError) -> Double {
  let place = try choices.uniform()
  var (count, term) = (0.0, exp(-rate))
  var sum = term
  while sum < place && count < 1000 {
    count += 1
    term *= rate / count
    sum += term
  }
  return count
}
