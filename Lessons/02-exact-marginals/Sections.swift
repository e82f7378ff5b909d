import LessonKit
import Models

/// From a mixture to factors.
let mixtureSections: [Section] = [
  Section(
    "hook", "Counts of two kinds of days",
    introduces: [
      Symbol("y", "a count that was observed"),
      Symbol("Poisson(y; λ)", "the probability e^{−λ} λ^y / y! of a count with mean λ"),
    ],
    .prose(Prose.opening),
    .given { _ in
      [
        Given("p(z)", PoissonMixture.twoRates.weights),
        Given("rates", PoissonMixture.twoRates.rates),
      ]
    },
    .prose(Prose.beforeBars),
    .picture(twoRatesBesideOne),
    .prose(Prose.whatFollows)),
  Section(
    "mixtures", "One datum, K explanations",
    introduces: [
      Symbol("K", "the number of components, later of states"),
      Symbol("π_k, λ_k", "the weight of component k, and its rate"),
      Symbol("p(y|k)", "the likelihood p(y|z = k)"),
      Symbol("M", "the largest log p(z, y) of all z"),
      Symbol("y_s", "the count s of N counts"),
      Symbol("r_sk", "the posterior p(z = k|y_s)"),
      Symbol("softmax(φ)", "the weights e^{φ_k} / Σ_j e^{φ_j} that logits φ stand for"),
    ],
    .prose(Prose.evidence),
    .picture(mixturePlate),
    .prose(Prose.evidenceOnePage),
    .exercise(MixtureEvidenceExercise.exercise),
    .prose(Prose.responsibilities),
    .exercise(ResponsibilitiesExercise.exercise),
    .prose(Prose.responsibilitiesMeaning),
    .picture(claimsOnCounts),
    .experiment("claims")),
  Section(
    "factors", "Factors: 2^D terms, or fewer",
    introduces: [
      Symbol("D", "the number of switches z_1 … z_D"),
      Symbol("p_d", "the probability that switch d is on"),
      Symbol("bias_v", "the score of word v when all switches are off"),
      Symbol("W_d", "what switch d adds to the score of each word"),
      Symbol("x_i, n", "the i-th word of a document, and how many words it has"),
      Symbol("n_v", "how often word v is in it"),
      Symbol("Bern, Cat", "the probability of a switch, of a word, from their tables"),
      Symbol("E(z)", "the energy −log p(x, z); a distribution e^{−E(z)}/Σ is called Gibbs"),
      Symbol("w_d", "the weight of switch d in the log rate of a count"),
      Symbol("u, m_d", "a unit, and how many of them make w_d = u m_d"),
      Symbol("P(Σ_d m_d z_d = j)", "the probability that the total is j"),
    ],
    .prose(Prose.factors),
    .exercise(LatentFactorDocumentExercise.exercise),
    .prose(Prose.factorsMeaning),
    .prose(Prose.counting),
    .derivation(CountingTermsDerivation.derivation),
    .prose(Prose.countingNumbers),
    .experiment("totals")),
]
