import JSONText
import LessonKit

extension BuffetExercise {
  /// What may be handed in.
  static let handin = Handin<Parts>(
    stars: 2,
    debrief: """
      Two rules for one customer at a time, and the law of the whole table forgets who came first. That is what makes the buffet a \
      prior for data without an order.
      """,
    HandinPart(
      "old_dish", "The probability that customer n takes a dish that m others took.",
      given: [.integer("tasters", "m"), .integer("customer", "n, from 1; others came before")],
      returns: .number("a probability"), \.oldDish
    ) { program, right in
      { tasters, customer in
        program.number(["tasters": .given(tasters), "customer": .given(customer)]) {
          right(tasters, customer)
        }
      }
    },
    HandinPart(
      "new_dishes", "The mean number of dishes that customer n is the first to take.",
      given: [.number("rate", "α"), .integer("customer", "n, from 1")],
      returns: .number("a mean of a Poisson number"), \.newDishes
    ) { program, right in
      { rate, customer in
        program.number(["rate": .given(rate), "customer": .given(customer)]) {
          right(rate, customer)
        }
      }
    },
    HandinPart(
      "log_probability", "log P(Z), from the histories that occur.",
      given: [
        .number("rate", "α"), .integer("customers", "N"),
        .numbers("counts", "K_h of each history that occurs"),
        .numbers("tasters", "m_h of the same histories, how many took such a dish"),
      ], returns: .number("log P(Z)"), \.logProbability
    ) { program, right in
      { rate, customers, counts, tasters in
        let answer = try right(rate, customers, counts, tasters)
        return program.number([
          "rate": .given(rate), "customers": .given(customers),
          "counts": .given(counts.map(Double.init)), "tasters": .given(tasters.map(Double.init)),
        ]) { answer }
      }
    })
}
