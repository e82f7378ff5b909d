import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// The forward recursion and the ways to get it wrong.
  static let forward: Exercise<any ForwardRecursion, HiddenMarkovSequence> = Exercise(
    .forward,
    answer: LibraryForward(),
    mistakes: [
      Mistake(
        "transposed-transition", "sums over transition[k][j] in place of transition[j][k]",
        ChangedForward(transition: { from, to in (to, from) })),
      Mistake(
        "emission-one-step-late", "pairs state z_t with observation x_{t−1}",
        ChangedForward(symbol: { max(0, $0 - 1) })),
      Mistake(
        "forgets-the-initial-law", "starts every state with probability 1/K",
        ChangedForward(startsUniformly: true)),
      Mistake(
        "best-predecessor", "keeps the best way into a state in place of the sum of all ways",
        ChangedForward(combine: { $0.max() ?? -.infinity })),
      Mistake("stops-one-step-early", "reads the evidence off α_{T−1}", StopsEarly()),
      Mistake(
        "returns-the-filter", "messages normalised at every step: p(z_t | x_1…x_t)",
        ReturnsTheFilter()),
      Mistake(
        "plain-probabilities", "multiplies probabilities and takes the logarithm at the end",
        source:
          "xqding/Importance_Weighted_Autoencoders #3, a sum of exponentials without its shift",
        PlainProbabilities()),
    ])
}

/// The recursion of the library.
private struct LibraryForward: ForwardRecursion {
  func messages(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    forwardMessages(sequence.potentials)
  }

  func logEvidence(_ sequence: HiddenMarkovSequence) -> Double {
    Exact.logEvidence(of: sequence).value
  }
}

/// The recursion with one of its parts exchanged.
private struct ChangedForward: ForwardRecursion {
  var transition: @Sendable (_ from: Int, _ to: Int) -> (Int, Int) = { ($0, $1) }
  var symbol: @Sendable (_ step: Int) -> Int = { $0 }
  var startsUniformly = false
  var combine: @Sendable ([Double]) -> Double = { logSumExp($0) }

  func messages(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    let model = sequence.model
    let states = model.initial.indices
    func logEmission(_ state: Int, _ step: Int) -> Double {
      log(model.emission[state][sequence.observations[symbol(step)]])
    }
    var rows = [
      states.map { k in
        log(startsUniformly ? 1 / Double(states.count) : model.initial[k]) + logEmission(k, 0)
      }
    ]
    for step in 1..<max(1, sequence.length) {
      let before = rows[step - 1]
      rows.append(
        states.map { k in
          let ways = states.map { j in
            let (row, column) = transition(j, k)
            return before[j] + log(model.transition[row][column])
          }
          return combine(ways) + logEmission(k, step)
        })
    }
    return rows
  }

  func logEvidence(_ sequence: HiddenMarkovSequence) -> Double {
    logSumExp(messages(sequence).last ?? [])
  }
}

private struct StopsEarly: ForwardRecursion {
  func messages(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    LibraryForward().messages(sequence)
  }

  func logEvidence(_ sequence: HiddenMarkovSequence) -> Double {
    logSumExp(messages(sequence)[max(0, sequence.length - 2)])
  }
}

private struct ReturnsTheFilter: ForwardRecursion {
  func messages(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    LibraryForward().messages(sequence).map { row in
      let total = logSumExp(row)
      return row.map { $0 - total }
    }
  }

  func logEvidence(_ sequence: HiddenMarkovSequence) -> Double {
    LibraryForward().logEvidence(sequence)
  }
}

private struct PlainProbabilities: ForwardRecursion {
  func messages(_ sequence: HiddenMarkovSequence) -> [[Double]] {
    let model = sequence.model
    let states = model.initial.indices
    var rows: [[Double]] = []
    for symbol in sequence.observations {
      let before = rows.last
      rows.append(
        states.map { k in
          let arrival = before.map { before in
            states.reduce(0) { $0 + before[$1] * model.transition[$1][k] }
          }
          return (arrival ?? model.initial[k]) * model.emission[k][symbol]
        })
    }
    return rows.map { $0.map { log($0) } }
  }

  func logEvidence(_ sequence: HiddenMarkovSequence) -> Double {
    log((messages(sequence).last ?? []).reduce(0) { $0 + exp($1) })
  }
}
