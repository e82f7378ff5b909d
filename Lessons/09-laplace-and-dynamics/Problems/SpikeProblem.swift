import Exact
import GSL
import LessonKit
import Models
import Networks
import Probability

/// Counts of one cell that a network of one unit drives from a random start, with a normal q(z).
struct SpikeProblem: Sendable {
  /// The network.
  let generator: RecurrentSpikes
  /// y_t, a row a step.
  let counts: Matrix
  /// Mean and deviation of q(z).
  let mean, deviation: Double

  init(
    start: (Double, Double), step: (Double, Double), readout: (Double, Double), counts: [Double],
    mean: Double, deviation: Double
  ) {
    func map(_ numbers: (Double, Double)) -> Linear {
      Linear(weights: Matrix([[numbers.0]]), bias: Vector([numbers.1]))
    }
    generator = RecurrentSpikes(start: map(start), step: map(step), readout: map(readout))
    self.counts = Matrix(counts.map { [$0] })
    (self.mean, self.deviation) = (mean, deviation)
  }

  /// p(g | y) and log p(y).
  var posterior: InitialStatePosterior {
    InitialStatePosterior(of: counts, under: generator, spacing: 0.25)
  }
}

extension SpikeProblem {
  /// One spike, then two.
  static func oneThenTwo() -> SpikeProblem {
    SpikeProblem(
      start: (1.3, 0.2), step: (-1.1, 0.3), readout: (0.9, 0.1), counts: [1, 2], mean: -0.3,
      deviation: 0.7)
  }

  /// Two or three steps.
  static func random(_ cases: inout Cases) throws -> SpikeProblem {
    let steps = try cases.integer(2...3)
    func pair(_ cases: inout Cases) throws -> (Double, Double) {
      (try cases.real(from: -1.2, to: 1.2), try cases.real(from: -0.5, to: 0.6))
    }
    return SpikeProblem(
      start: try pair(&cases), step: try pair(&cases), readout: try pair(&cases),
      counts: try (0..<steps).map { _ in Double(try cases.integer(0...3)) },
      mean: try cases.real(from: -1, to: 1), deviation: try cases.real(from: 0.3, to: 1.2))
  }
}

extension SpikeProblem: Shown {
  /// The three maps, the counts, and q.
  var givens: [Given] {
    [
      Given("α, β", [generator.start.weights[0, 0], generator.start.bias[0]]),
      Given("W, b", [generator.step.weights[0, 0], generator.step.bias[0]]),
      Given("C, γ", [generator.readout.weights[0, 0], generator.readout.bias[0]]),
      Given("y_t", counts.array), Given("m, √v", [mean, deviation]),
    ]
  }
}
