import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [
    .init(
      "The data are drawn from the model itself. Does a mean sleep step then climb the ELBO?",
      answer:
        "Not always. It still descends KL(p‖q), and the ELBO by φ descends KL(q‖p); on the first "
        + "machine of the lesson the cosine of the two is negative."),
    .init(
      "A model is perfect, and still the wake step moves it. Whose fault is that?",
      answer:
        "That of q, which cannot be the posterior. Wake is the exact gradient of the ELBO, and the "
        + "ELBO has no maximum there."),
    .init(
      "Reweighted wake-sleep with K = 1: what happens to θ and to φ on average?",
      answer: "θ makes a wake step. φ does not move: E_q[∇_φ log q(z|x)] = 0."),
  ],
  suggestions: [
    .init(
      "Turn the recognition weights of the first machine until both divergences fall together.",
      call: "lessons try 05/angle"),
    .init(
      "Find weights for which two draws have more bias than one.", call: "lessons try 05/draws"),
  ],
  homework: "sleep")

/// Where to read on.
let reading: [Lesson.Reading] = [
  ("Hinton, Dayan, Frey and Neal 1995", "the algorithm, four pages, with bars"),
  ("Dayan, Hinton, Neal and Zemel 1995", "the machine and what it approximates"),
  ("Neal 1992", "sigmoid belief networks, learnt by Gibbs sampling"),
  ("Bornschein and Bengio 2015", "several draws with weights"),
  ("Vértes and Sahani 2018", "recognition by expected features"),
]
