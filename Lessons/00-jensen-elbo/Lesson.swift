public import LessonKit

/// Jensen's inequality and the evidence lower bound.
public let lesson = Lesson(
  id: "00-jensen-elbo",
  title: "Jensen's inequality and the bound",
  summary: "the ELBO, its three forms, and EM as the tight bound",
  frame: Frame(
    needs: [
      "probabilities of a few states, means, Bayes' rule; a matrix times a vector",
      "the logarithm and its slope; one derivative set to zero",
      "for the end of section 6 and for the asides: the Gaussian, and in section 9 the Poisson distribution",
    ],
    gives: [
      "derive the ELBO from log p(x) in two lines, and say where something is lost",
      "write it in three forms, and choose the one that your model can compute",
      "say why EM never lowers the likelihood, and test code that claims to do EM",
      "find a wrong sign in a bound by evaluating it where the answer is known",
    ],
    minutes: 35, minutesAside: 15),
  sections: sections,
  practice: practice,
  errata: errata,
  reading: [
    ("Neal and Hinton 1998", "F as one function of q and θ; EM with partial steps"),
    ("Jordan, Ghahramani, Jaakkola, Saul 1999", "bounds from convexity, with many more models"),
    ("Blei, Kucukelbir, McAuliffe 2017", "the review to read next"),
    ("Dempster, Laird, Rubin 1977", "EM under that name for the first time"),
  ],
  experiments: [boundExperiment, climbExperiment], numbers: numbers, listings: listings)

private let sections: [Section] = [
  Section(
    "hook", "A lower bound that lies above",
    introduces: [
      Symbol("x", "what was observed"),
      Symbol("z", "what was not observed, the latent: here one of a few states"),
      Symbol("p(z)", "the prior: how probable z is before x is seen"),
      Symbol("p(x|z)", "the likelihood: how probable x is if z is true"),
      Symbol(
        "log p(x)", "the natural logarithm of the evidence p(x), which is the probability of x"),
      Symbol(
        "q(z)",
        "a distribution over z that we choose; a state with q(z) = 0 adds nothing to any mean"),
      Symbol("E_q[…]", "the mean of … when z is drawn from q: Σ_z q(z) …"),
      Symbol(
        "KL(q‖p)",
        "the divergence of q from p: Σ_z q(z) log (q(z)/p(z)), a mean under the first of the two; "
          + "never negative, and zero if q = p"),
    ],
    .prose(Prose.opening),
    .given { _ in try twoStates().givens },
    .table(signsTable),
    .prose(Prose.afterTheSigns)),
  Section(
    "words", "Joint, evidence, posterior",
    introduces: [
      Symbol("p(x, z)", "the joint: how probable z and x are together"),
      Symbol("p(x)", "the evidence: how probable x is, whatever z is"),
      Symbol("p(z|x)", "the posterior: how probable z is once x is seen"),
    ],
    .prose(Prose.words),
    .exercise(BayesExercise.exercise),
    .prose(Prose.afterBayes)),
  Section(
    "jensen", "Jensen's inequality",
    introduces: [
      Symbol("w_i", "the weight, or probability, of the i-th value"),
      Symbol("X_i", "the i-th value of a random number X"),
      Symbol("E[X]", "its mean"),
      Symbol("w′", "the weights after each was multiplied by its value and all were normalised"),
    ],
    .prose(Prose.jensenIdea),
    .picture(chordPicture),
    .prose(Prose.jensenNext),
    .exercise(JensenExercise.exercise),
    .prose(Prose.jensenUse)),
  Section(
    "bound", "The bound",
    introduces: [Symbol("ELBO(q)", "the evidence lower bound: E_q[log p(x, z) − log q(z)]")],
    .prose(Prose.boundIdea),
    .exercise(BoundExercise.exercise),
    .prose(Prose.boundMeaning),
    .prose(Prose.boundZeros),
    .picture(stackPicture),
    .prose(Prose.boundWhy),
    .experiment("bound")),
  Section(
    "forms", "Three forms, one number",
    introduces: [
      Symbol("D", "the number of bits of z"),
      Symbol("p_d", "the probability that bit d of z is on, under the prior"),
      Symbol("b_d", "the same under q"),
      Symbol("W, bias", "the weights of the words: a row of W and a bias for each word"),
      Symbol("H(q)", "the entropy of q: −E_q[log q(z)]"),
      Symbol(
        "H(b_d), KL(b_d‖p_d)",
        "the same of bit d alone: b_d and p_d stand for (b_d, 1 − b_d) and (p_d, 1 − p_d)"),
    ],
    .prose(Prose.formsIdea),
    .exercise(ThreeFormsExercise.exercise),
    .prose(Prose.formsMeaning)),
  Section(
    "em", "EM: the bound kept tight",
    introduces: [
      Symbol("θ", "the parameters of the model: here all π_k and p_kd"),
      Symbol("π_k", "the probability of component k"),
      Symbol("p_kd", "the probability that bit d is on in component k"),
      Symbol("x_n", "datum n, here a pair of bits x_nd"),
      Symbol("F(q, θ)", "the bound as a function of both: E_q[log p(x, z|θ) − log q(z)]"),
      Symbol("q_nk", "any weights of the components for datum n; Σ_k q_nk = 1"),
      Symbol(
        "r_nk",
        "the posterior at θ: how probably datum n came from component k, also called the "
          + "responsibility of k for n"),
      Symbol("N", "the number of data"),
      Symbol("N_k", "Σ_n q_nk: how many of them component k is given"),
      Symbol(
        "θ′(q)", "the parameters that an M-step makes of the weights q; its parts: π′_k, p′_kd"),
      Symbol("r′_n", "the posterior of datum n at θ′(r)"),
    ],
    .prose(Prose.emIdea),
    .exercise(ExpectationMaximisationExercise.exercise),
    .prose(Prose.emMeaning),
    .prose(Prose.emPicture),
    .picture(climbPicture),
    .experiment("climb"),
    .prose(Prose.emExactly),
    .table(sevenSweepsTable),
    .prose(Prose.endOfTheMainLine)),
  Section(
    "one-draw", "Aside: one draw is right on average",
    introduces: [Symbol("R", "the ratio p(x, z)/q(z) at a draw z of q")],
    .prose(Prose.oneDraw),
    .table(oneDrawTable),
    .prose(Prose.oneDrawMeaning),
    .exercise(OneSampleExercise.exercise),
    .prose(Prose.twoDraws)),
  Section(
    "gaussians", "Aside: EM with Gaussians",
    introduces: [
      Symbol("mean_k, var_k", "the mean and variance of component k"),
      Symbol("g_k, g′_k", "the Gaussian of component k before and after the M-step"),
    ],
    .prose(Prose.gaussianIdea),
    .exercise(GaussianMStepExercise.exercise),
    .prose(Prose.gaussianMeaning)),
  Section(
    "family", "Aside: when the posterior is not in the family",
    introduces: [
      Symbol("N(m, v)", "the Gaussian with mean m and variance v"),
      Symbol("y, c", "a count, y ~ Poisson(e^(z + c)), and the shift of its log-rate"),
      Symbol("a, s", "an observation through a line, x ~ N(a z, s)"),
      Symbol("λ", "the mean rate under q, e^(m + c + v/2)"),
      Symbol("m*, v*", "the mean and variance of the Gaussian with the highest ELBO"),
      Symbol("λ*", "the mean rate under that Gaussian"),
    ],
    .prose(Prose.familyIdea),
    .exercise(GaussianFamilyExercise.exercise),
    .prose(Prose.familyMeaning),
    .prose(Prose.familyCandidates),
    .table(gaussiansTable),
    .prose(Prose.familyPicture),
    .picture(posteriorPicture)),
  Section(
    "summary", "What to remember",
    .prose(Prose.closing)),
]
