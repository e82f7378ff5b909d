public import LessonKit

/// Message passing: exponential families, conjugacy, variational mixtures, stochastic steps.
public let lesson = Lesson(
  id: "07-message-passing", title: "Message passing in conjugate models",
  summary:
    "families as values, inference as addition, a mixture whose evidence is known, natural steps",
  frame: Frame(
    needs: [
      "the log-partition of a family and KL as its Bregman divergence, from lesson 01",
      "mixtures and EM, from lessons 00 and 02", "coordinate ascent, from lesson 03",
    ],
    gives: [
      "compute what a member of an exponential family expects, and make the member from it",
      "derive an update by adding what the neighbours tell",
      "read a ledger of the free energy and tell a bug from a symmetry",
      "take unbiased natural steps on mini-batches, and know what unbiased does not promise",
      "say what Gibbs sampling, EM and expectation propagation return in place of a bound",
    ], minutes: 45, minutesAside: 5),
  sections: [
    Section(
      "flat", "Is a flat bound a bug?",
      introduces: [
        Symbol("K, N", "the number of components, and of observations"),
        Symbol("π", "the weights of the components"),
        Symbol("α", "the counts of their Dirichlet prior"),
        Symbol("θ", "the parameter of p(x|θ); in a mixture θ_k = (μ_k, Σ_k), mean and covariance"),
        Symbol("m, κ, ν, Λ", "the numbers of their normal–inverse-Wishart prior"),
        Symbol("z_n", "which component x_n comes from"),
        Symbol("r_nk", "the responsibility q(z_n = k)"),
      ],
      .prose(Prose.opening),
      .given { _ in TwoGroups.example.givens },
      .prose(Prose.afterTheGroups),
      .picture(flatPicture),
      .prose(Prose.afterTheFlat),
      .picture(mixtureGraph)),
    Section(
      "families", "Families as values",
      introduces: [
        Symbol("η", "the natural parameters"),
        Symbol("t(x)", "the sufficient statistics"),
        Symbol("A(η)", "the log-partition, the logarithm of the normaliser"),
        Symbol("h(x)", "what does not depend on η"),
        Symbol("E_s, Cov_s", "mean and covariance under the member with (1 − s) η + s η′"),
        Symbol("det", "a determinant"),
      ],
      .prose(Prose.families),
      .given { _ in MeanMapExercise.exercise.givens.filter { !$0.isForFoldedLines } },
      .prose(Prose.familySlopes),
      .exercise(MeanMapExercise.exercise),
      .prose(Prose.afterFamilies)),
    Section(
      "conjugacy", "Inference is addition",
      introduces: [
        Symbol("T(θ)", "the statistics of the prior, with which the likelihood is linear"),
        Symbol("N_z", "how often each label occurs in z"),
        Symbol("y", "an observation of x, where x is not known"),
        Symbol("c, b, σ²", "slope, intercept and variance of y given x"),
      ],
      .prose(Prose.conjugacy),
      .derivation(ConjugacyDerivation.derivation),
      .prose(Prose.afterConjugacy)),
    Section(
      "mixture", "A mixture whose evidence is known",
      introduces: [
        Symbol("q̂, r̂", "the best factor while the others stay"),
        Symbol("term_j", "one of the seven terms of the bound"),
      ],
      .prose(Prose.mixture),
      .exercise(MixtureSweepExercise.exercise),
      .prose(Prose.conjugacyBuys),
      .prose(Prose.ledger),
      .table(ledgerTable),
      .prose(Prose.labels),
      .table(labelsTable),
      .experiment("groups")),
    Section(
      "messages", "What nodes tell each other",
      introduces: [
        Symbol(
          "m_{x→y}",
          "the message of a node to another: of a parent to its child the expected statistics, "
            + "of a child to its parent natural parameters to add"),
        Symbol("m_{f→x}", "what the factor f adds to the natural parameters of x"),
        Symbol("a, τ, u", "the slope of a chain, the precision of its steps and of what is seen"),
        Symbol(
          "Markov(x)",
          "the nodes of its Markov blanket, by their numbers: x_0 … x_3, then y_0 … y_3"),
        Symbol("η′, q′", "natural parameters, and what is believed, after half a step"),
        Symbol("gain_t", "what an update of x_t adds to the terms in which x_t stands"),
        Symbol("J, g_t", "precision matrix and shift of the joint normal distribution of all x_t"),
        Symbol("X, Y, C", "Y ~ N(0, 1), and X_i ~ N(Y + C_i, 1) with the two parents Y and C_i"),
      ],
      .prose(Prose.messages),
      .exercise(MessagesExercise.exercise),
      .prose(Prose.afterMessages),
      .prose(Prose.variances),
      .picture(variancePicture)),
    Section(
      "stochastic", "Natural steps on mini-batches",
      introduces: [
        Symbol(
          "λ, λ̂",
          "the natural parameters of all global factors, and those of a full update: α_k − 1 of every "
            + "k, then κ m, κ, Λ + κ m² and ν + 3 of each component"),
        Symbol("G", "the Fisher information of λ, G = ∇²A"),
        Symbol("ρ", "the size of a step"),
        Symbol("B, S", "a mini-batch, and how many data it has"),
      ],
      .prose(Prose.stochastic),
      .exercise(NaturalStepExercise.exercise),
      .prose(Prose.allTen),
      .picture(batchPicture),
      .prose(Prose.robbins)),
    Section(
      "other-ways", "Gibbs sampling, EM, expectation propagation",
      introduces: [
        Symbol(
          "M(z→z′)",
          "the probability that a sweep leads from z to z′; the z are listed as 000, 001, …, 111"),
        Symbol("π_EM", "the point at which EM for π ends"),
        Symbol("cavity", "the prior times all sites but one"),
        Symbol("Z", "the normaliser of the product of sites"),
        Symbol("D₁, D₂", "two parts of the data"),
        Symbol("η(D)", "the natural parameters of the posterior given D"),
      ],
      .prose(Prose.otherWays),
      .derivation(OtherWaysDerivation.derivation),
      .prose(Prose.sites),
      .prose(Prose.clutter),
      .table(clutterTable),
      .prose(Prose.afterClutter),
      .picture(clutterPicture)),
    Section(
      "topics", "Optional: topics of documents",
      introduces: [
        Symbol("w_dn, φ_k", "word n of document d; how likely each word is in topic k"),
        Symbol("β", "the counts of the Dirichlet prior of φ_k"),
      ],
      .prose(Prose.topics),
      .derivation(TopicsDerivation.derivation),
      .prose(Prose.bars),
      .picture(barsPicture),
      .prose(Prose.afterBars)),
    Section("summary", "What to remember", .prose(Prose.remember)),
  ],
  practice: practice, errata: errata, reading: reading, experiments: [groupsExperiment],
  numbers: numbers, listings: listings)
