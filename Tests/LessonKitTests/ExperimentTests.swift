import LessonKit
import Testing

@Suite("Controls of an experiment")
struct ExperimentTests {
  private let experiment = Experiment(
    id: "a", title: "", prompt: "", givens: [],
    controls: [
      .init("t", "t", from: -1, to: 2, by: 0.25, at: 0.5),
      .init("q", "q(z)", states: ["a", "b", "c"], at: [0.5, 0.3, 0.2]),
      .init("way", "way", of: ["one", "two"]),
    ]
  ) { _ in .init([]) }

  // Catches: a control that leaves its range at one end; steps that are counted from the wrong place.
  @Test("A number moves on the grid of its steps, and both ends stop it")
  func number() {
    func moved(_ steps: Int) -> Double {
      experiment.moved(experiment.start, control: 0, by: steps)["t"]
    }
    #expect([moved(1), moved(-1), moved(0)] == [0.75, 0.25, 0.5])
    #expect([moved(100), moved(-100)] == [2, -1])
    let away = experiment.moved(experiment.start, control: 0, by: -4)
    #expect(experiment.moved(away, control: 0, by: 4)["t"] == 0.5)
  }

  // Catches: probabilities that no longer add up after a move, or leave [0, 1].
  @Test("Of probabilities one moves, the others keep their proportions, and the sum stays one")
  func probabilities() {
    let more = experiment.moved(experiment.start, control: 1, component: 0, by: 4).list("q")
    #expect(abs(more[0] - 0.7) < 1e-12 && abs(more[1] / more[2] - 1.5) < 1e-12)
    for steps in [-100, -3, 5, 100] {
      let list = experiment.moved(experiment.start, control: 1, component: 2, by: steps).list("q")
      #expect(abs(list.reduce(0, +) - 1) < 1e-12 && list.allSatisfy { $0 >= 0 && $0 <= 1 })
    }
  }

  // Catches: a value that does not suit its control and is taken all the same.
  @Test(
    "Values that do not suit a control are refused, with what would suit it",
    arguments: [
      ("t", [2.1], "t is one number from -1 to 2"), ("t", [-1.1], "t is one number from -1 to 2"),
      ("t", [0, 0], "t is one number from -1 to 2"),
      ("q", [0.5, 0.5, 0.5], "q has 3 probabilities that add up to one"),
      ("q", [0.5, 0.3, 0.2 - 1e-8], "q has 3 probabilities that add up to one"),
      ("q", [1.2, -0.4, 0.2], "q has 3 probabilities that add up to one"),
      ("q", [0.5, 0.5], "q has 3 probabilities that add up to one"),
      ("way", [2], "way is one of one, two"), ("way", [0.5], "way is one of one, two"),
      ("s", [1], "nothing here is called “s”; there is t, q, way"),
    ])
  func refusals(name: String, values: [Double], words: String) {
    guard case .failure(let error) = experiment.settings(experiment.start, name, values) else {
      Issue.record("\(name) = \(values) is taken")
      return
    }
    #expect(error.description == words)
  }

  @Test("Values that suit a control are taken")
  func settings() throws {
    let q = try experiment.settings(experiment.start, "q", [0.1, 0.2, 0.7]).get()
    #expect(q.list("q") == [0.1, 0.2, 0.7] && q["t"] == 0.5)
    #expect(try experiment.settings(experiment.start, "t", [2]).get()["t"] == 2)
    #expect(try experiment.settings(experiment.start, "way", [1]).get().choice("way") == 1)
  }
}
