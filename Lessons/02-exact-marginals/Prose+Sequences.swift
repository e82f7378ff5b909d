import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// What is read about sequences, in order.
  static let sequenceBlocks: [Block] = [
    .heading("Sequences: exponentially many paths, one pass"),
    .prose(
      """
      A tagger for a sentence of twenty words with forty tags has 40²⁰ paths to consider, more \
      than there are grains of sand on all the planets you care to name. It adds them all up, \
      exactly, in the time it takes to read this line. Nothing is approximated. The trick is \
      to notice that a path has forgotten how it came to be where it is.

      In a hidden Markov model each state is drawn from its predecessor and each observation \
      from its state. So paths that meet in a state at step t have the same future, and may be \
      added up there:

          α_t(k) = p(x_t | z_t = k) Σ_j α_{t−1}(j) p(z_t = k | z_{t−1} = j)

      That is a distributive law, Σ_i Σ_j a_i b_j = (Σ_i a_i)(Σ_j b_j), used T − 1 times. In log \
      space the products are sums and the sums are logSumExp, so a sequence of a thousand steps \
      does not underflow.
      """),
    .exercise(forward),
    .picture { _ in pathsAgainstTerms },
    .picture { _ in trellis },
    .heading("What a hidden state depends on"),
    .prose(
      """
      “A hidden state is independent of all but its predecessor” is said so often that one \
      stops hearing what it says. Given the predecessor, a state still depends on its own \
      observation, on its successor, and on everything observed later: otherwise there would be \
      no point in smoothing. What it is independent of is the past before the predecessor. The \
      forward recursion needs that, and that an observation is drawn from its own state alone.
      """),
    .exercise(independence),
    .heading("What else is a chain"),
    .prose(
      """
      The recursion never asked that rows sum to one, nor that they stay the same from step to \
      step. Leave out the first and it computes the partition function of a conditional random \
      field. Leave out the second and the tables may come out of a network that reads all the \
      words so far: once x is observed, its history is a number like any other. A translated \
      sentence whose words come from neighbouring places in the source is a chain as well; if \
      places are drawn without memory (IBM model 1), the chain falls apart into a product of sums.

      Is it a recursion that no parallel machine can hurry? Each step waits for the one before, \
      that much is true of the loop. But the step is a product of matrices, products are \
      associative, and neighbours may be multiplied first, all pairs at once: ⌈log₂ T⌉ rounds.
      """),
    .exercise(chains),
    .exercise(wordAlignment),
  ]

  /// How the number of paths grows beside the number of terms in the recursion.
  private static var pathsAgainstTerms: Picture {
    let states = 3
    let bars = [2, 4, 8, 16].flatMap { length -> [Drawing.Bar] in
      let paths = (0..<length).reduce(1.0) { product, _ in product * Double(states) }
      let terms = Double(states + (length - 1) * states * states)
      return [
        (label: "T = \(length): paths", value: paths, note: ""),
        (label: "T = \(length): terms", value: terms, note: ""),
      ]
    }
    return Drawing.bars(
      "3 states: paths to visit, terms to add (exact counts)", bars, scale: .logarithmic,
      caption: "Paths grow like 3^T, the terms of the recursion by nine a step.")
  }

  /// p(z_t = k | x), and what the filter would have said on the way.
  private static var trellis: Picture {
    let sequence = HiddenMarkovSequence.threeStates
    let chain = ForwardBackward(sequence.potentials)
    let smoothed = chain.posterior.stateMarginals ?? []
    let filtered = chain.forward.map { row in
      let total = logSumExp(row)
      return row.map { exp($0 - total) }
    }
    let names = sequence.model.initial.indices.map { "z = \($0)" }
    let steps = sequence.observations.enumerated().map { "t\($0.offset + 1):x=\($0.element)" }
    func transposed(_ rows: [[Double]]) -> [[Double]] {
      names.indices.map { k in rows.map { $0[k] } }
    }
    return Drawing.grid(
      "the states of a chain, before and after the rest of the sequence is seen (exact)",
      [
        Drawing.Panel(
          "filtered: p(z_t | x_1…x_t)", rows: names, columns: steps, values: transposed(filtered)),
        Drawing.Panel(
          "smoothed: p(z_t | x)", rows: names, columns: steps, values: transposed(smoothed)),
      ],
      caption:
        "The last columns agree: at the end there is no rest. The gradient of log p(x) is made "
        + "of the lower panel.")
  }
}
