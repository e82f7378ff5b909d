public import LessonKit

/// Laplace's approximation, the best Gaussian, and models that move in time.
public let lesson = Lesson(
  id: "09-laplace-and-dynamics", title: "Laplace and dynamics",
  summary: "a Gaussian at the mode, the best Gaussian, and models whose hidden state moves",
  frame: Frame(
    needs: [
      "the ELBO and what it is below, from lesson 00",
      "the two divergences, from lesson 01",
      "Kalman's filter and smoother, from lesson 02",
    ],
    gives: [
      "find a mode by Newton's steps, and read covariance and evidence off the curvature there",
      "find the Gaussian with the largest ELBO, and say what the two have to do with each other",
      "smooth a chain of counts with Kalman's own recursions",
    ] + switchingGives, minutes: 5),
  sections: openingSections + switchingSections + closingSections,
  practice: practice, errata: switchingErrata, reading: reading,
  experiments: switchingExperiments, trainings: switchingTrainings,
  numbers: numbers, listings: listings)

/// One mode, and the Gaussians that are put there.
private let openingSections: [Section] = [
  Section(
    "hook", "Right evidence, wrong posterior",
    .prose(Prose.opening))
]

/// All of it together.
private let closingSections: [Section] = [
  Section("summary", "What to remember", .prose(Prose.remember))
]
