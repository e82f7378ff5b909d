public import LessonKit

/// Planning in latent space: control with a model, exact beside approximate, and learned from pictures.
public let lesson = Lesson(
  id: "13-control", title: "Planning in latent space",
  summary:
    "linear control exactly, model-predictive control beside it, and a model learned from pictures",
  frame: Frame(
    needs: [
      "expectation over every outcome, from lesson 04",
      "matrices, quadratic functions of several numbers, and least squares",
      "for section 8: principal components, as in lesson 06",
    ],
    gives: [
      "compute the best controls of a linear system backwards, and check them by least squares",
      "say what noise costs, and why it changes no control",
      "plan again at each step, and compute what a short horizon loses",
      "say when a plan of codes is a plan of states",
      "count what transitions are worth to a model and to a search",
    ], minutes: 40),
  sections: sections, practice: practice, reading: reading,
  experiments: [horizonExperiment, cameraExperiment], numbers: numbers, listings: listings)

private let sections: [Section] = [
  Section(
    "hook", "Four steps to the middle",
    introduces: [
      Symbol("x, x_t", "the state: a place and a speed; that of step t, from x_0 on"),
      Symbol("u, u_t", "the control: a force; all of them, and that of step t"),
      Symbol("A, B", "the dynamics: the next state is A x + B u"),
      Symbol("Q, R, F", "the costs of a state, of a control, and of the last state"),
      Symbol("T, H", "the number of steps, and how many of them a planner looks ahead"),
      Symbol("J", "the sum of all costs of a run"),
      Symbol("w, w_t, σ, g", "the pushes, that of step t; it is σ g or −σ g"),
    ],
    .prose(Prose.opening),
    .given { _ in
      let problem = try ControlProblem.example
      return problem.givens + problem.pushGivens
    },
    .prose(Prose.afterTheGivens),
    .table(horizonTable),
    .prose(Prose.afterTheTable)),
  Section(
    "riccati", "From the last step backwards",
    introduces: [
      Symbol("P_t, K_t", "the cost to go, xᵀ P_t x, and the gain of step t"),
      Symbol("u*, û", "the controls −K_t x_t, and those of least squares or of a plan"),
    ],
    .prose(Prose.riccati),
    .exercise(RiccatiExercise.exercise),
    .prose(Prose.afterRiccati),
    .prose(Prose.aRun),
    .picture(pathPicture),
    .prose(Prose.afterPaths)),
  Section(
    "certainty", "What noise costs",
    introduces: [
      Symbol("W", "the covariance of a push, σ² g gᵀ"),
      Symbol("S_t", "the cost to go of gains that need not be the best"),
    ],
    .prose(Prose.certainty),
    .derivation(CertaintyDerivation.derivation),
    .prose(Prose.afterCertainty)),
  Section(
    "receding", "Plan, play one, look, plan again",
    introduces: [
      Symbol("J_H, J_T, J_2", "the cost for one who plans H steps ahead, all steps, two"),
      Symbol("K", "a gain"),
    ],
    .prose(Prose.receding),
    .exercise(RecedingExercise.exercise),
    .prose(Prose.afterReceding),
    .prose(Prose.shortLooks),
    .picture(horizonPicture),
    .prose(Prose.afterHorizon),
    .experiment("horizon")),
  Section(
    "latent", "A plan of codes",
    introduces: [
      Symbol("z, S, S⁺", "a code S x, and the map back, S⁺ = (Sᵀ S)⁻¹ Sᵀ: S⁺ S x = x"),
      Symbol("Ã, B̃, Q̃, J̃, ũ", "dynamics, costs and controls in codes; R stays"),
      Symbol(
        "o, o*, v", "a picture, the one that is wanted, and how pictures change with the place"),
      Symbol("p, p_t", "a place, and that of step t"),
    ],
    .prose(Prose.latent),
    .derivation(LatentDerivation.derivation),
    .prose(Prose.afterLatent)),
  Section(
    "identification", "What must have been seen",
    introduces: [
      Symbol("X′, Y", "a column for each step that was seen: what followed, and (x, u)"),
      Symbol("A′, B′", "another system"),
      Symbol("n, m, N", "the numbers of a state and of a control; how many draws it takes"),
    ],
    .prose(Prose.identification),
    .derivation(IdentificationDerivation.derivation),
    .prose(Prose.afterIdentification)),
  Section(
    "search", "Without a model",
    introduces: [
      Symbol("δ, e, r", "a distance, a direction of gains, and a rate"),
      Symbol("d(δ)", "(J(K + δ e) − J(K − δ e))/(2 δ), by two runs"),
      Symbol("K_new, ∇J", "the next gain, and the slope of J in all numbers of a gain"),
      Symbol("V, L", "what rooms are worth, and how many there are"),
    ],
    .prose(Prose.search),
    .derivation(SearchDerivation.derivation),
    .prose(Prose.afterSearch)),
  Section(
    "camera", "Learned from pictures",
    .prose(Prose.camera),
    .given { _ in CameraRuns.givens },
    .prose(Prose.afterCameraGivens),
    .picture(modelGraph),
    .prose(Prose.afterGraph),
    .picture(stripPicture),
    .prose(Prose.afterStrip),
    .table(sampleTable),
    .prose(Prose.betweenTables),
    .table(searchTable),
    .prose(Prose.afterSamples),
    .picture(samplePicture),
    .prose(Prose.afterSamplePicture),
    .picture(codePicture),
    .prose(Prose.afterCode),
    .experiment("camera")),
  Section("summary", "What to remember", .prose(Prose.remember)),
]
