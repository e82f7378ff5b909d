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
  "pair-terms": { _ in ExactValue(Double(tagger.inPairs)) },
  "shapes-of-four": { _ in ExactValue(Double(catalan(3))) },
  "shapes-of-twelve": { _ in ExactValue(Double(catalan(11))) },
  "labelled-four": { _ in ExactValue(Double(derivationCount(Sentence.fourWords) ?? 0)) },
  "equal-causes": { _ in
    ExactValue(Double(distinctSums(of: [Double](repeating: 1, count: causes))))
  },
  "doubling-causes": { _ in
    ExactValue(Double(distinctSums(of: (0..<causes).map { Double(1 << $0) })))
  },
  "document-evidence": { _ in ExactPosterior(of: LatentFactorDocument.twoFactors).logEvidence },
]

/// The independent causes of the last section.
private let causes = 12

private let tagger = ChainCost(states: 40, steps: 20)
