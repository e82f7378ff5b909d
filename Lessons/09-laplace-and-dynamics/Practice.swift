import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [
    .init(
      "Your Laplace approximation reports a log-evidence above the true one. Is that a bug?",
      answer:
        "No. It is the integral of a parabola, and no bound: where the true log joint falls faster than the parabola, the "
        + "parabola has too much mass."),
    .init(
      "A library inverts the Hessian of −log p(y, z). Another that of log p(y, z), and changes the sign afterwards. Which is "
        + "right?",
      answer:
        "Both: (−H)⁻¹ = −(H⁻¹). Wrong is to forget the sign, and a negative variance shows it."),
    .init(
      "Two programs smooth the same counts and give rates that differ by a tenth everywhere. One prints e^ẑ, one E[e^z]. Who "
        + "is right?",
      answer:
        "Both answer, to two questions. E[e^z] of a Gaussian is e^(m + v/2), larger by half a variance. For a rate the mean is "
        + "what is usually asked for."),
  ],
  suggestions: [
    .init(
      "Widen the prior of one bit, and watch Laplace's evidence pass through the right value while q gets worse.",
      call: "lessons try 09/width"),
    .init(
      "Start the sweeps of the switching walk elsewhere: find where the good end begins.",
      call: "lessons try 09/start"),
  ],
  homework: "poisson-chain")

/// Where to read on.
let reading: [Lesson.Reading] = [
  ("MacKay 2003", "Laplace's method, chapter 27"),
  ("Opper and Archambeau 2009", "the best Gaussian and its fixed point, sections 2 and 3"),
  ("Challis and Barber 2013", "why its bound is concave, section 3"),
  ("Paninski and others 2010", "a mode along a chain in linear time, sections 2 and 3"),
  ("Macke and others 2011", "Poisson counts of many neurons, fitted this way, section 2"),
  (
    "Ghahramani and Hinton 2000",
    "q(z) q(r) for switching chains, sections 3 and 4"
  ),
  ("Gao, Archer, Paninski, Cunningham 2016", "linear dynamics seen through a network"),
  ("Sussillo, Jozefowicz, Abbott, Pandarinath 2016", "a sequence as a start of a network"),
]
