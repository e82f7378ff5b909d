import GSL

/// A chain of one number with linear dynamics that is seen through a small network.
///
/// ```
/// x_0 ~ N(0, 1)      x_t = a·x_{t−1} + N(0, 1 − a²)      y_t = f(x_t) + N(0, noise)
/// f(x) = Σ_j output_j tanh(input_j·x + shift_j)      or a line
/// ```
/// Every x_t is N(0, 1) before anything is seen. Reference: Gao, Archer, Paninski and Cunningham 2016, fLDS.
package struct NeuralChain: Sendable, Equatable {
  /// How x is seen.
  package enum Emission: Sendable, Equatable {
    /// f(x) = slope·x.
    case line(slope: Double)
    /// One hidden layer: input weight, shift and output weight of each unit.
    case network([Unit])
  }

  /// A hidden unit.
  package struct Unit: Sendable, Equatable {
    /// What x is multiplied by.
    package let input: Double
    /// What is added.
    package let shift: Double
    /// What the unit counts.
    package let output: Double

    /// A unit by its three numbers.
    package init(input: Double, shift: Double, output: Double) {
      (self.input, self.shift, self.output) = (input, shift, output)
    }
  }

  /// a, between −1 and 1.
  package let dynamics: Double
  /// f.
  package let emission: Emission
  /// The variance of what is added to f(x).
  package let noise: Double
  /// y_t.
  package let observations: [Double]

  /// A chain whose numbers are known to fit.
  package init(dynamics: Double, emission: Emission, noise: Double, observations: [Double]) {
    self.dynamics = dynamics
    self.emission = emission
    self.noise = noise
    self.observations = observations
  }

  /// 1 − a², the variance of what a step adds.
  package var dynamicsNoise: Double { 1 - dynamics * dynamics }

  /// f(x).
  package func mean(_ x: Double) -> Double {
    switch emission {
    case .line(let slope): slope * x
    case .network(let units): units.reduce(0) { $0 + $1.output * tanh($1.input * x + $1.shift) }
    }
  }

  /// f′(x).
  package func slope(_ x: Double) -> Double {
    switch emission {
    case .line(let slope): slope
    case .network(let units):
      units.reduce(0) { sum, unit in
        let height = tanh(unit.input * x + unit.shift)
        return sum + unit.output * unit.input * (1 - height * height)
      }
    }
  }

  /// log p(y_t | x_t).
  package func logLikelihood(_ t: Int, _ x: Double) -> Double {
    let away = observations[t] - mean(x)
    return -0.5 * (log(2 * Double.pi * noise) + away * away / noise)
  }
}
