public import Models
import Probability

extension ExactAnswers where Answer == MixturePosterior {
  /// Sums over the components of each observation: the one route there is.
  ///
  /// The observations are independent given the mixture, so nothing else is ever summed. Densities have 32
  /// digits for those observations of which the digits of a double lose too many.
  public init<M: Mixture>(
    of mixture: M, _ data: [M.Datum], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    var doubled: M?
    if request.digits == .thirtyTwo { doubled = mixture.doubled }
    var found: [MixturePosterior] = []
    for (index, datum) in data.enumerated() {
      let place = "observations[\(index)]"
      if request.digits != .thirtyTwo {
        let plain = MixturePosterior(of: mixture, datum)
        if plain.measuredError <= MixturePosterior.allowedError || !plain.logEvidence.value.isFinite
        {
          found.append(plain)
          continue
        }
        guard mixture.hasCovariances else { throw .imprecise(place) }
        if request.digits == .sixteen { throw .lossy(place) }
        if doubled == nil { doubled = mixture.doubled }
      }
      guard let careful = doubled else {
        throw .undecided(place, "a covariance is not positive definite to so many")
      }
      let posterior = MixturePosterior(of: careful, datum)
      guard posterior.measuredError <= MixturePosterior.allowedError else {
        throw .undecided(place, "it is too far from covariances that are too nearly singular")
      }
      found.append(posterior)
    }
    posteriors = found
    for (index, posterior) in posteriors.enumerated() {
      let value = posterior.logEvidence.value
      guard value.isFinite || (mixture.canExclude && value == -.infinity) else {
        throw .overflow("observations[\(index)]")
      }
      guard posterior.isSettled else { throw .imprecise("observations[\(index)]") }
    }
    let components = mixture.componentCount
    route = .bruteForce
    way =
      "sum over the \(counted(components, "component")) of each observation"
      + (doubled == nil ? "" : ", with 32 digits")
    work = [
      ("observations", Double(data.count)), ("terms", Double(data.count) * Double(components)),
    ]
  }
}

extension MixturePosterior {
  /// A half of what is promised.
  fileprivate static let allowedError = 5e-10

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
