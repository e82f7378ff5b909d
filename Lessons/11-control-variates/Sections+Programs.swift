import LessonKit

/// What is subtracted or replaced by a program: slopes, sums, couplings, and what is biased.
let programSections: [Section] = [
  Section(
    "taylor", "Slopes as control variates",
    introduces: [
      Symbol("∂_d f(p)", "the slope of f by its argument number d, at the point p"),
      Symbol("D", "how many bits there are"),
      Symbol("v_j, r_j, o_j", "the numbers of a small network, f(z) = Σ_j o_j tanh(v_j·z + r_j)"),
      Symbol("ζ", "a number above a bit: ζ = θ + Λ with logistic noise Λ, and z = 1 where ζ > 0"),
      Symbol("σ(x)", "the sigmoid 1/(1 + e^(−x))"),
      Symbol("y", "the softened bit σ(ζ/τ)"),
      Symbol("τ", "its temperature"),
      Symbol("ζ̃, ỹ", "a number above the bit that is drawn given the bit, and what it softens to"),
      Symbol("η", "the share of h that is subtracted"),
      Symbol("k(z, ζ̃)", "all that is drawn given z"),
    ],
    .prose(Prose.taylor),
    .derivation(TaylorDerivation.derivation),
    .prose(Prose.taylorMeaning),
    .prose(Prose.afterTaylor),
    .derivation(RelaxedControlDerivation.derivation),
    .prose(Prose.afterRelaxedControl),
    .picture(sharePicture),
    .prose(Prose.afterShare)),
  Section(
    "sums", "Sums in the place of draws",
    introduces: [
      Symbol("A, R", "the states that are summed, and the rest"),
      Symbol(
        "g_k", "the estimate of the slope by θ_k, for one of a few states: s_k(z) = [z = k] − q(k)"),
      Symbol("J", "how the first bit pulls the second, p(z_2 = 1|z_1) = σ(θ_2 + J z_1)"),
      Symbol("z′", "a second draw"),
    ],
    .prose(Prose.sums),
    .exercise(SumAndSampleExercise.exercise),
    .prose(Prose.sumAndSampleMeaning),
    .prose(Prose.afterSumAndSample),
    .table(summedTable),
    .prose(Prose.onePart),
    .derivation(SumsDerivation.derivation),
    .prose(Prose.afterSums)),
  Section(
    "couplings", "Two draws that belong together",
    introduces: [
      Symbol("ω_d", "how fast bit d jumps when θ_d moves"),
      Symbol("u_d", "the uniform number that bit d is made of"),
      Symbol("z̃", "the bits 1[u < p]; their mirror is 1[u > 1 − p]"),
      Symbol("g̃", "the same estimate with two independent draws"),
      Symbol("ε", "a step of a log odds"),
      Symbol("P(…)", "a probability"),
    ],
    .prose(Prose.couplings),
    .derivation(CouplingsDerivation.derivation),
    .prose(Prose.couplingsMeaning),
    .prose(Prose.afterCouplings),
    .picture(couplingPicture),
    .prose(Prose.afterCouplingPicture)),
  Section(
    "biased", "Estimators that are wrong on average",
    introduces: [
      Symbol("λ_d, κ_d, μ_d", "what stands before z_d, z_d² and z_d³ in f"),
      Symbol("χ", "what stands before z_1 z_2"),
      Symbol("f′", "the slope of a function of one number"),
    ],
    .prose(Prose.biased),
    .derivation(SlopesDerivation.derivation),
    .prose(Prose.slopesMeaning),
    .prose(Prose.afterSlopes),
    .picture(temperaturePicture),
    .prose(Prose.afterTemperature),
    .experiment("temperature")),
]

/// What a reader can move there.
let programExperiments: [Experiment] = [temperatureExperiment]
