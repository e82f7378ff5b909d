import Exact
import GSL
import LessonKit
import Models
import Probability
import Verification

/// The signature of exercise `mixture-evidence`: sums over what was not seen.
protocol MixtureEvidenceForm: Sendable {
  /// log p(y) = log Σ_z p(z) p(y|z) of one datum, from log p(z) and log p(y|z).
  func logEvidence(logWeights: [Double], logLikelihoods: [Double]) -> Double
  /// log p(y_1 … y_N) of independent data, from log p(z) and a row of log p(y_s|z) a datum.
  func logLikelihood(logWeights: [Double], _ rows: [[Double]]) -> Double
}

extension Sheet where Subject == any MixtureEvidenceForm, Model == MixtureProblem {
  /// Write the log-likelihood of a mixture.
  static let mixtureEvidence = Sheet(
    id: "mixture-evidence",
    title: "A sum with K terms",
    task: """
      Write `logEvidence`, the logarithm of Σ_z p(z) p(y|z), and `logLikelihood`, that of a whole \
      data set. Both get logarithms. Weights may be zero, an observation may be impossible, and a \
      likelihood may be e^−2000.
      """,
    hints: [
      "log p(z) + log p(y|z) is log p(z, y). What is wanted is the log of a sum of those, exp'd.",
      "Each datum chooses a component of its own: a log, and a sum over z, for every datum.",
      "e^−2000 is 0 in floating point. Take the largest term out of the sum first.",
      "If the largest term is −∞ there is nothing to take out, and the answer is −∞.",
      "m + log Σ_z exp(a_z − m) with a_z = log p(z) + log p(y|z), m = max a_z; then Σ over data.",
    ],
    example: .twoRates,
    draw: { try .random(&$0) },
    lines: [
      isASumOfJoints, addsOverData, normalises, equalLikelihoods, oneDatum, certainComponent,
      dataTwice, farTail, impossible,
    ])

  static var isASumOfJoints: Line<any MixtureEvidenceForm, MixtureProblem> {
    Line(
      "sum-of-joints", "log p(y) = log Σ_z p(z) p(y|z)",
      because: "p(z, y) = p(z) p(y|z), and whatever z was, it was one of the K",
      claims: ["A-067", "A-198", "A-230"]
    ) { form, problem in
      let found = problem.logLikelihoods.map {
        form.logEvidence(logWeights: problem.logWeights, logLikelihoods: $0)
      }
      return .equal(found, problem.directLogEvidence, terms: 256, magnitude: 20)
    }
  }

  static var addsOverData: Line<any MixtureEvidenceForm, MixtureProblem> {
    Line(
      "adds-over-data", "Σ_s log Σ_z p(z) p(y_s|z) = log Σ_{z_1…z_N} Π_s p(z_s) p(y_s|z_s)",
      because: "a sum over all K^N assignments of a product is a product of N sums over K",
      claims: ["A-202", "A-229"]
    ) { form, problem in
      .equal(
        form.logLikelihood(logWeights: problem.logWeights, problem.logLikelihoods),
        exactLogEvidenceByAssignments(of: problem.mixture, problem.counts).value,
        terms: 256, magnitude: 60)
    }
  }

  /// The largest rate is below 17: less than 1e-27 is left above 80.
  static var normalises: Line<any MixtureEvidenceForm, MixtureProblem> {
    Line(
      "normalises", "Σ_y p(y) = 1",
      because: "weights that sum to one mix laws that sum to one", claims: ["A-197"]
    ) { form, problem in
      let total = (0..<80).reduce(0) { total, count in
        total
          + exp(
            form.logEvidence(
              logWeights: problem.logWeights, logLikelihoods: problem.logLikelihoods(count)))
      }
      return .equal(total, 1, terms: 512)
    }
  }

  static var equalLikelihoods: Line<any MixtureEvidenceForm, MixtureProblem> {
    Line(
      "equal-likelihoods", "p(y|z) = c for all z:  log p(y) = log c",
      because: "the weights sum to one, so a constant comes out of the sum"
    ) { form, problem in
      let constant = problem.logLikelihoods[0][0]
      let found = form.logEvidence(
        logWeights: problem.logWeights,
        logLikelihoods: problem.logWeights.map { _ in constant })
      return .equal(found, constant, magnitude: 20)
    }
  }

  static var oneDatum: Line<any MixtureEvidenceForm, MixtureProblem> {
    Line(
      "one-datum", "N = 1:  log p(y_1) = log Σ_z p(z) p(y_1|z)",
      because: "a data set of one is a datum"
    ) { form, problem in
      .equal(
        form.logLikelihood(logWeights: problem.logWeights, [problem.logLikelihoods[0]]),
        problem.directLogEvidence[0], terms: 256, magnitude: 20)
    }
  }

  static var certainComponent: Line<any MixtureEvidenceForm, MixtureProblem> {
    Line(
      "certain-component", "p(z=1) = 1:  log p(y) = log p(y|z=1)",
      because: "a weight of zero is a log of −∞, and e^−∞ adds nothing"
    ) { form, problem in
      let found = problem.logLikelihoods.map {
        form.logEvidence(
          logWeights: problem.logWeights.indices.map { $0 == 0 ? 0 : -.infinity },
          logLikelihoods: $0)
      }
      return .equal(found, problem.logLikelihoods.map { $0[0] }, magnitude: 20)
    }
  }

  static var dataTwice: Line<any MixtureEvidenceForm, MixtureProblem> {
    Line(
      "data-twice", "L(D, D) = 2 L(D)",
      because: "a log-likelihood is a sum over data; their mean is the sum divided by N",
      claims: ["A-229"]
    ) { form, problem in
      .equal(
        form.logLikelihood(
          logWeights: problem.logWeights, problem.logLikelihoods + problem.logLikelihoods),
        2 * problem.directLogEvidence.reduce(0, +), terms: 256, magnitude: 100)
    }
  }

  static var farTail: Line<any MixtureEvidenceForm, MixtureProblem> {
    Line(
      "far-tail", "e^−2000 p(y|z) for p(y|z):  log p(y) goes down by 2000",
      because: "a common factor comes out of the sum before anything underflows"
    ) { form, problem in
      let found = problem.logLikelihoods.map { row in
        form.logEvidence(
          logWeights: problem.logWeights, logLikelihoods: row.map { $0 - 2000 })
      }
      return .equal(found, problem.directLogEvidence.map { $0 - 2000 }, magnitude: 2000)
    }
  }

  static var impossible: Line<any MixtureEvidenceForm, MixtureProblem> {
    Line(
      "impossible-observation", "p(y|z) = 0 for all z:  e^{log p(y)} + 1 = 1",
      because: "an empty sum of probabilities is 0 and its log −∞, not NaN"
    ) { form, problem in
      let found = form.logEvidence(
        logWeights: problem.logWeights,
        logLikelihoods: problem.logWeights.map { _ in -.infinity })
      return .equal(exp(found) + 1, 1)
    }
  }
}
