import Exact
import JSONText
import Models
import Probability

extension LatentFactorSpec: OracleSpec {
  /// Sums over every state of the factors, in blocks or one by one.
  public func answer(_ request: OracleRequest) throws(OracleRefusal) -> OracleAnswer {
    try requirePrecision()
    let uncertain = model.prior.count { $0 > 0 && $0 < 1 }
    if request.method != .bruteForce {
      let states = try visits(of: uncertain, "uncertain factors", request)
      let progress = request.counting(upTo: states)
      if let answers = LatentFactorAnswers(factorised: model, documents, progress: progress) {
        return try answer(
          answers, .structured, states,
          route: "sum over all \(countText(states)) states, factorised over two halves")
      }
    }
    let states = try visits(of: model.factorCount, "factors", request)
    let answers: LatentFactorAnswers
    do {
      answers = try LatentFactorAnswers(
        of: model, documents.map(\.words), progress: request.counting(upTo: states))
    } catch {
      throw .unreadable(PlaceError(path: error.place, complaint: error.reason))
    }
    return try answer(
      answers, .bruteForce, states, route: "sum over all \(countText(states)) states, one by one")
  }

  /// The states visited in all documents together, if they are allowed.
  private func visits(
    of factors: Int, _ what: String, _ request: OracleRequest
  ) throws(OracleRefusal) -> Double {
    let states = factors < 1024 ? Double(sign: .plus, exponent: factors, significand: 1) : .infinity
    let visits = states * Double(max(1, documents.count))
    let many = documents.count > 1 ? " and \(documents.count) documents" : ""
    try request.require(visits, "prior: \(factors) \(what)\(many)")
    return visits
  }

  private func answer(
    _ answers: LatentFactorAnswers, _ method: OracleMethod, _ states: Double, route: String
  ) throws(OracleRefusal) -> OracleAnswer {
    let gradient = answers.gradient
    let numbers = answers.logEvidence.map(\.value) + gradient.flattened
    guard numbers.allSatisfy(\.isFinite) else { throw .overflow("weights") }
    var parts: [(key: String, value: JSON)] = [
      ("weights", .matrix(gradient.weights)), ("bias", .numbers(gradient.bias)),
    ]
    if let prior = gradient.prior { parts.append(("prior", .numbers(prior))) }
    return OracleAnswer(
      method: method, route: route,
      work: [("states", states), ("documents", Double(documents.count))],
      members: [
        ("logEvidence", .numbers(answers.logEvidence.map(\.value))),
        ("posteriorMarginals", .each(answers.posteriorMarginals) { .numbers($0) }),
        ("gradient", .object(parts)),
      ],
      sections: sections(answers))
  }
}

// MARK: What can be answered

extension LatentFactorSpec {
  /// The largest sum of magnitudes that a word's score may be made of, and the smallest probability
  /// that a posterior may be divided by.
  private static let (largestScore, smallestPrior) = (1e6, 1e-307)

  /// Refuses scores of which rounding leaves too few digits behind the point: their differences are
  /// exponents, and an exponent needs nine.
  private func requirePrecision() throws(OracleRefusal) {
    for (word, bias) in model.bias.enumerated() {
      let magnitude = model.weights.reduce(abs(bias)) { $0 + abs($1[word]) }
      guard magnitude <= LatentFactorSpec.largestScore else {
        let place = model.weights.isEmpty ? "bias[\(word)]" : "weights and bias of word \(word)"
        throw .imprecise(place)
      }
    }
    for (factor, prior) in model.prior.enumerated() where prior > 0 {
      guard prior >= LatentFactorSpec.smallestPrior else {
        throw .unreadable(
          PlaceError(
            path: "prior[\(factor)]",
            complaint: "so small that the derivative by it leaves the range of a double"))
      }
    }
  }
}

// MARK: What a person sees

extension LatentFactorSpec {
  private func sections(_ answers: LatentFactorAnswers) -> [OracleSection] {
    let evidence = OracleSection.evidence(answers.logEvidence.map(\.value), of: "document")
    guard !documents.isEmpty, model.factorCount > 0 else { return evidence }
    let names = (0..<model.factorCount).map { "z_\($0)" }
    return evidence + posterior(answers, names) + gradient(answers.gradient, names)
  }

  private func posterior(
    _ answers: LatentFactorAnswers, _ names: [String]
  ) -> [OracleSection] {
    if answers.posteriorMarginals.count == 1, let marginals = answers.posteriorMarginals[0] {
      return [.bars(title: "P(z_d = 1 | x)", labels: names, values: marginals)]
    }
    return OracleSection.table(
      "P(z_d = 1 | x)", columns: ["document"] + names, count: documents.count
    ) { (label: "\($0)", values: answers.posteriorMarginals[$0]) }
  }

  private func gradient(_ gradient: DocumentGradient, _ names: [String]) -> [OracleSection] {
    let rows = [("bias", gradient.bias)] + zip(names, gradient.weights)
    return OracleSection.table(
      "gradient of the sum of log p(x), by the score of each word",
      columns: [""] + (0..<model.wordCount).map { "word \($0)" }, count: rows.count
    ) { (label: rows[$0].0, values: rows[$0].1) }
  }
}
