import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// A document with two or three binary factors, and independent bits to approximate them with.
struct FactorProblem: Sendable {
  /// The model with its document.
  let document: LatentFactorDocument
  /// q(z), independent bits.
  let q: BernoulliFactors

  /// A document and a q over its factors.
  init(document: LatentFactorDocument, q: BernoulliFactors) {
    self.document = document
    self.q = q
  }

  /// p(z), which this model makes independent bits too.
  var prior: BernoulliFactors { BernoulliFactors(document.model.prior) }

  /// The same document under another q.
  func with(_ other: BernoulliFactors) -> FactorProblem {
    FactorProblem(document: document, q: other)
  }

  /// A random document; the first bit of q is at least 0.1 away from its prior.
  static func random(_ cases: inout Cases) throws -> FactorProblem {
    let document = try LatentFactorDocument.random(&cases)
    var bits = try cases.probabilities(document.latentCount)
    let p = document.model.prior[0]
    if abs(bits[0] - p) < 0.1 { bits[0] = p < 0.5 ? p + 0.2 : p - 0.2 }
    return FactorProblem(document: document, q: BernoulliFactors(bits))
  }

  /// Two factors, three words, the document (0, 2, 2).
  static let twoFactors = FactorProblem(
    document: .twoFactors, q: BernoulliFactors([0.55, 0.2]))
}

/// The signature of exercise `three-forms`: the bound written three ways, and its two parts.
protocol ThreeForms: Sendable {
  /// H(q), in closed form.
  func entropy(_ problem: FactorProblem) -> Double
  /// KL(q‖p(z)), in closed form.
  func divergenceFromThePrior(_ problem: FactorProblem) -> Double
  /// E_q[log p(x, z) − log q(z)].
  func jointForm(_ problem: FactorProblem) -> Double
  /// E_q[log p(x, z)] + H(q).
  func entropyForm(_ problem: FactorProblem) -> Double
  /// E_q[log p(x | z)] − KL(q‖p(z)).
  func priorForm(_ problem: FactorProblem) -> Double
}

extension Sheet where Subject == any ThreeForms, Model == FactorProblem {
  /// Write the bound three ways.
  static let threeForms: Sheet<any ThreeForms, FactorProblem> = Sheet(
    id: "three-forms",
    title: "One number, three forms",
    task: """
      The latents are D independent bits under the prior and under q; x is a document. Write the \
      entropy of q and its divergence from the prior as sums over D bits, then the bound in its \
      joint form, its entropy form and its prior form.
      """,
    hints: [
      "Entropies of independent bits add up, and so do divergences. They do not average.",
      "A bit has two outcomes: on with b, off with 1 − b. Both have a share in the entropy.",
      "KL(q‖p(z)) = Σ_d [b_d log(b_d / p_d) + (1 − b_d) log((1 − b_d) / (1 − p_d))].",
      """
      E_q[log p(x|z)] needs all 2^D states: log p(x|z) at the mean of z is another number, and so \
      is the logarithm of the mean of p(x|z).
      """,
    ],
    example: .twoFactors,
    draw: { cases in try .random(&cases) },
    lines: [
      jointFormIsTheBound, entropyFormIsTheBound, priorFormIsTheBound, formsAgree,
      entropyIsASum, divergenceIsASum, divergenceVanishes, priorFormAtThePrior, allAtACorner,
      entropyOfFairBits,
    ])
}

// MARK: The three forms

extension Sheet where Subject == any ThreeForms, Model == FactorProblem {
  static var jointFormIsTheBound: Line<any ThreeForms, FactorProblem> {
    Line(
      "joint-form", "E_q[log p(x, z) − log q(z)] = log p(x) − KL(q‖p(z|x))",
      because: "the definition, against the posterior of all 2^D states", claims: ["A-023"]
    ) { forms, problem in
      let posterior = ExactPosterior(of: problem.document)
      let gap = exactGap(factorised(problem.q.probabilities), posterior).value
      return .equal(
        forms.jointForm(problem), posterior.logEvidence.value - gap, magnitude: 20)
    }
  }

  static var entropyFormIsTheBound: Line<any ThreeForms, FactorProblem> {
    Line(
      "entropy-form", "E_q[log p(x, z)] + H(q) = Σ_z q log p(x, z) − Σ_z q log q",
      because: "Σ_z q log q = −H(q): energy and entropy", claims: ["A-023", "A-259"]
    ) { forms, problem in
      .equal(forms.entropyForm(problem), enumeratedELBO(problem), magnitude: 20)
    }
  }

  static var priorFormIsTheBound: Line<any ThreeForms, FactorProblem> {
    Line(
      "prior-form", "E_q[log p(x|z)] − KL(q‖p(z)) = Σ_z q [log p(x, z) − log q]",
      because: "log p(x, z) − log q = log p(x|z) − log(q / p(z)): fit minus divergence",
      claims: ["A-023", "A-081"]
    ) { forms, problem in
      .equal(forms.priorForm(problem), enumeratedELBO(problem), magnitude: 20)
    }
  }

  static var formsAgree: Line<any ThreeForms, FactorProblem> {
    Line(
      "forms-agree", "E_q[log p(x, z)] + H(q) = E_q[log p(x|z)] − KL(q‖p(z))",
      because: "both are E_q[log p(x|z) + log p(z) − log q(z)], bracketed differently",
      claims: ["A-261"]
    ) { forms, problem in
      .equal(forms.entropyForm(problem), forms.priorForm(problem), magnitude: 20)
    }
  }
}

// MARK: Their parts

extension Sheet where Subject == any ThreeForms, Model == FactorProblem {
  static var entropyIsASum: Line<any ThreeForms, FactorProblem> {
    Line(
      "entropy-is-a-sum", "Σ_d H(b_d) = −Σ_z q(z) log q(z)",
      because: "independent bits: log q(z) is a sum over d, and so is its mean",
      claims: ["A-259"]
    ) { forms, problem in
      let q = factorised(problem.q.probabilities)
      return .equal(forms.entropy(problem), -q.reduce(0) { $0 + entropyTerm($1) }, magnitude: 4)
    }
  }

  static var divergenceIsASum: Line<any ThreeForms, FactorProblem> {
    Line(
      "divergence-is-a-sum", "Σ_d KL(b_d‖p_d) = Σ_z q(z) log(q(z) / p(z))",
      because: "q and the prior are both products over the bits"
    ) { forms, problem in
      .equal(forms.divergenceFromThePrior(problem), enumeratedDivergence(problem), magnitude: 20)
    }
  }

  static var divergenceVanishes: Line<any ThreeForms, FactorProblem> {
    Line(
      "no-divergence-at-the-prior", "KL(p(z)‖p(z)) = 0", because: "log 1 = 0, bit by bit"
    ) { forms, problem in
      .equal(forms.divergenceFromThePrior(problem.with(problem.prior)), 0, magnitude: 4)
    }
  }

  static var priorFormAtThePrior: Line<any ThreeForms, FactorProblem> {
    Line(
      "prior-form-at-the-prior", "q = p(z):  E_q[log p(x|z)] − 0 = Σ_z p(z) log p(x|z)",
      because: "the divergence is zero there and only the fit is left"
    ) { forms, problem in
      let weights = factorised(problem.document.model.prior)
      let fit = weights.indices.reduce(0) { total, state in
        let z = latents(state, count: problem.q.count)
        return total + weights[state] * problem.document.logLikelihood(z)
      }
      return .equal(forms.priorForm(problem.with(problem.prior)), fit, magnitude: 20)
    }
  }

  static var allAtACorner: Line<any ThreeForms, FactorProblem> {
    Line(
      "all-at-a-corner", "b ∈ {0, 1}^D:  all three forms = log p(x, z = b)",
      because: "a certainty has no entropy, and its divergence from the prior is −log p(z)"
    ) { forms, problem in
      let corner = problem.q.probabilities.map { $0 > 0.5 ? 1.0 : 0 }
      let there = problem.with(BernoulliFactors(corner))
      let joint = problem.document.logJoint(corner)
      return .equal(
        [forms.jointForm(there), forms.entropyForm(there), forms.priorForm(there)],
        [joint, joint, joint], magnitude: 20)
    }
  }

  static var entropyOfFairBits: Line<any ThreeForms, FactorProblem> {
    Line(
      "fair-bits", "b = (½, …, ½):  H(q) = D log 2", because: "a bit of entropy is log 2 nats"
    ) { forms, problem in
      let fair = BernoulliFactors([Double](repeating: 0.5, count: problem.q.count))
      return .equal(forms.entropy(problem.with(fair)), Double(problem.q.count) * log(2))
    }
  }
}

/// Σ_z q(z) [log p(x, z) − log q(z)] over all 2^D states.
func enumeratedELBO(_ problem: FactorProblem) -> Double {
  exactELBO(factorised: problem.q.probabilities, of: problem.document).value
}

/// Σ_z q(z) log(q(z) / p(z)) over all 2^D states.
func enumeratedDivergence(_ problem: FactorProblem) -> Double {
  zip(factorised(problem.q.probabilities), factorised(problem.document.model.prior)).reduce(0) {
    $1.0 == 0 ? $0 : $0 + $1.0 * log($1.0 / $1.1)
  }
}
