import Exact
import JSONText
import Models
import Probability

extension LatentFactorSpec: OracleSpec {
  /// Sums over every state of the factors, in blocks or one by one.
  public func answer(_ request: OracleRequest) throws(OracleRefusal) -> OracleAnswer {
    let uncertain = model.prior.count { $0 > 0 && $0 < 1 }
    if request.method != .bruteForce {
      let states = try visits(of: uncertain, "uncertain factors", request)
      let progress = request.counting(upTo: states)
      if let answers = LatentFactorAnswers(factorised: model, documents, progress: progress) {
        return answer(
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
    return answer(
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
  ) -> OracleAnswer {
    let gradient = answers.gradient
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
      sections: [])
  }
}
