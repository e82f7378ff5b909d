public import LessonKit
public import Models
import Probability

// What of the library's models a page has to print so that its numbers can be recomputed.

extension MixtureProblem: Shown {
  /// The weights, the rates and the counts: y | z = k ~ Poisson(λ_k).
  var givens: [Given] {
    [Given("π", mixture.weights), Given("λ", mixture.rates), Given("y", counts)]
  }
}

extension LatentFactorDocument: Shown {
  /// The prior's bits, what each factor adds to the scores, their bias, and the words.
  public var givens: [Given] {
    [
      Given("p", model.prior), Given("W", model.weights), Given("bias", model.bias),
      Given("x", words),
    ]
  }
}

extension HiddenMarkovSequence: Shown {
  /// The first state, the steps, the symbols of each state, and the sequence.
  public var givens: [Given] {
    [
      Given("initial", model.initial), Given("a", model.transition), Given("b", model.emission),
      Given("x", observations),
    ]
  }
}

extension Sentence: Shown {
  /// The rules of each symbol with their probabilities, and the words.
  public var givens: [Given] {
    grammar.nonterminals.map { left in
      let rules = grammar.rules.filter { $0.left == left }.map { rule in
        "\(rule.right.text) \(Format.short(rule.probability, digits: 12))"
      }
      return Given("p(\(left) → ·)", words: rules.joined(separator: ", "))
    } + [Given("S", words: grammar.start), Given("x", words: words.joined(separator: " "))]
  }
}

extension Grammar.Right {
  /// "N0 N1", or the word.
  fileprivate var text: String {
    switch self {
    case .pair(let first, let second): "\(first) \(second)"
    case .unary(let only): only
    case .word(let word): word
    }
  }
}

extension SpanningTreeModel: Shown {
  /// A row of scores for each head, the root first; a column for each word.
  public var givens: [Given] { [Given("score", scores.map { Array($0.dropFirst()) })] }
}

extension WordAlignment: Shown {
  /// How each position is rendered, the weights of the jumps, and the words.
  public var givens: [Given] {
    [
      Given("I", positionCount), Given("b", translation), Given("jumps", jumps), Given("x", words),
    ]
  }
}

extension FiniteJoint: Shown {
  /// p(z) and p(x|z) at the observed x.
  public var givens: [Given] { [Given("p(z)", prior), Given("p(x|z)", likelihood)] }
}

extension BayesNet: Shown {
  /// The table of each variable, a row for each value of its parents.
  public var givens: [Given] {
    variables.map { variable in
      let parents = variable.parents.map { variables[$0].name.withIndex }
      let name = variable.name.withIndex
      return parents.isEmpty
        ? Given("p(\(name))", variable.table[0])
        : Given("p(\(name)|\(parents.joined(separator: ", ")))", variable.table)
    }
  }
}

extension String {
  /// "z2" as it is written in formulas, "z₂".
  fileprivate var withIndex: String {
    guard let digit = last?.wholeNumberValue, count > 1 else { return self }
    let small = ["₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"]
    return dropLast() + (small.indices.contains(digit) ? small[digit] : "")
  }
}

// MARK: The problems of this lesson

extension CountingTermsProblem: Shown {
  /// The switches, their weights as multiples of a unit, the count; a mixture and a rate beside them.
  var givens: [Given] {
    [
      Given("p", model.prior), Given("u", unit), Given("m", multiples),
      Given("y", count), Given("w", model.weights).folded, Given("π", mixture.weights).folded,
      Given("λ", mixture.rates).folded, Given("μ", rate).folded,
    ]
  }
}

extension TractabilityProblem: Shown {
  /// The switches, their weights in units of u, and the count.
  var givens: [Given] {
    [Given("p", priors), Given("m", weights), Given("u", scale), Given("y", count)]
  }
}

extension ChainsProblem: Shown {
  /// The potentials of the chain; the tables of scores of a model that reads its history.
  var givens: [Given] {
    [Given("node", chain.nodes)]
      + chain.edges.enumerated().map { Given("edge_\($0.offset + 1)", $0.element) } + [
        Given("scores of z_1", history.initialScores).folded,
        Given("scores of steps", history.transitionScores).folded,
        Given("pull of x on z", history.transitionPull).folded,
        Given("scores of x", history.emissionScores).folded,
        Given("pull of x on x", history.emissionPull).folded,
        Given("x", history.observations).folded,
      ]
  }
}

extension PosteriorExpectationProblem: Shown {
  /// π and θ of the curve; the mixture, the chain and the document of the other lines.
  var givens: [Given] {
    [Given("π", share), Given("θ", theta)] + mixture.givens + document.givens
      + [Given("node", field.nodes).folded]
      + field.edges.enumerated().map { Given("edge_\($0.offset + 1)", $0.element).folded }
  }
}

extension MixingIsNotAveragingDerivation.Problem: Shown {
  /// Two rates; a network's units; two Gaussians; two directions.
  var givens: [Given] {
    [
      Given("π", mixture.weights), Given("λ", mixture.rates), Given("w", unitWeights).folded,
      Given("h", units).folded, Given("|μ_1 − μ_2|/σ", separation).folded,
      Given("share", share).folded, Given("angle", angle).folded,
    ]
  }
}

extension JointAndConditionalDerivation.Problem: Shown {
  /// The classes, the words of each, its bits, the weights at a second input, and a word.
  var givens: [Given] {
    [
      Given("p(y)", prior), Given("p(x|y)", rows), Given("P(bit|y)", bits).folded,
      Given("v", otherWeights).folded, Given("x", word).folded,
    ]
  }
}

extension IntegralsHistogramsProgramsDerivation.Problem: Shown {
  /// The line, the components in the plane, the histograms, the labels and the program.
  var givens: [Given] {
    [
      Given("g", w), Given("var", noise), Given("x", x), Given("π_1", share).folded,
      Given("μ", means).folded, Given("covariance 1", covariances[0]).folded,
      Given("covariance 2", covariances[1]).folded, Given("counts", parts).folded,
      Given("y", labels).folded, Given("n", modulus.n).folded, Given("m", modulus.m).folded,
    ]
  }
}
