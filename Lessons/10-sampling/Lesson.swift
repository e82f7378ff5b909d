public import LessonKit

/// Sampling: weights, chains, particle filters, learned proposals.
public let lesson = Lesson(
  id: "10-sampling", title: "Sampling and particle filters",
  summary: "weighted draws, Markov kernels as matrices, particle filters run over every outcome",
  frame: Frame(
    needs: [
      "the ELBO and Jensen's inequality, from lesson 00",
      "hidden Markov models and the forward recursion, from lesson 02",
      "mean and variance of an estimator, from lesson 04",
    ],
    gives: [
      "compute mean, variance and bias of importance sampling without drawing anything",
      "write Metropolis and Gibbs kernels and read off how fast they forget",
      "write a particle filter, and know which of its numbers are unbiased",
      "judge a proposal by its weights, and learn one",
      "derive the bound of the importance-weighted autoencoder",
    ], minutes: 35),
  sections: sections,
  practice: practice, reading: reading, experiments: [proposalExperiment, mixingExperiment],
  numbers: numbers, listings: listings)

private let sections: [Section] = [
  Section(
    "hook", "Right on average, wrong in every run",
    introduces: [
      Symbol("z_t, z′", "the state at step t; the state one step before"),
      Symbol("x_t", "what is seen at step t; x is all of it"),
      Symbol("q(z|z′)", "what the next state is drawn from, a row for each z′"),
      Symbol("N", "how many particles a filter has"),
      Symbol("Ẑ", "its estimate of p(x); Ẑ_t what it is after step t"),
      Symbol("f̂(z)", "its estimate of p(z|x) for the last state: a weighted histogram"),
    ],
    .prose(Prose.opening),
    .given { _ in try FilterProblem.example().givens },
    .prose(Prose.afterTheGivens),
    .table(filterTable),
    .prose(Prose.afterTheTable)),
  Section(
    "importance", "Weighted draws",
    introduces: [
      Symbol("w(z)", "the weight of a draw z of q, p(x, z)/q(z)"),
      Symbol("K", "how many draws of q"),
      Symbol("ŵ", "their mean weight"),
      Symbol(
        "h(z), ĥ", "something to average over p(z|x), and its estimate Σ_k w_k h(z_k)/Σ_k w_k"),
    ],
    .prose(Prose.importance),
    .exercise(ImportanceExercise.exercise),
    .prose(Prose.afterImportance),
    .picture(weightPicture),
    .prose(Prose.afterWeightPicture)),
  Section(
    "rejection", "Rejection",
    introduces: [Symbol("C", "a ceiling, at least as large as every p(x|z)")],
    .prose(Prose.rejection),
    .derivation(RejectionDerivation.derivation),
    .prose(Prose.afterRejection)),
  Section(
    "metropolis", "Accept or stay",
    introduces: [
      Symbol("g, π", "what can be computed, and the law that is g over its sum"),
      Symbol("Q_ij, A_ij", "the probabilities to propose j from i, and to accept it"),
      Symbol("T_ij", "the probability that a step leads from i to j"),
      Symbol("λ_2, λ_3", "the eigenvalues of T behind the first, which is 1"),
    ],
    .prose(Prose.metropolis),
    .exercise(MetropolisExercise.exercise),
    .prose(Prose.afterMetropolis)),
  Section(
    "gibbs", "One variable at a time",
    introduces: [
      Symbol("G(z→z′)", "the probability that a sweep leads from z to z′"),
      Symbol("ρ", "the correlation of the two bits"),
      Symbol("d_s", "the total variation from p after s sweeps from 00"),
    ],
    .prose(Prose.gibbs),
    .derivation(GibbsDerivation.derivation),
    .prose(Prose.afterGibbs),
    .picture(mixingPicture),
    .prose(Prose.afterMixing),
    .experiment("mixing")),
  Section(
    "filter", "Weigh, resample, multiply",
    introduces: [
      Symbol("w(z|z′)", "the weight of a move, p(z, x_t|z′)/q(z|z′)"),
      Symbol("c_i", "how many particles descend from particle i"),
      Symbol("w̄_i", "its normalised weight"),
      Symbol("x_(<t)", "what was seen before step t"),
    ],
    .prose(Prose.filter),
    .exercise(ParticleFilterExercise.exercise),
    .prose(Prose.afterFilter)),
  Section(
    "proposals", "Proposals that look ahead",
    .prose(Prose.proposals),
    .table(proposalTable),
    .prose(Prose.afterProposals),
    .picture(learningPicture),
    .experiment("proposal")),
  Section(
    "thousand", "A thousand particles",
    introduces: [
      Symbol("a, v, r", "slope and variance of a walk, and the variance of what is seen")
    ],
    .prose(Prose.thousand),
    .picture(walkPicture),
    .prose(Prose.afterWalk),
    .table(evidenceTable),
    .prose(Prose.afterEvidence)),
  Section(
    "rising", "A bound that rises",
    introduces: [Symbol("L_K", "E[log ŵ] with K draws of q")],
    .prose(Prose.rising),
    .derivation(RisingDerivation.derivation),
    .prose(Prose.afterRising),
    .picture(risingPicture),
    .prose(Prose.afterRisingPicture)),
  Section("summary", "What to remember", .prose(Prose.remember)),
]
