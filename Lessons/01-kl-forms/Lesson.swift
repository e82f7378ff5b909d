public import LessonKit

/// The Kullback–Leibler divergence: one expectation, many forms.
public let lesson = Lesson(
  id: "01-kl-forms",
  title: "One divergence, many forms",
  summary: "KL as an expectation, closed forms, forward and reverse, the ELBO's gap",
  frame: Frame(
    needs: [
      "lesson 00, sections 1 to 5: q, E_q[…], ELBO(q) with its gap KL(q‖p(z|x)), and its prior form",
      "Gaussians in the plane: a mean, a covariance matrix, its inverse and determinant",
      "the Poisson distribution; for one line, the gamma distribution; the slope of a logarithm",
    ],
    gives: [
      "prove in three lines that a divergence is never negative",
      "write the divergence of two Gaussians, of two Poissons and of independent bits, and test it",
      "say which of KL(q‖p) and KL(p‖q) an algorithm minimises, and what its answer looks like",
      "say what a weight on the divergence does, and when the objective is still a bound",
    ],
    minutes: 40, minutesAside: 5),
  sections: sections,
  practice: practice,
  errata: errata,
  reading: [
    ("Kullback and Leibler 1951", "where the divergence comes from"),
    ("Bishop 2006", "chapter 10: pictures of both directions, for Gaussians"),
    ("Higgins and others 2017", "the weight β, and what it was meant for"),
    ("Hoffman and Johnson 2016", "what an encoder's divergence is made of"),
  ],
  experiments: [directionsExperiment, penaltyExperiment], numbers: numbers, listings: listings)

private let sections: [Section] = [
  Section(
    "hook", "Four slips that run",
    introduces: [
      Symbol("p", "the distribution that q is compared with: a prior, a posterior, or any other"),
      Symbol("N(μ, C)", "the Gaussian, or normal distribution, with mean μ and covariance C"),
      Symbol("|C|", "the determinant of C"),
      Symbol("δ", "the difference of the means, μ_q − μ_p"),
      Symbol("tr", "the trace of a matrix, the sum of its diagonal"),
      Symbol("d", "the dimension of z"),
    ],
    .prose(Prose.opening),
    .given { _ in try GaussianPair.lecture().givens },
    .prose(Prose.slips),
    .table(slipsTable),
    .prose(Prose.afterTheSlips)),
  Section(
    "definition", "An average of a log-ratio",
    .prose(Prose.definition),
    .table(termsTable),
    .prose(Prose.beforeTheChain),
    .exercise(DivergenceExercise.exercise),
    .prose(Prose.twoMeans),
    .prose(Prose.beforeTheTwoDirections),
    .picture(twoDirectionsPicture)),
  Section(
    "normal", "Two Gaussians",
    introduces: [
      Symbol("D_p(z)", "(z − μ_p)ᵀC_p⁻¹(z − μ_p), how far z is from μ_p, squared, in units of C_p"),
      Symbol("I", "the matrix with ones on its diagonal and zeros elsewhere"),
      Symbol("m, v", "mean and variance of a Gaussian on the line"),
    ],
    .prose(Prose.normal),
    .exercise(GaussianDivergenceExercise.exercise),
    .prose(Prose.half),
    .prose(Prose.beforeTheHalfTable),
    .table(halfTable),
    .prose(Prose.afterTheHalf)),
  Section(
    "families", "Curves and tangents",
    introduces: [
      Symbol("y", "a count: 0, 1, 2, …"),
      Symbol("λ", "the rate of a Poisson or gamma distribution"),
      Symbol("η", "the natural parameter of an exponential family"),
      Symbol(
        "A(η)",
        "its log-partition: the log of what one divides by so that the distribution adds up to one"),
      Symbol("t(z)", "what η multiplies in log q(z)"),
      Symbol("α", "the shape of a gamma distribution"),
      Symbol("ψ", "the digamma function, the slope of the log of the gamma function"),
    ],
    .prose(Prose.poisson),
    .derivation(ClosedFormsDerivation.derivation),
    .prose(Prose.families),
    .prose(Prose.beforeTheTangent),
    .picture(tangentPicture),
    .prose(Prose.echo)),
  Section(
    "bits", "Independent bits",
    introduces: [
      Symbol("D", "the number of bits of z, as in lesson 00"),
      Symbol("z_i", "bit i of z, 0 or 1"),
      Symbol("b_i", "the probability that bit i is on, under q (b_d in lesson 00)"),
      Symbol("a_i", "the same under p (p_d in lesson 00, which was about the prior)"),
      Symbol("q_i, p_i", "the distributions of bit i alone: (b_i, 1 − b_i) and (a_i, 1 − a_i)"),
    ],
    .prose(Prose.bits),
    .exercise(FactorisedDivergenceExercise.exercise),
    .prose(Prose.afterTheBits)),
  Section(
    "directions", "Which way round",
    introduces: [
      Symbol("p(y)", "the count as two experts see it: a mixture of two Poisson distributions"),
      Symbol("Poisson(λ)", "the Poisson distribution: y has probability e^(−λ) λ^y / y!"),
      Symbol("Var_p[y]", "the variance of y under p"),
      Symbol("NegBin(m, v)", "the negative binomial distribution with mean m and variance v"),
    ],
    .prose(Prose.experts),
    .picture(bothFitsPicture),
    .prose(Prose.directions),
    .derivation(DirectionsDerivation.derivation),
    .prose(Prose.remains),
    .prose(Prose.beforeTheFits),
    .table(twoFitsTable),
    .prose(Prose.close),
    .experiment("directions")),
  Section(
    "weight", "A weight on the divergence",
    introduces: [
      Symbol("β", "the weight of KL(q‖p(z)) in the objective"),
      Symbol("Z_β", "Σ_z p(z) p(x|z)^(1/β)"),
      Symbol("q_β(z)", "p(z) p(x|z)^(1/β) / Z_β"),
    ],
    .prose(Prose.weight),
    .derivation(PenaltyDerivation.derivation),
    .prose(Prose.belowOne),
    .prose(Prose.beforeTheWeights),
    .picture(weightPicture),
    .prose(Prose.bestForFive),
    .table(penaltyTable),
    .experiment("penalty")),
  Section(
    "families-of-q", "Aside: other families, and an encoder",
    introduces: [
      Symbol("Laplace(m, s)", "the distribution with density e^(−|z − m|/s) / 2s"),
      Symbol("w(x)", "how often the input x comes"),
      Symbol("q(z|x)", "the q that an encoder gives for the input x"),
      Symbol("E_x", "the mean over inputs"),
      Symbol("Q(z)", "the mixture of all of them: Σ_x w(x) q(z|x)"),
      Symbol(
        "I_q(x; z)",
        "E_x KL(q(z|x)‖Q(z)), the mutual information of x and z: how much z tells about x"),
    ],
    .prose(Prose.anyFamily),
    .derivation(AnyFamilyDerivation.derivation),
    .prose(Prose.encoder)),
  Section(
    "summary", "To remember",
    .prose(Prose.closing)),
]
