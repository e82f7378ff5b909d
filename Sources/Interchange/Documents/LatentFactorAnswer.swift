public import Exact
import JSONText
import Models
import Probability

extension LatentFactorSpec: OracleSpec {
  /// Which factors made each document, and the gradient of all log evidences together.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer {
    let found = try asking { () throws(ExactRefusal) in
      try ExactAnswers(of: model, documents, request)
    }
    let gradient = found.posteriors.sumOfGradients(under: model)
    var parts: [(key: String, value: JSON)] = [
      ("weights", .matrix(gradient.weights)), ("bias", .numbers(gradient.bias)),
    ]
    if let prior = gradient.prior {
      parts.append(("prior", .numbers(prior)))
    } else if request.found == nil {
      // Parts of sums that were shared out have none of the evidence that this takes.
      let slopes = try asking { () throws(ExactRefusal) in
        try found.priorSlopes(under: model, documents, request)
      }
      if let slopes { parts.append(("prior", .numbers(slopes))) }
    }
    return OracleAnswer(
      found,
      members: [
        ("logEvidence", .numbers(found.logEvidence)),
        ("posteriorMarginals", .each(found.posteriors.map(\.marginals)) { .numbers($0) }),
        ("gradient", .object(parts)),
      ],
      sections: sections(found.posteriors, gradient))
  }

  /// The sums of brute force.
  public func sharedSums(_ request: ExactRequest) throws(ExactRefusal) -> SharedSums {
    try ExactAnswers<DocumentPosterior>.sharedSums(of: model, documents, request)
  }
}

// MARK: What a person sees

extension LatentFactorSpec {
  private func sections(
    _ posteriors: [DocumentPosterior], _ slopes: DocumentGradient
  ) -> [OracleSection] {
    let evidence = OracleSection.evidence(posteriors.map(\.logEvidence.value), of: "document")
    guard !documents.isEmpty, model.factorCount > 0 else { return evidence }
    let names = (0..<model.factorCount).map { "z_\($0)" }
    return evidence + posterior(posteriors.map(\.marginals), names) + gradient(slopes, names)
  }

  private func posterior(
    _ marginals: [[Double]?], _ names: [String]
  ) -> [OracleSection] {
    if marginals.count == 1, let marginals = marginals[0] {
      return [.bars(title: "P(z_d = 1 | x)", labels: names, values: marginals)]
    }
    return OracleSection.table(
      "P(z_d = 1 | x)", columns: ["document"] + names, count: documents.count
    ) { (label: "\($0)", values: marginals[$0]) }
  }

  private func gradient(_ gradient: DocumentGradient, _ names: [String]) -> [OracleSection] {
    let rows = [("bias", gradient.bias)] + zip(names, gradient.weights)
    return OracleSection.table(
      "gradient of the sum of log p(x), by the score of each word",
      columns: [""] + (0..<model.wordCount).map { "word \($0)" }, count: rows.count
    ) { (label: rows[$0].0, values: rows[$0].1) }
  }
}
