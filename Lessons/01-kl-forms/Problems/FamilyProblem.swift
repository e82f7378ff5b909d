import LessonKit
import Models
import Probability

/// x|z ~ N(z, 1), z ~ N(0, 1); an encoder table q(z|x) beside it.
struct FamilyProblem: Sendable {
  /// The model on the line and its datum x.
  var model = LinearGaussian.unit
  /// Where q stands: the mean of a normal law, the centre of a Laplace law.
  var location = 0.5
  /// How wide q is: the variance of a normal law, the scale of a Laplace law.
  var scale = 0.6
  /// w(x), how often each of two inputs comes.
  var inputs = [0.4, 0.6]
  /// q(z|x), a row an input.
  var encoder = [[0.9, 0.1], [0.2, 0.8]]
  /// p(z) of the table.
  var prior = [0.5, 0.5]

  /// x = 1; two inputs and two states.
  static let example = FamilyProblem()

  /// Two inputs and three states.
  static func random(_ cases: inout Cases) throws -> FamilyProblem {
    FamilyProblem(
      model: try LinearGaussian(
        slope: 1, noise: 1, observed: try cases.real(from: -2, to: 2)),
      location: try cases.real(from: -1, to: 1), scale: try cases.real(from: 0.3, to: 1),
      inputs: try cases.simplex(2), encoder: [try cases.simplex(3), try cases.simplex(3)],
      prior: try cases.simplex(3))
  }

  /// Q(z) = Σ_x w(x) q(z|x).
  var aggregate: [Double] {
    prior.indices.map { z in zip(inputs, encoder).reduce(0) { $0 + $1.0 * $1.1[z] } }
  }

  /// E_x KL(q(z|x)‖p(z)).
  var exactPenalty: ExactValue {
    zip(inputs, encoder).sum { input, row in
      ExactValue(input) * exactDivergence(of: row, from: prior)
    }
  }
}

extension FamilyProblem: Shown {
  /// The model on the line with its datum and q, and the encoder's tables.
  var givens: [Given] {
    [
      Given("prior", words: "z ~ N(0, 1)"), Given("likelihood", words: "x|z ~ N(z, 1)"),
      Given("x", model.observed), Given("m", location), Given("v", scale), Given("s", scale),
      Given("w(x)", inputs), Given("q(z|x)", encoder), Given("p(z)", prior),
    ]
  }
}
