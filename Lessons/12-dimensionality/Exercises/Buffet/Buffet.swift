import Exact
import GSL
import LessonKit
import Models
import Probability

extension BuffetExercise {
  /// What is asked, the library's answer, and the ways to get it wrong.
  static let exercise = Exercise<Parts, BuffetProblem>(
    id: "buffet", title: "The law of a buffet",
    task: """
      Write `old_dish`, the probability that customer n takes a dish that m others took; `new_dishes`, the mean number of \
      dishes that customer n is the first to take; and `log_probability` of a table of who took what.
      """,
    hints: [
      "The customer counts as one of n, and has not tasted anything yet.",
      "The first customer takes α dishes on average, the second half as many new ones.",
      "A sum over histories: K_h log λ_h − log K_h!, and −α H_N once.",
    ],
    example: .example, draw: { try .random(&$0) }, checks: checks, answer: answer,
    mistakes: mistakes, handin: handin,
    afterChain: """
      The law for three is that for two, thinned once more. And it has forgotten who came first:
      """)

  static let answer = Parts(
    oldDish: { BuffetRules.indianBuffet(rate: 1).oldDish($0, $1) },
    newDishes: { BuffetRules.indianBuffet(rate: $0).newDishes($1) },
    logProbability: { rate, customers, counts, tasters in
      let law = try BuffetLaw(rate: rate, customers: customers)
      return zip(counts, tasters).sum { count, m in
        ExactValue(Double(count)) * law.rate(ofTasters: m).logarithm
          - (0..<count).sum { ExactValue(Double($0 + 1)).logarithm }
      }.value - law.meanDishes.value
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("as-many-for-everyone", "each customer takes α new dishes", \.newDishes) { rate, _ in
      rate
    },
    Mistake("one-customer-late", "α/(n + 1) new dishes", \.newDishes) { rate, customer in
      rate / Double(customer + 1)
    },
    Mistake("counts-the-others-only", "m/(n − 1): the customer is not one of n", \.oldDish) {
      tasters, customer in
      Double(tasters) / Double(customer - 1)
    },
    Mistake("adds-one", "(m + 1)/(n + 1), Laplace's rule: the first is counted twice", \.oldDish) {
      tasters, customer in
      Double(tasters + 1) / Double(customer + 1)
    },
    Mistake("tells-dishes-apart", "leaves out 1/K_h!: equal dishes have names", \.logProbability) {
      rate, customers, counts, tasters in
      try answer.logProbability(rate, customers, counts, tasters)
        + counts.reduce(0) { $0 + (0..<$1).reduce(0) { $0 + log(Double($1 + 1)) } }
    },
    Mistake("forgets-the-harmonic-number", "e^(−α) in the place of e^(−α H_N)", \.logProbability) {
      rate, customers, counts, tasters in
      let harmonic = (1...customers).reduce(0.0) { $0 + 1 / Double($1) }
      return try answer.logProbability(rate, customers, counts, tasters) + rate * (harmonic - 1)
    },
    Mistake("counts-one-more", "m_h! in the place of (m_h − 1)!", \.logProbability) {
      rate, customers, counts, tasters in
      try answer.logProbability(rate, customers, counts, tasters)
        + zip(counts, tasters).reduce(0) { $0 + Double($1.0) * log(Double($1.1)) }
    },
  ]
}
