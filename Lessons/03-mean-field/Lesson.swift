public import LessonKit

/// Factorised posteriors: coordinate ascent, amortisation, and what factorising loses.
public let lesson = Lesson(
  id: "03-mean-field",
  title: "Factorised posteriors, and what factorising loses",
  summary: "mean field by coordinate ascent, amortisation, and the correlations that are lost",
  frame: Frame(
    needs: [
      "the ELBO and its gap KL(q‖p(z|x)), from lesson 00",
      "the two directions of the divergence, from lesson 01",
      "sums over the states of a small network, from lesson 02",
    ],
    gives: [
      "derive the update of one factor, and write it for any model with finitely many states",
      "test such a program by its bound, which never falls",
      "say when a product of factors is sure of a wrong answer, and why",
      "say what a product loses: covariance, width, and in the end the means",
      "tell what an inference network must see, and why each datum needs a q of its own",
    ],
    minutes: 40, minutesAside: 10),
  sections: sections,
  practice: practice,
  errata: errata,
  reading: [
    (
      "Jordan, Ghahramani, Jaakkola, Saul 1999",
      "mean field for graphical models, the block approach"
    ),
    ("Bishop 2006", "section 10.1: the update of a factor, and both directions of the divergence"),
    ("Saul, Jaakkola, Jordan 1996", "mean field without conjugacy, for sigmoid networks"),
    ("Pearl 1988", "explaining away and Markov blankets"),
  ],
  experiments: [updatesExperiment, agreementExperiment], numbers: numbers, listings: listings)

private let sections: [Section] = [
  Section(
    "wet-grass", "Rain or sprinkler?",
    introduces: [
      Symbol("C, S, R, W", "cloudy, sprinkler on, rain, wet grass: 1 for yes, 0 for no"),
      Symbol("P(S=1|C)", "the probability of the sprinkler, for C = 0 and for C = 1"),
    ],
    .prose(Prose.hook),
    .picture(sprinklerGraph),
    .given { _ in Sprinkler.givens },
    .prose(Prose.question),
    .prose(Prose.asked),
    .table(sprinklerTable),
    .prose(Prose.reported)),
  Section(
    "zero", "One zero decides",
    introduces: [
      Symbol("ε", "P(W=1|S=0, R=0), the probability of grass that is wet for no reason"),
      Symbol("q(R=1)", "what the factor of rain says"),
    ],
    .prose(Prose.zero),
    .prose(Prose.unlikely),
    .table(unlikelyTable),
    .prose(Prose.guilt)),
  Section(
    "update", "The best factor while the others stand still",
    introduces: [
      Symbol("z_j", "one latent of several, whichever a section names; z is all of them"),
      Symbol("q_j(z_j)", "the factor of z_j: its distribution under q"),
      Symbol("E_{q_j}[…]", "the mean over z_j alone, z_j ~ q_j"),
      Symbol("E_{i≠j}[…]", "the mean over all latents but z_j: what is left depends on z_j"),
      Symbol("q̃_j", "the target of factor j"),
      Symbol("Z̃", "what the target is divided by: Σ over z_j of exp E_{i≠j}[log p(x, z)]"),
      Symbol("H(q_i)", "the entropy of a factor, −E[log q_i]"),
      Symbol("rest", "the other factors as they are"),
    ],
    .prose(Prose.idea),
    .exercise(CoordinateUpdateExercise.exercise),
    .prose(Prose.afterUpdate),
    .prose(Prose.ideaCode),
    .code("expected-log-joint"),
    .prose(Prose.conjugacy)),
  Section(
    "sweep", "Climbing, factor by factor",
    introduces: [
      Symbol("q⁰, q¹", "all factors before a sweep and after it"),
      Symbol("σ(t)", "1/(1 + e^−t), the probability with log-odds log σ/(1 − σ) = t"),
    ],
    .prose(Prose.sweepProse),
    .exercise(SweepExercise.exercise),
    .prose(Prose.sweepUse),
    .prose(Prose.parallel),
    .picture(ledgerPicture),
    .prose(Prose.choose),
    .picture(surfacePicture),
    .experiment("updates")),
  Section(
    "loss", "What a product cannot say",
    introduces: [
      Symbol("q₂(z₂|z₁)", "a factor for z₂ that depends on z₁"),
      Symbol("Cov", "the covariance of z₁ and z₂ given x"),
      Symbol("P₁₁", "the probability of z₁ = 1 and z₂ = 1 given x; P₁₀, P₀₁, P₀₀ likewise"),
      Symbol("f(z₁), g(z₂)", "two factors of a likelihood, each of which looks at one cause alone"),
      Symbol("p_1, p_2", "the marginals of the posterior p(z|x)"),
    ],
    .prose(Prose.losing),
    .derivation(WhatFactorisingLosesDerivation.derivation),
    .prose(Prose.coupling),
    .prose(Prose.shadows),
    .picture(shadowPicture)),
  Section(
    "width", "Too narrow, then too sure",
    introduces: [
      Symbol("Var(z₁)", "the variance of z₁ under the posterior"),
      Symbol("ρ", "the correlation of z₁ and z₂ under the posterior"),
      Symbol("Λ", "the inverse of their covariance matrix; Λ₁₁ is its first entry"),
      Symbol("Var(z₁|z₂)", "the variance of z₁ where z₂ is known"),
    ],
    .prose(Prose.widths),
    .derivation(NarrowMarginalsDerivation.derivation),
    .prose(Prose.narrowed),
    .prose(Prose.ellipse),
    .picture(ellipsePicture),
    .prose(Prose.widthNumbers),
    .table(correlationTable),
    .prose(Prose.otherDirection),
    .experiment("agreement")),
  Section(
    "days", "Optional: many days, one q or many",
    introduces: [
      Symbol("x_i", "one datum of several"),
      Symbol("d(x)", "how often x comes: the share of its days"),
      Symbol("E_x", "the mean over the data, Σ_x d(x) …"),
      Symbol("q_x", "a q for datum x alone"),
      Symbol("q*", "the best of those q(z) that are the same for all data"),
    ],
    .prose(Prose.amortised),
    .exercise(OneForAllExercise.exercise),
    .prose(Prose.amortising)),
  Section(
    "input", "Optional: what the network must see",
    introduces: [
      Symbol("a", "how much z₂ remembers of z₁"),
      Symbol("κ", "a/(4 − a²), how much x₂ corrects what x₁ said of z₁"),
    ],
    .prose(Prose.inputProse),
    .derivation(WhoseInputDerivation.derivation),
    .prose(Prose.inputNumbers)),
  Section(
    "summary", "To remember",
    .prose(Prose.remember)),
]
