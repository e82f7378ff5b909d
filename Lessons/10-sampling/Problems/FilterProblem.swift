import LessonKit
import Models
import Probability

/// A hidden Markov model of two states, two or three observations, and a proposal of every step.
struct FilterProblem: Sendable {
  let sequence: HiddenMarkovSequence
  /// q(z_0), one row, then q(z_t|z_(t−1)), a row a state.
  let proposal: [[[Double]]]

  static func example() throws -> FilterProblem {
    let model = try HiddenMarkovModel(
      initial: [0.6, 0.4], transition: [[0.9, 0.1], [0.3, 0.7]],
      emission: [[0.8, 0.2], [0.1, 0.9]])
    return FilterProblem(
      sequence: try model.observing([0, 1, 1]),
      proposal: [[[0.7, 0.3]], [[0.5, 0.5], [0.2, 0.8]], [[0.4, 0.6], [0.25, 0.75]]])
  }

  static func random(_ cases: inout Cases) throws -> FilterProblem {
    func pair(_ cases: inout Cases) throws -> [Double] {
      let share = try cases.real(from: 0.15, to: 0.85)
      return [share, 1 - share]
    }
    let model = try HiddenMarkovModel(
      initial: try pair(&cases), transition: [try pair(&cases), try pair(&cases)],
      emission: [try pair(&cases), try pair(&cases)])
    let symbols = try (0..<2).map { _ in try cases.choose(below: 2) }
    return FilterProblem(
      sequence: try model.observing(symbols),
      proposal: [
        [try pair(&cases)], [try pair(&cases), try pair(&cases)],
      ])
  }

  /// The same with other proposals.
  func with(_ proposal: [[[Double]]]) -> FilterProblem {
    FilterProblem(sequence: sequence, proposal: proposal)
  }

  var steps: Int { sequence.length }

  /// p(z_t, x_t | z_(t−1)).
  func joint(_ step: Int, from state: Int?) -> [Double] {
    let model = sequence.model
    let prior = state.map { model.transition[$0] } ?? model.initial
    return prior.indices.map { prior[$0] * model.emission[$0][sequence.observations[step]] }
  }

  /// p(x_t | z_(t−1)).
  func predictive(_ step: Int, from state: Int?) -> Double {
    joint(step, from: state).reduce(0, +)
  }

  /// p(z_t | z_(t−1), x_t): the best proposal that looks one step ahead.
  var best: [[[Double]]] {
    steps(of: { step, state in
      joint(step, from: state).map { $0 / predictive(step, from: state) }
    })
  }

  /// p(z_t | z_(t−1)).
  var prior: [[[Double]]] {
    steps(of: { _, state in
      state.map { sequence.model.transition[$0] } ?? sequence.model.initial
    })
  }

  /// p(z_t | z_(t−1), x_t … x_(T−1)): the best proposal of all.
  var lookingAhead: [[[Double]]] {
    var (ahead, tables) = ([1.0, 1.0], [[[Double]]]())
    for step in (0..<steps).reversed() {
      let scores = rows(step).map { state in
        joint(step, from: state).enumerated().map { $0.element * ahead[$0.offset] }
      }
      tables.insert(scores.map { row in row.map { $0 / row.reduce(0, +) } }, at: 0)
      ahead = scores.map { $0.reduce(0, +) }
    }
    return tables
  }

  private func rows(_ step: Int) -> [Int?] { step == 0 ? [nil] : [0, 1] }

  private func steps(of row: (Int, Int?) -> [Double]) -> [[[Double]]] {
    (0..<steps).map { step in rows(step).map { row(step, $0) } }
  }

  /// α_t(z) = p(x_0 … x_t, z_t) of the last step, by the forward recursion.
  var forward: [Double] {
    (1..<steps).reduce(joint(0, from: nil)) { alpha, step in
      [0, 1].map { z in alpha[0] * joint(step, from: 0)[z] + alpha[1] * joint(step, from: 1)[z] }
    }
  }

  /// p(x).
  var evidence: Double { forward.reduce(0, +) }
  /// p(z_(T−1) | x).
  var filter: [Double] { forward.map { $0 / evidence } }

  /// Every run of N particles with multinomial resampling: its probability, Ẑ and last histogram.
  func forEachRun(
    _ count: Int, visit: (_ probability: Double, _ evidence: Double, [Double]) -> Void
  ) {
    func extend(_ step: Int, _ cloud: [(state: Int, weight: Double)], _ p: Double, _ z: Double) {
      guard step < steps else {
        let total = cloud.reduce(0) { $0 + $1.weight }
        visit(
          p, z,
          [0, 1].map { s in
            cloud.reduce(0) { $0 + ($1.state == s ? $1.weight / total : 0) }
          })
        return
      }
      let total = cloud.reduce(0) { $0 + $1.weight }
      let parents: [(state: Int?, share: Double)] =
        step == 0 ? [(nil, 1)] : cloud.map { ($0.state, $0.weight / total) }
      let moves = parents.flatMap { parent in
        [0, 1].map { z in
          let q = proposal[step][parent.state ?? 0][z]
          return (z, joint(step, from: parent.state)[z] / q, parent.share * q)
        }
      }
      func draw(_ next: [(state: Int, weight: Double)], _ p: Double) {
        guard next.count < count else {
          return extend(
            step + 1, next, p, z * next.reduce(0) { $0 + $1.weight } / Double(count))
        }
        for (state, weight, chance) in moves { draw(next + [(state, weight)], p * chance) }
      }
      draw([], p)
    }
    extend(0, [], 1, 1)
  }
}

extension FilterProblem: Shown {
  /// The model, what is seen, the proposals.
  var givens: [Given] {
    let model = sequence.model
    return [
      Given("p(z_0)", model.initial), Given("p(z|z′)", model.transition),
      Given("p(x|z)", model.emission), Given("x", sequence.observations),
    ] + FilterProblem.givens(proposal)
  }

  /// The proposals alone.
  static func givens(_ proposal: [[[Double]]]) -> [Given] {
    [Given("q(z_0)", proposal[0][0])]
      + proposal.indices.dropFirst().map { Given("q(z_\($0)|z′)", proposal[$0]) }
  }
}
