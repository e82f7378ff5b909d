public import LessonKit

/// Variational autoencoders: gradients along the path of a draw, bounds with K draws, digits.
public let lesson = Lesson(
  id: "06-vae", title: "Variational autoencoders, with one latent number and with two",
  summary: "reparameterisation and where it wins, frozen draws, K-sample bounds, digits",
  frame: Frame(
    needs: [
      "the ELBO and its form with KL(q‖p(z)), from lesson 00",
      "the score-function gradient, from lesson 04",
      "the chain rule; the Gaussian distribution",
    ],
    gives: [
      "write a draw as a function of noise, and differentiate the bound through it",
      "say which of four gradients has the smallest variance, and where",
      "find the usual mistakes in the closed-form divergence",
      "explain why draws have to be renewed at every step",
      "train a small autoencoder and look at its latent square",
      "say what a code loses through its family, its encoder and another weight β",
    ], minutes: 45, minutesAside: 20),
  sections: [
    Section(
      "hook", "Fourteen times worse",
      introduces: [
        Symbol("x", "what was observed"),
        Symbol("z", "the latent number, z ~ N(0, 1) under the prior p(z)"),
        Symbol("q(z)", "the code of x: a Gaussian, N(m, σ²)"),
        Symbol("m, s, σ", "mean of q, logarithm of its standard deviation, and σ = e^s"),
        Symbol("f(z)", "log p(x, z) − log q(z), whose mean under q is the ELBO"),
      ],
      .prose(Prose.opening),
      .table(gradientTable),
      .prose(Prose.afterTheGradients)),
    Section(
      "path", "A draw as a function of noise",
      introduces: [
        Symbol("ε", "noise, ε ~ N(0, 1); ε_j is draw j of S"),
        Symbol("S", "the number of draws"),
        Symbol("F", "the sampled bound, the mean of f over draws"),
        Symbol("g(z)", "the slope of log p(x, z) by z"),
        Symbol("a, v", "a line: x|z ~ N(a z, v)"),
        Symbol("Λ", "the precision of the posterior of that line, 1 + a²/v"),
      ],
      .prose(Prose.path),
      .code("reparameterisation"),
      .prose(Prose.total),
      .exercise(PathExercise.exercise),
      .prose(Prose.afterThePath),
      .picture(crossingPicture),
      .prose(Prose.afterTheCrossing)),
    Section(
      "model", "The bound on a line",
      .prose(Prose.model),
      .derivation(ModelDerivation.derivation),
      .prose(Prose.afterTheModel)),
    Section(
      "landing", "Sticking the landing",
      .prose(Prose.landing),
      .exercise(LandingExercise.exercise),
      .prose(Prose.away),
      .table(landingTable),
      .prose(Prose.afterTheLanding),
      .experiment("landing")),
    Section(
      "divergence", "The closed-form divergence",
      introduces: [
        Symbol("m_i, s_i, σ_i", "the same numbers of latent i"),
        Symbol("q_0", "the code with the deviations of q and all means at 0"),
        Symbol("h(z)", "the slope of log p(x|z) by z"),
      ],
      .prose(Prose.divergence),
      .exercise(DivergenceExercise.exercise),
      .derivation(GradientsDerivation.derivation)),
    Section(
      "losses", "What a code loses",
      introduces: [
        Symbol("q′(z)", "the best code of the family of q, for this x alone"),
        Symbol("a_1, a_2", "the line of two latents: x|z ~ N(a_1 z_1 + a_2 z_2, v)"),
        Symbol("J", "the precision of the posterior of that line, a matrix"),
        Symbol("m′", "the mean of q′; m is that of q"),
        Symbol("t, T", "a datum, and the number of data"),
        Symbol("q_t(z), q̄(z)", "the code of datum t, and the mean of all codes"),
        Symbol("q(t|z)", "which datum it was, if z is known"),
      ],
      .prose(Prose.losses),
      .derivation(GapsDerivation.derivation),
      .prose(Prose.surgery),
      .derivation(SurgeryDerivation.derivation),
      .prose(Prose.afterTheSurgery)),
    Section(
      "beta", "Another weight",
      introduces: [
        Symbol("β", "a weight of KL(q‖p(z))"),
        Symbol("ELBO(β v)", "the ELBO of the same code if the noise has the variance β v"),
      ],
      .prose(Prose.beta),
      .derivation(BetaDerivation.derivation),
      .prose(Prose.afterBeta)),
    Section(
      "frozen", "Draws must be renewed",
      introduces: [
        Symbol("s′, σ′", "another width; F_j is the sampled bound of draw j alone")
      ],
      .prose(Prose.frozen),
      .derivation(FrozenDerivation.derivation),
      .prose(Prose.frozenPicture),
      .picture(frozenPicture)),
    Section(
      "weighted", "K draws",
      introduces: [
        Symbol("K", "the number of draws whose weights are averaged in the logarithm"),
        Symbol("L̂, w̄_k", "that logarithm, and the share of draw k in the sum of the weights"),
        Symbol("ĝ", "another gradient of the same bound, with the squares of the shares"),
      ],
      .prose(Prose.weighted),
      .derivation(WeightedDerivation.derivation),
      .prose(Prose.weightedMeaning),
      .prose(Prose.signal),
      .table(weightedTable),
      .prose(Prose.afterTheWeights)),
    Section(
      "others", "Optional: other distributions, labels and steps",
      introduces: [
        Symbol("P(…)", "a probability"),
        Symbol("Z, λ", "an exponential random number and its rate"),
        Symbol("u", "uniform noise, between 0 and 1"),
        Symbol("c, b_1, b_2", "a Kumaraswamy number between 0 and 1, and its two shapes"),
        Symbol("A", "a triangular matrix"),
        Symbol("y", "a label, one of a few"),
        Symbol("z_1, z_2", "the latents of two steps"),
        Symbol("i, j", "numbers of latents or noises"),
      ],
      .prose(Prose.others),
      .derivation(OthersDerivation.derivation)),
    Section(
      "steps", "Optional: two steps, and two layers",
      introduces: [
        Symbol("γ_1, γ_2", "how much of what is left of x each step reads"),
        Symbol("ρ", "how closely the lower layer follows the top"),
        Symbol("N(x; …)", "the density of a normal distribution at x"),
      ],
      .prose(Prose.sequence),
      .derivation(SequenceDerivation.derivation),
      .prose(Prose.climb),
      .table(stepsTable),
      .prose(Prose.afterTheSequence),
      .derivation(HierarchyDerivation.derivation),
      .prose(Prose.afterTheHierarchy)),
    Section(
      "components", "Optional: several numbers, in closed form",
      introduces: [
        Symbol("W", "a plane: x|z ~ N(W z, v I), with three numbers in x and two in z"),
        Symbol("I", "the identity matrix"),
        Symbol("Γ", "the second moments of the data, E[x xᵀ]"),
        Symbol("d_k, κ_k", "a direction and the variance along it: eigenvector, eigenvalue of Γ"),
        Symbol("B", "the decoder of an autoencoder without noise, whose encoder is A"),
      ],
      .prose(Prose.components),
      .derivation(ComponentsDerivation.derivation),
      .prose(Prose.afterTheComponents)),
    Section(
      "conditions", "Optional: true, if",
      introduces: [
        Symbol("x̂", "what is decoded from z"),
        Symbol("r", "a residual, x − x̂"),
        Symbol("H(q)", "the entropy of q"),
      ],
      .prose(Prose.conditions),
      .derivation(ConditionsDerivation.derivation)),
    Section(
      "digits", "Handwritten digits",
      introduces: [
        Symbol("x_i", "pixel i of an image, 0 or 1; F_1, F_2 are the bounds of two images"),
        Symbol("p_i, l_i", "the probability of ink of pixel i, and its log odds"),
        Symbol("l′_i", "the slope of l_i by z"),
      ],
      .prose(Prose.digits),
      .code("image-bound"),
      .derivation(ImageDerivation.derivation),
      .prose(Prose.digitsRun),
      .computed(digitsPages),
      .prose(Prose.afterTheDigits)),
    Section(
      "summary", "What to remember",
      .prose(Prose.remember)),
  ],
  practice: practice, errata: errata, reading: reading, experiments: [landingExperiment],
  trainings: [digitsCourse], numbers: numbers, listings: listings)
