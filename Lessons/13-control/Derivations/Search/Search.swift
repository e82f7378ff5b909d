import Approximate
import LessonKit
import Models
import Networks

extension SearchDerivation {
  /// Runs in the place of a model, and the ways to get them wrong.
  static let derivation = Derivation<Parts, ControlProblem>(
    id: "search", title: "Without a model", example: try .example, draw: { try .random(&$0) },
    checks: checks, answer: answer, mistakes: mistakes,
    afterChain: """
      A run gives one number, and slopes are made of several runs. What a step of this search does, and \
      the same in the small:
      """)

  static let answer = Parts(
    cost: { GainSearch.cost(of: $0, from: $1, gain: $2, steps: ControlProblem.steps) },
    slope: { system, start, gain, offset in
      try GainSearch(offset: offset, rate: 1, longest: 1)
        .slope(of: system, from: start, gain: gain, steps: ControlProblem.steps).array
    },
    step: { system, start, rate in
      try GainSearch(offset: 0.001, rate: rate, longest: 0.25)
        .gains(of: system, from: start, steps: ControlProblem.steps, searches: 1)[1].array
    },
    values: { rooms, walks in
      var values = [Double](repeating: 0, count: rooms)
      for _ in 0..<walks {
        for room in 0..<rooms { values[room] = room == rooms - 1 ? 1 : values[room + 1] }
      }
      return values
    })

  private static let mistakes: [Mistake<Parts>] = [
    Mistake("pushes-along", "u = K x: the sign of the gain", \.cost) { system, start, gain in
      try answer.cost(system, start, -gain)
    },
    Mistake("one-sided", "(J(K + δ e) − J(K))/δ, from one side only", \.slope) {
      system, start, gain, offset in
      try gain.indices.map { i in
        (try answer.cost(system, start, gain.replacing(i, with: gain[i] + offset))
          - answer.cost(system, start, gain)) / offset
      }
    },
    Mistake("forgets-the-half", "divides by δ, not by 2 δ", \.slope) {
      system, start, gain, offset in
      try answer.slope(system, start, gain, offset).map { 2 * $0 }
    },
    Mistake("uphill", "adds the slope", \.step) { system, start, rate in
      try answer.step(system, start, rate).map { -$0 }
    },
    Mistake(
      "remembers", "walks back from the end: a room asks what the next one is worth now",
      \.values
    ) { rooms, walks in
      [Double](repeating: walks > 0 ? 1 : 0, count: rooms)
    },
  ]
}
