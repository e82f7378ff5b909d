public import LessonKit

/// Dimensions: how many there are in a matrix, and a prior that does not fix their number.
public let lesson = Lesson(
  id: "12-dimensionality", title: "How many dimensions?",
  summary: "ranks chosen by held-out blocks and holes, with their exact laws; the Indian buffet",
  frame: Frame(
    needs: [
      "mean and variance of an estimator, from lesson 04",
      "principal components as a model, from lesson 06",
    ],
    gives: [
      "say why a number of dimensions belongs to a kind of description",
      "predict a block of a matrix from the three others",
      "hold out entries so that something can be said of them",
      "compute how likely a method takes the wrong rank, without drawing anything",
      "derive the law of the Indian buffet process from two rules",
    ], minutes: 40),
  sections: sections, practice: practice, reading: reading,
  experiments: [noiseExperiment, buffetExperiment], numbers: numbers, listings: listings)

private let sections: [Section] = [
  Section(
    "hook", "Nine numbers, one dimension",
    introduces: [
      Symbol("X, x_ij", "a matrix that is seen, and one entry of it"),
      Symbol("θ, θ_ij", "the same without noise"),
      Symbol("σ", "the noise: each entry is θ_ij + σ or θ_ij − σ, by a fair coin"),
      Symbol("k", "a rank: how many dimensions a description of X has"),
    ],
    .prose(Prose.opening),
    .given { _ in MatrixProblem.oneDimension.law },
    .prose(Prose.afterTheGivens),
    .table(lawTable),
    .prose(Prose.afterTheTable)),
  Section(
    "circle", "Lines and curves",
    introduces: [
      Symbol("x, x̂", "a point, and what its description gives back"),
      Symbol("x̄, r, t", "centre and radius of a circle, and the angle of a point"),
      Symbol("I", "the matrix with ones on its diagonal and zeros elsewhere"),
    ],
    .prose(Prose.circle),
    .derivation(CircleDerivation.derivation),
    .prose(Prose.afterCircle),
    .picture(circlePicture),
    .prose(Prose.afterCirclePicture)),
  Section(
    "training", "What the fit says",
    introduces: [
      Symbol("X_k", "the matrix of rank k that is nearest to X"),
      Symbol(
        "s_j, κ_j", "the singular values of X, the largest first; s_j² over the number of rows"),
      Symbol(
        "p_k(X), τ",
        "the likelihood of k latents, rows being draws of mean zero, and the noise variance that it assumes"
      ),
    ],
    .prose(Prose.training),
    .derivation(TrainingDerivation.derivation),
    .prose(Prose.afterTraining)),
  Section(
    "block", "A block from the three others",
    introduces: [
      Symbol(
        "A, B, C, D",
        "the block that is held out; what is left of its rows; of its columns; the rest"),
      Symbol("D_k⁺, M", "the pseudo-inverse of the k largest parts of D, and short for it"),
      Symbol("a, b, c", "A, B and C without noise"),
      Symbol("e_k, k*", "the summed squared error of rank k, and the rank that is taken"),
    ],
    .prose(Prose.block),
    .exercise(GabrielExercise.exercise),
    .prose(Prose.afterBlock),
    .experiment("noise"),
    .prose(Prose.wrongRank),
    .table(smallTable),
    .prose(Prose.afterWrongRank)),
  Section(
    "holes", "Holes",
    introduces: [
      Symbol("g_ij", "1 where x_ij is seen, 0 in a hole"),
      Symbol("u_i, v_j", "a number for each row and each column: x̂_ij = u_i v_j"),
      Symbol("L(u), w", "the squared error of what is seen, and any other column of numbers for u"),
      Symbol("f, e", "a fold, and the mean squared error over its holes"),
    ],
    .prose(Prose.holes),
    .exercise(SpeckledExercise.exercise),
    .prose(Prose.afterHoles),
    .prose(Prose.threeWays),
    .given { _ in [Given("X", MatrixProblem.oneDimension.seen)] },
    .picture(errorPicture),
    .prose(Prose.afterErrors),
    .picture(noisePicture),
    .prose(Prose.afterNoise)),
  Section(
    "buffet", "A prior that does not count",
    introduces: [
      Symbol("α, N", "dishes that a customer takes on average, and the number of customers"),
      Symbol(
        "Z, Z′",
        "who took what, a column a dish, columns in no order; the same with customers in another order"
      ),
      Symbol(
        "h, K_h, K",
        "a history, 10 if the first of two took a dish and the second not; how many dishes have it; how many there are"
      ),
      Symbol("m_h, λ_h", "how many customers a history has, and the mean of K_h"),
      Symbol("Poisson(K; λ)", "the probability e^(−λ) λ^K/K!"),
      Symbol("H_N", "1 + ½ + ⅓ + … + 1/N"),
    ],
    .prose(Prose.buffet),
    .exercise(BuffetExercise.exercise),
    .prose(Prose.afterBuffet),
    .prose(Prose.oneTable),
    .picture(buffetPicture),
    .prose(Prose.afterBuffetPicture)),
  Section(
    "limit", "Where it comes from",
    introduces: [
      Symbol("F, π", "a fixed number of features, and the probability of one of them"),
      Symbol("ε", "α/F"),
      Symbol(
        "P(10)", "the probability that the first of two things has a feature and the second has not"
      ),
    ],
    .prose(Prose.limit),
    .derivation(LimitDerivation.derivation),
    .prose(Prose.afterLimit),
    .picture(dishesPicture),
    .experiment("buffet")),
  Section("summary", "What to remember", .prose(Prose.remember)),
]
