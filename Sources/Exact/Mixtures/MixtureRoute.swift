public import Models
import Probability

extension ExactAnswers where Answer == MixturePosterior {
  /// Sums over the components of each observation: the one route there is.
  ///
  /// The observations are independent given the mixture, so nothing else is ever summed.
  public init<M: Mixture>(
    of mixture: M, _ data: [M.Datum], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    posteriors = data.map { MixturePosterior(of: mixture, $0) }
    for (index, posterior) in posteriors.enumerated() {
      let value = posterior.logEvidence.value
      guard value.isFinite || (mixture.canExclude && value == -.infinity) else {
        throw .overflow("observations[\(index)]")
      }
      guard posterior.isSettled else { throw .imprecise("observations[\(index)]") }
    }
    let components = mixture.componentCount
    route = .bruteForce
    way = "sum over the \(counted(components, "component")) of each observation"
    work = [
      ("observations", Double(data.count)), ("terms", Double(data.count) * Double(components)),
    ]
  }
}

extension MixturePosterior {
  /// Whether rounding cannot have chosen between components.
  ///
  /// A log likelihood of size L is rounded by about 2εL. Where that is not small beside 1 the
  /// components must be so far apart that all but one are left out of the doubles. What all have in
  /// common is not compared, and may be large.
  fileprivate var isSettled: Bool {
    let rounding = 2 * Double.ulpOfOne * abs(relativeLogEvidence)
    guard let responsibilities, logEvidence.value.isFinite, rounding > 1e-9 else { return true }
    let others = responsibilities.sorted().dropLast()
    return others.isEmpty || (rounding < 300 && others.allSatisfy { $0 == 0 })
  }
}
