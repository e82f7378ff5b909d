import GSL
import LessonKit
import Models

// What is printed above the numbers of this lesson: the models with all their digits.

extension JointTable {
  /// p(x, z) in rows, a row for each setting of all latents but the last.
  var jointRows: [[Double]] {
    let width = sizes[sizes.count - 1]
    let values = logValues.map { exp($0) }
    return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<($0 + width)]) }
  }
}

/// q_1, q_2 and so on.
private func given(_ name: String, _ factors: [[Double]]) -> [Given] {
  factors.enumerated().map { Given("\(name)_\($0 + 1)", $1) }
}

extension UpdateProblem: Shown {
  var givens: [Given] {
    [Given("p(x, z)", table.jointRows)] + given("q", factors) + [Given("j", latent + 1)]
  }
}

extension SweepProblem: Shown {
  var givens: [Given] { [Given("p(x, z)", table.jointRows)] + given("q⁰", start) }
}

extension SeveralData: Shown {
  var givens: [Given] {
    logJoints.enumerated().map { Given("p(x_\($0 + 1), z)", $1.map { exp($0) }) }
      + [Given("d(x)", weights), Given("q", any)]
  }
}

extension TwoBits: Shown {
  var givens: [Given] {
    [Given("p(x, z)", joint)] + given("q", factors(q))
      + given("q′", factors(other)).map(\.folded)
  }
}

extension CoupledPair: Shown {
  var givens: [Given] { [Given("a", coupling), Given("x", observations)] }

  /// V, H, D and N.
  var sizeGivens: [Given] {
    [
      Given("V", sizes.vocabulary), Given("U", sizes.embedding), Given("D", sizes.latents),
      Given("N", sizes.data),
    ]
  }
}

extension ThreeCauses: Shown {
  var givens: [Given] {
    [Given("w", weights), Given("P(z=1)", priors), Given("x", 1), Given("q⁰", [0.5, 0.5, 0.5])]
  }
}

extension GaussianPair: Shown {
  var givens: [Given] {
    [
      Given("E[z]", means).folded, Given("√Var(z)", deviations), Given("ρ", correlation),
      Given("E_q[z₂]", other.mean).folded, Given("Var(q₂)", other.variance).folded,
    ]
  }
}

extension Sprinkler {
  /// The tables of the network, ones only.
  static var givens: [Given] {
    let tables = BayesNet.sprinkler.variables.map(\.table)
    func ones(_ variable: Int) -> [Double] { tables[variable].map { $0[1] } }
    let wet = ones(3)
    return [
      Given("P(C=1)", ones(0)[0]), Given("P(S=1|C)", ones(1)), Given("P(R=1|C)", ones(2)),
      Given("P(W=1|S, R)", [Array(wet[..<2]), Array(wet[2...])]),
    ]
  }
}
