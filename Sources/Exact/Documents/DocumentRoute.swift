public import Models
import Probability

extension ExactAnswers where Answer == DocumentPosterior {
  /// Sums over every state of the factors, in blocks or one by one.
  public init(
    of model: LatentFactorModel, _ documents: [LatentFactorDocument],
    _ request: ExactRequest = ExactRequest()
  ) throws(ExactRefusal) {
    try model.requirePrecision()
    let uncertain = model.prior.count { $0 > 0 && $0 < 1 }
    if request.route != .bruteForce {
      let states = try request.visits(of: uncertain, "uncertain factors", documents.count)
      let (factors, progress) = (UncertainFactors(model), request.counting(upTo: states))
      let found = documents.lazy.map { DocumentPosterior($0, factors, progress) }
      if let posteriors = allOrNone(found) {
        try self.init(
          model, documents, posteriors, .structured, states,
          way: "sum over all \(countText(states)) states, factorised over two halves")
        return
      }
    }
    let (sums, states) = try Self.sums(of: model, documents, request)
    let tallies = try request.tallies(sums, states: states)
    try self.init(
      model, documents, zip(documents, tallies).map { DocumentPosterior(of: $0, $1) },
      .bruteForce, states,
      way: "sum over all \(countText(states)) states, one by one")
  }

  /// The sums of brute force, to be shared out.
  public static func sharedSums(
    of model: LatentFactorModel, _ documents: [LatentFactorDocument], _ request: ExactRequest
  ) throws(ExactRefusal) -> SharedSums {
    try model.requirePrecision()
    let (sums, states) = try sums(of: model, documents, request)
    return SharedSums(sums.map(\.tree), states: states)
  }

  private static func sums(
    of model: LatentFactorModel, _ documents: [LatentFactorDocument], _ request: ExactRequest
  ) throws(ExactRefusal) -> (sums: [StateSum<Double>], states: Double) {
    let states = try request.visits(of: model.factorCount, "factors", documents.count)
    return (documents.map(DocumentPosterior.sum), states)
  }

  private init(
    _ model: LatentFactorModel, _ documents: [LatentFactorDocument],
    _ posteriors: [DocumentPosterior], _ route: ExactRoute, _ states: Double, way: String
  ) throws(ExactRefusal) {
    self.posteriors = posteriors
    self.route = route
    self.way = way
    work = [("states", states), ("documents", Double(posteriors.count))]
    let numbers = logEvidence + posteriors.sumOfGradients(under: model).flattened
    guard numbers.allSatisfy(\.isFinite) else { throw .overflow("weights") }
    for (index, posterior) in posteriors.enumerated() {
      guard posterior.isSettled(model.largestScore * Double(documents[index].words.count)) else {
        throw .imprecise("observations[\(index)]")
      }
    }
  }
}

/// All values, or nil as soon as one is missing.
private func allOrNone<Value>(_ found: some Sequence<Value?>) -> [Value]? {
  var values: [Value] = []
  for value in found {
    guard let value else { return nil }
    values.append(value)
  }
  return values
}

extension ExactRequest {
  /// The states visited in all documents together, if they are allowed.
  fileprivate func visits(
    of factors: Int, _ what: String, _ documents: Int
  ) throws(ExactRefusal) -> Double {
    let visits = power(2, factors) * Double(max(1, documents))
    let many = documents > 1 ? " and \(documents) documents" : ""
    try require(visits, "prior: \(factors) \(what)\(many)")
    return visits
  }
}

extension DocumentPosterior {
  /// Whether a document keeps the digits that the scores of all its words together leave.
  ///
  /// Their sum is a term of every log joint, and rounded as it is. A posterior that is certain is so by more than that.
  fileprivate func isSettled(_ score: Double) -> Bool {
    let error = Double.ulpOfOne * score
    guard error > 5e-10, let marginals else { return true }
    return error <= 1e-9 * max(1, abs(logEvidence.value))
      && marginals.allSatisfy { min($0, 1 - $0) < 1e-12 }
  }
}

extension LatentFactorModel {
  /// The largest sum of magnitudes that a word's score may be made of, and the smallest probability
  /// that a posterior may be divided by.
  private static let (mostScore, smallestPrior) = (1e6, 1e-307)

  /// The largest sum of magnitudes that the score of one of its words is made of.
  fileprivate var largestScore: Double {
    bias.indices.reduce(0) { largest, word in
      max(largest, weights.reduce(abs(bias[word])) { $0 + abs($1[word]) })
    }
  }

  /// Refuses scores of which rounding leaves too few digits behind the point: their differences are
  /// exponents, and an exponent needs nine.
  fileprivate func requirePrecision() throws(ExactRefusal) {
    for (word, bias) in bias.enumerated() {
      let magnitude = weights.reduce(abs(bias)) { $0 + abs($1[word]) }
      guard magnitude <= LatentFactorModel.mostScore else {
        throw .imprecise(weights.isEmpty ? "bias[\(word)]" : "weights and bias of word \(word)")
      }
    }
    for (factor, prior) in prior.enumerated() where prior > 0 {
      guard prior >= LatentFactorModel.smallestPrior else {
        throw .misfit(
          ModelError(
            "prior[\(factor)]",
            "so small that the derivative by it leaves the range of a double"))
      }
    }
  }
}
