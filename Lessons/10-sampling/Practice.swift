import LessonKit

/// What a reader does after the lesson.
let practice = Practice(
  questions: [
    .init(
      "Your particle filter's log Ẑ is below log p(x) on average. Is that a bug?",
      answer:
        "No. Ẑ is unbiased, and the logarithm of something that varies is low on average. A mean of log Ẑ above log p(x) would "
        + "be a bug."),
    .init(
      "A Metropolis sampler saves only the proposals that it accepted. What does it sample from?",
      answer:
        "From another law: each state in proportion to π times the chance of leaving it. A rejected proposal is a step at which the chain "
        + "stays, and has to be counted."),
    .init(
      "Every weight of a step came out the same. What does that say of the proposal?",
      answer:
        "Nothing was learnt from the new state, so the proposal had looked at x_t: with p(z|z′, x_t) the weight depends on z′ alone. "
        + "If they agree for all z′ as well, each z′ foresees x_t equally well."),
  ],
  suggestions: [
    .init(
      "Move the proposal from p(z|z′) to p(z|z′, x) and count how many particles that is worth.",
      call: "lessons try 10/proposal"),
    .init(
      "Let two bits agree ever more often, and watch a sweep of Gibbs sampling stop helping.",
      call: "lessons try 10/mixing"),
  ],
  homework: "particle-filter")

/// Where to read on.
let reading: [Lesson.Reading] = [
  ("Hastings 1970", "the acceptance that corrects for any proposal, section 2"),
  ("Geman and Geman 1984", "drawing one variable given all others, section XI"),
  ("Gordon, Salmond, Smith 1993", "the bootstrap filter, section 3"),
  ("Doucet and Johansen 2011", "particle filters and their proposals, sections 3 and 4"),
  ("Burda, Grosse, Salakhutdinov 2016", "the importance-weighted bound, section 3"),
]
