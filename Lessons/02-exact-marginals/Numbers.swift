import Exact
import GSL
import LessonKit
import Models
import Probability

/// The numbers that the prose names.
let numbers: PageNumbers = [
  "mixture-mean": { _ in ExactValue(MixtureMoments(of: PoissonMixture.twoRates).mean) },
  "mixture-variance": { _ in ExactValue(MixtureMoments(of: PoissonMixture.twoRates).variance) },
  "tagger-terms": { _ in ExactValue(Double(tagger.recursion)) },
  "scan-rounds": { _ in ExactValue(Double(tagger.rounds)) },
  "pair-rows": { _ in ExactValue(Double(tagger.inPairs.rows)) },
  "pair-matrices": { _ in ExactValue(Double(tagger.inPairs.matrices)) },
  "pair-terms": { _ in ExactValue(Double(tagger.inPairs.terms)) },
  "shapes-of-four": { _ in ExactValue(Double(catalan(3))) },
  "shapes-of-twelve": { _ in ExactValue(Double(catalan(11))) },
  "labelled-four": { _ in ExactValue(Double(derivationCount(Sentence.fourWords) ?? 0)) },
  "equal-causes": { _ in
    ExactValue(Double(distinctSums(of: [Double](repeating: 1, count: causes))))
  },
  "doubling-causes": { _ in
    ExactValue(Double(distinctSums(of: (0..<causes).map { Double(1 << $0) })))
  },
  "five-states": { _ in ExactValue(32) },
  "five-totals": { _ in ExactValue(Double(distinctSums(of: [1, 2, 2, 3, 5]))) },
  "doubling-totals": { _ in ExactValue(Double(distinctSums(of: [1, 2, 4, 8, 16]))) },
  "equal-totals": { _ in ExactValue(Double(distinctSums(of: [1, 1, 1, 1, 1]))) },
  "beta": { _ in
    let model = HiddenMarkovSequence.threeStates.model
    return ExactValue(zip(model.transition[0], model.emission).reduce(0) { $0 + $1.0 * $1.1[0] })
  },
  "alpha": { _ in ExactValue(forwardMessages(HiddenMarkovSequence.threeStates.potentials)[2][0]) },
  "chain-evidence": { _ in logEvidence(of: HiddenMarkovSequence.threeStates) },
  "smoothed": { _ in
    ExactValue(HiddenMarkovPosterior(of: .threeStates).stateMarginals?[2][0] ?? .nan)
  },
  "document-evidence": { _ in ExactPosterior(of: LatentFactorDocument.twoFactors).logEvidence },
]

/// The independent causes of the last section.
private let causes = 12

private let tagger = ChainCost(states: 40, steps: 20)
