import LessonKit
import Models
import Probability

/// The sprinkler net with its tables.
@Sendable func sprinklerGraph(_: RunContext) throws -> Picture {
  let variables = BayesNet.sprinkler.variables
  func ones(_ variable: Int) -> [String] {
    variables[variable].table.map { Format.short($0[1], digits: 3) }
  }
  func given(_ name: String, _ states: [String], _ chances: [String]) -> String {
    zip(states, chances).map { "P(\(name)=1|\($0)) = \($1)" }.joined(separator: ", ")
  }
  return Drawing.graph(
    "Clouds, sprinkler, rain, wet grass",
    [
      .init("C", .latent, column: 1, row: 0, note: "clouds, P(C=1) = \(ones(0)[0])", ink: .p),
      .init(
        "S", .latent, column: 0, row: 1,
        note: "the sprinkler was on, " + given("S", ["C=0", "C=1"], ones(1)), ink: .p),
      .init(
        "R", .latent, column: 2, row: 1,
        note: "it rained, " + given("R", ["C=0", "C=1"], ones(2)), ink: .p),
      .init(
        "W", .observed, column: 1, row: 2,
        note: "the grass is wet, "
          + given("W", ["S=0,R=0", "S=0,R=1", "S=1,R=0", "S=1,R=1"], ones(3)), ink: .p),
    ],
    edges: [("C", "S"), ("C", "R"), ("S", "W"), ("R", "W")],
    caption: """
      Two paths connect sprinkler and rain. Clouds favour one of them and not the other. Wet grass is \
      explained by either, so that the one is less needed once the other is known.
      """)
}
