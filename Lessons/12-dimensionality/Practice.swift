import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [
    .init(
      "A colleague standardises the columns of X, holds out a block and finds that three dimensions predict it best. What do you ask?",
      answer:
        "With which means and spreads the columns were standardised. If the block was in them, it was used before it was held out, and every "
        + "rank profits from that. Take them from B, C and D."),
    .init(
      "You hold out a tenth of the rows and score how well k principal components describe them. Which k will win?",
      answer:
        "The largest. A held-out row brings k numbers that are fitted to the row itself, so that its error can only fall. Something of the row has "
        + "to be hidden from these numbers: a block, or holes."),
    .init(
      "An Indian buffet with α = 2 has 40 customers. How many dishes does the fortieth take on average, and how many of them are new?",
      answer: "Two, as everybody does; 2/40 of a dish is new. Customers are exchangeable."),
  ],
  suggestions: [
    .init(
      "Raise the noise until rank two predicts worse than rank one.", call: "lessons try 12/noise"),
    .init(
      "Find how many features the finite model needs for twenty customers.",
      call: "lessons try 12/buffet"),
  ],
  homework: "gabriel")

/// Where to read on.
let reading: [Lesson.Reading] = [
  ("Gabriel 2002", "one entry predicted from the rest of its matrix"),
  ("Owen and Perry 2009", "bi-cross-validation by blocks, with what noise does to it"),
  ("Wold 1978", "holes, and a fit through what is left"),
  ("Williams 2018", "how to cross-validate factorisations, for practice"),
  ("Griffiths and Ghahramani 2011", "the Indian buffet and its limit"),
]
