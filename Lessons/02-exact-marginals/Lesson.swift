public import LessonKit

/// Exact marginals: sums over what was not seen.
public let lesson = Lesson(
  id: "02-exact-marginals",
  title: "Sums over what was not seen",
  summary: "mixtures, factors, sequences, grammars, trees: evidence, posterior and gradient",
  frame: Frame(
    needs: [
      "joint, evidence and posterior, as in lesson 00",
      "the Poisson distribution, its mean and its variance",
      "the derivative of a logarithm; matrices, and a determinant of two by two; the softmax",
    ],
    gives: [
      "compute log p(x) of a mixture without underflow, and its posterior",
      "count the terms of a sum over latents, and say which can be put together",
      "derive the forward and the inside recursion from a sum over paths and trees",
      "get a posterior as the derivative of log p(x)",
    ],
    minutes: 45, minutesAside: 25),
  sections: sections,
  practice: practice,
  errata: errata,
  reading: [
    ("Rabiner 1989", "the forward recursion, with its scaling"),
    ("Baker 1979", "the inside recursion"),
    ("Tutte 1948", "the determinant of a directed graph, and why cycles cancel"),
    ("Koo, Globerson, Carreras, Collins 2007", "the same for dependency trees, and a single root"),
    ("Eisner 2016", "the backward recursion is the derivative of the forward one"),
  ],
  experiments: [claimsExperiment, totalsExperiment], numbers: numbers, listings: listings)

private let sections: [Section] = mixtureSections + structureSections + optionalSections
