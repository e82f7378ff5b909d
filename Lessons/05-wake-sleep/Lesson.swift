public import LessonKit

/// The Helmholtz machine and wake-sleep: what each phase makes larger or smaller.
public let lesson = Lesson(
  id: "05-wake-sleep", title: "Wake, sleep, and which divergence falls",
  summary: "the Helmholtz machine: both phases against the exact gradients of both divergences",
  frame: Frame(
    needs: [
      "the ELBO and both divergences, from lessons 00 and 01",
      "explaining away, from lesson 02",
      "gradients of means and draws, from lesson 04",
    ],
    gives: [
      "write both phases of wake-sleep and say what each follows on average",
      "tell the sleep rule from a squared error, and add what is missing",
      "show a perfect model that does not rest, and say why",
      "weigh several recognitions and know what bias is left",
      "test a learning rule against exact gradients on a small machine",
    ], minutes: 40, minutesAside: 5),
  sections: [
    Section(
      "dreams", "A step that goes down",
      introduces: [
        Symbol("x, z", "observed and hidden bits; x_j and z_i are single units"),
        Symbol(
          "b, W, c",
          "biases of hidden units, weights (a row a hidden unit), biases of observed ones"),
        Symbol("R, r", "recognition weights (a row an observed unit) and biases"),
        Symbol("D(x)", "the distribution of the data; E_D averages over it"),
        Symbol("θ, φ", "all generative, all recognition parameters"),
        Symbol("Δθ, Δφ", "the steps of one pattern or one dream, for step size 1"),
      ],
      .prose(Prose.opening),
      .given { _ in try Hook.problem().givens },
      .prose(Prose.afterTheHook),
      .picture(sleepStepPicture),
      .prose(Prose.afterTheStep),
      .experiment("angle")),
    Section(
      "machine", "A machine that dreams and recognises",
      introduces: [
        Symbol("σ(a)", "the logistic sigmoid, the probability that a unit is on"),
        Symbol("j, i", "numbers of units"),
        Symbol("w(z)", "the weight p(x,z)/q(z|x) of a recognition"),
      ],
      .prose(Prose.machine),
      .picture(machineGraph),
      .prose(Prose.afterTheMachine),
      .derivation(BoundDerivation.derivation)),
    Section(
      "awake", "Awake",
      .prose(Prose.awake),
      .exercise(WakeExercise.exercise),
      .prose(Prose.afterAwake)),
    Section(
      "means", "Means for states",
      introduces: [
        Symbol("ẑ", "means that stand for states, σ(a)"),
        Symbol("F̂", "log p(x, ẑ) + H(ẑ), which looks like a bound"),
        Symbol("Δθ̂, Δb̂", "the wake step with ẑ in the place of z"),
        Symbol("H(ẑ)", "the entropy of independent bits with means ẑ"),
      ],
      .prose(Prose.meansForStates),
      .derivation(MeansDerivation.derivation),
      .prose(Prose.afterMeans),
      .table(meansTable)),
    Section(
      "asleep", "Asleep",
      introduces: [Symbol("f", "the mean that recognition puts out; f_j = σ(a_j) for a bit")],
      .prose(Prose.asleep),
      .exercise(SleepExercise.exercise),
      .prose(Prose.afterAsleep),
      .table(angleTable),
      .prose(Prose.afterAngles)),
    Section(
      "families", "Other families",
      introduces: [
        Symbol("s(z), s", "the statistics of an exponential family"),
        Symbol("η, A", "natural parameters and log-partition"),
        Symbol("m, v", "mean and variance of a Gaussian q"),
      ],
      .prose(Prose.families),
      .derivation(ExponentialFamilyDerivation.derivation)),
    Section(
      "perfect", "A perfect model that does not rest",
      .prose(Prose.perfect),
      .derivation(OptimumDerivation.derivation),
      .prose(Prose.afterPerfect),
      .picture(departurePicture),
      .prose(Prose.afterDeparture)),
    Section(
      "several", "Several recognitions",
      introduces: [
        Symbol("K, k", "the number of draws of z for one pattern"),
        Symbol("y", "a second setting of the hidden units"),
        Symbol("w̄", "weights that sum to one over the draws"),
        Symbol("q̄(z)", "the mean weight that a setting gets"),
        Symbol("L̂", "log of the mean of the K weights w"),
      ],
      .prose(Prose.several),
      .exercise(ReweightedExercise.exercise),
      .prose(Prose.shares),
      .prose(Prose.averages),
      .derivation(AveragesDerivation.derivation),
      .prose(Prose.afterSeveral),
      .given { _ in try MachineProblem.steepCauses().givens },
      .picture(biasBars),
      .experiment("draws")),
    Section(
      "learning", "Learning",
      introduces: [Symbol("θ′, φ′", "all parameters after a step on a batch")],
      .prose(Prose.learning),
      .code("training-step"),
      .derivation(StepDerivation.derivation),
      .computed(learningPages),
      .prose(Prose.plateau),
      .prose(Prose.shifter),
      .computed(shifterPages)),
    Section(
      "codes", "Optional: no q at all",
      introduces: [
        Symbol("ε", "a step size"),
        Symbol("T(z), t(x)", "features, and the code of their expected values"),
        Symbol("α, g, h", "weights of a reading; functions that the features span, and do not"),
      ],
      .prose(Prose.codes),
      .derivation(DistributedCodeDerivation.derivation),
      .prose(Prose.codesRead)),
    Section(
      "summary", "What to remember",
      .prose(Prose.remember)),
  ],
  practice: practice, errata: errata, reading: reading,
  experiments: [angleExperiment, drawsExperiment], trainings: trainings, numbers: numbers,
  listings: listings)
