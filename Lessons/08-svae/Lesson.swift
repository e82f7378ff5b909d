public import LessonKit

/// The structured variational autoencoder: a graphical model with a network on top.
public let lesson = Lesson(
  id: "08-svae", title: "Structured autoencoders",
  summary:
    "conjugate priors under neural decoders, local inference by messages, and a term that gets lost",
  frame: Frame(
    needs: [
      "Gaussians by precision and by variance; the ELBO, from lesson 00",
      "conjugate priors and their natural parameters; coordinate ascent, from lesson 03",
      "the chain rule for functions of several numbers",
    ],
    gives: [
      "write local inference as the addition of potentials",
      "tell the surrogate that is maximised from the ELBO that is meant",
      "derive the natural gradient through the local optimum, and measure the term that gets lost",
      "say why a test with right potentials cannot see that term",
      "exchange the clusters for a chain and keep everything else",
    ], minutes: 40),
  sections: sections,
  practice: practice,
  reading: reading,
  experiments: [stepsExperiment, potentialExperiment],
  trainings: [pinwheelCourse, dotCourse],
  numbers: numbers, listings: listings)

private let sections: [Section] = [
  Section(
    "hook", "A rule that climbs while the ELBO falls",
    introduces: [
      Symbol("θ", "what all points share: weights π_k, means μ_k, variances σ_k²"),
      Symbol("z_n, x_n", "the cluster of point n, and its place on a line; neither is seen"),
      Symbol("y_n", "what is seen of it: y_n ~ N(w x_n + b, c), number by number"),
      Symbol("w, b, c", "slope, shift and variance of the decoder"),
      Symbol("ψ_n(x)", "what a recognition network says of x_n: h_n x − ½ J_n x²"),
      Symbol("h_n, J_n", "its linear part and its precision"),
      Symbol("q", "q(θ) Π_n q(x_n) q(z_n)"),
      Symbol("r_nk", "q(z_n = k)"),
      Symbol("α_k", "the Dirichlet counts of q(π)"),
      Symbol("l_k, κ_k", "q(μ_k) is N(l_k, σ_k²/κ_k)"),
      Symbol("ν_k, Λ_k", "q(σ_k²) is inverse Wishart with ν_k and Λ_k"),
      Symbol(
        "η, η₀",
        "natural parameters of q(θ) and p(θ): α_k − 1, κ_k l_k, κ_k, Λ_k + κ_k l_k², ν_k + 3"),
      Symbol("t̄", "expected statistics in the same order, Σ_n r_nk (1, E[x_n], 1, E[x_n²], 1)"),
    ],
    .prose(Prose.opening),
    .given { _ in try ClusterProblem.threePoints().givens },
    .prose(Prose.afterTheGivens),
    .table(stepsTable),
    .prose(Prose.afterTheSteps)),
  Section(
    "model", "A graphical model with a network on top",
    introduces: [
      Symbol("f(x)", "the mean of y as a function of x"),
      Symbol("K", "the number of clusters"),
      Symbol("π_k, μ_k, σ_k", "weight, mean and deviation of a cluster; here they are known"),
      Symbol("m, v", "mean and variance of a q(x)"),
      Symbol("ψ*", "the decoder's own potential: log p(y|x) but for a constant, where f is a line"),
    ],
    .prose(Prose.model),
    .picture(modelGraph),
    .prose(Prose.afterTheGraph),
    .derivation(WarpedDerivation.derivation),
    .prose(Prose.afterWarped),
    .picture(warpedPicture)),
  Section(
    "messages", "Local inference: add potentials",
    introduces: [
      Symbol("m_n, v_n", "mean and variance of q(x_n)")
    ],
    .prose(Prose.messages),
    .exercise(LocalInferenceExercise.exercise),
    .prose(Prose.afterMessages)),
  Section(
    "surrogate", "What local inference maximises",
    introduces: [
      Symbol("S", "the surrogate at its highest: E_q[log p(θ) p(z, x|θ) + Σ_n ψ_n(x_n) − log q]"),
      Symbol("Δ_n", "ψ*_n − ψ_n: what the decoder would say and the network does not"),
    ],
    .prose(Prose.surrogate),
    .exercise(SurrogateExercise.exercise),
    .prose(Prose.afterSurrogate)),
  Section(
    "gradient", "The gradient through the local optimum",
    introduces: [
      Symbol("e", "the expected statistics of q(θ), E_q[T(θ)]; e = ∇A(η)"),
      Symbol("F", "∂e/∂η, the Fisher information of q(θ)"),
      Symbol("∇_η, ∇_e", "slopes in η and in e, the local optimum following"),
      Symbol("ε", "how far all potentials have moved towards the decoder's: ψ_n + ε Δ_n"),
      Symbol("E_q[Δ]", "Σ_n E_q[Δ_n(x_n)]"),
    ],
    .prose(Prose.gradient),
    .exercise(NaturalGradientExercise.exercise),
    .prose(Prose.gradientMeaning),
    .prose(Prose.afterGradient),
    .picture(stepsPicture),
    .prose(Prose.afterPicture),
    .experiment("steps")),
  Section(
    "blind", "Where no test can see it",
    .prose(Prose.blind),
    .picture(sharePicture),
    .prose(Prose.afterBlind),
    .experiment("potential")),
  Section(
    "networks", "Decoders that are no lines",
    introduces: [
      Symbol("ℓ(x)", "log p(y|x)"),
      Symbol("h*, J*", "the potential that a curved decoder asks for at q(x)"),
      Symbol("E_ε", "the mean over a standard normal draw, which in this section is called ε"),
    ],
    .prose(Prose.networks),
    .derivation(ReparameterisedDerivation.derivation),
    .prose(Prose.afterNetworks),
    .code("training-step")),
  Section(
    "chain", "A chain in place of clusters",
    introduces: [
      Symbol("a, Q", "x_t = a x_(t−1) + noise of variance Q; they are θ now"),
      Symbol("x_t, x_s", "two states; in t̄ the one at step t and the one before it"),
      Symbol("Z", "the normaliser of q(x₀ … x_(T−1))"),
      Symbol("l, κ, ν, Λ", "the numbers of q(a, Q), as before with a for μ and Q for σ²"),
    ],
    .prose(Prose.chain),
    .exercise(ChainInferenceExercise.exercise),
    .prose(Prose.afterChain)),
  Section(
    "learning", "Learning: a pinwheel and a turning dot",
    .prose(Prose.learning),
    .computed(pinwheelCourse.page(after: 6)),
    .prose(Prose.dot),
    .computed(dotCourse.page(after: 6))),
  Section(
    "summary", "What to remember",
    .prose(Prose.remember)),
]
