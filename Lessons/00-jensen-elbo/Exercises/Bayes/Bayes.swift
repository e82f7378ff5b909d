import Exact
import GSL
import LessonKit
import Models
import Probability

extension Page {
  /// Evidence and posterior of a table.
  static let bayes: Exercise<any BayesRule, BoundProblem> = Exercise(
    .bayes,
    answer: Enumeration(),
    mistakes: [
      Mistake(
        "likelihood-for-posterior", "p(x|z) normalised over z: forgets the prior",
        LikelihoodForPosterior()),
      Mistake(
        "joint-for-posterior", "p(x, z) itself: forgets to divide by p(x)", JointForPosterior()),
      Mistake(
        "mean-of-likelihoods", "p(x) as the plain mean of p(x|z) over states", MeanOfLikelihoods()),
    ])
}

private protocol RightRule: BayesRule {}

extension RightRule {
  func evidence(_ joint: FiniteJoint) -> Double {
    exp(ExactPosterior(of: joint).logEvidence.value)
  }
  func posterior(_ joint: FiniteJoint) -> [Double] {
    ExactPosterior(of: joint).probabilities ?? []
  }
}

private struct Enumeration: RightRule {}

private struct LikelihoodForPosterior: RightRule {
  func posterior(_ joint: FiniteJoint) -> [Double] {
    let total = joint.likelihood.reduce(0, +)
    return joint.likelihood.map { $0 / total }
  }
}

private struct JointForPosterior: RightRule {
  func posterior(_ joint: FiniteJoint) -> [Double] { joint.logJoints.map { exp($0) } }
}

private struct MeanOfLikelihoods: RightRule {
  func evidence(_ joint: FiniteJoint) -> Double {
    joint.likelihood.reduce(0, +) / Double(joint.stateCount)
  }
}
