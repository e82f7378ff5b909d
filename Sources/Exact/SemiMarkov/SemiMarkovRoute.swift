public import Models
import Probability

extension ExactAnswers where Answer == SemiMarkovPosterior {
  /// Messages over beginnings and ends of segments, or all segmentations.
  public init(
    of sequences: [SemiMarkovSequence], _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    let isBruteForce = request.route == .bruteForce
    let needed = sequences.reduce(0) { $0 + $1.segmentationCount }
    if isBruteForce { try request.require(needed, "observations: segmentations") }
    var posteriors: [SemiMarkovPosterior] = []
    var terms = 0.0
    for (index, sequence) in sequences.enumerated() {
      let model = sequence.model
      let cells = Double(sequence.length) * Double(model.stateCount) * Double(model.longest + 8)
      if !isBruteForce {
        try request.requireMemory(
          for: cells, "observations[\(index)]: \(counted(sequence.length, "step"))")
      }
      terms +=
        Double(sequence.length) * Double(model.stateCount)
        * Double(model.stateCount + model.longest)
      let posterior: SemiMarkovPosterior
      do {
        posterior =
          try isBruteForce
          ? .enumerated(of: sequence) : SemiMarkovPosterior(of: sequence)
      } catch { throw .imprecise("observations[\(index)]") }
      let evidence = posterior.logEvidence.value
      guard !sequence.logScale.isNaN, evidence.isFinite || evidence == -.infinity else {
        throw .overflow("observations[\(index)]")
      }
      guard sequence.isSettled(evidence) else { throw .imprecise("observations[\(index)]") }
      posteriors.append(posterior)
    }
    let steps = sequences.reduce(0) { $0 + $1.length }
    self.posteriors = posteriors
    route = isBruteForce ? .bruteForce : .structured
    way =
      isBruteForce
      ? "sum over all \(countText(needed)) segmentations, one by one"
      : "forward and backward messages over beginnings and ends of segments"
    work =
      [("sequences", Double(sequences.count)), ("steps", Double(steps))]
      + (isBruteForce ? [("states", needed)] : [("terms", terms)])
  }
}

extension SemiMarkovSequence {
  /// Whether the messages, which are logarithms of all that came before, keep ten digits behind the point, and the
  /// densities of which they are made.
  fileprivate func isSettled(_ evidence: Double) -> Bool {
    guard evidence.isFinite else { return true }
    let errors = steps.flatMap(model.laws.errors)
    let isPrecise = zip(errors, logEmissions.joined()).allSatisfy { error, logEmission in
      error <= 1e-10 || logEmission < -1e3 && error <= 1e-3 * -logEmission
    }
    return isPrecise && abs(evidence - logScale) < 1e5
  }
}
