import Exact
import JSONText
import Models
import Probability

extension LatentFactorSpec: OracleSpec {
  /// Visits every state of the factors.
  public func answer(_ request: OracleRequest) throws(OracleRefusal) -> OracleAnswer {
    let factors = model.factorCount
    let states = factors < 1024 ? Double(sign: .plus, exponent: factors, significand: 1) : .infinity
    try request.require(states, "prior: \(factors) factors")
    let answers: LatentFactorAnswers
    do {
      answers = try LatentFactorAnswers(of: model, documents.map(\.words))
    } catch {
      throw .unreadable(PlaceError(path: error.place, complaint: error.reason))
    }
    let gradient = answers.gradient
    var parts: [(key: String, value: JSON)] = [
      ("weights", .matrix(gradient.weights)), ("bias", .numbers(gradient.bias)),
    ]
    if let prior = gradient.prior { parts.append(("prior", .numbers(prior))) }
    return OracleAnswer(
      method: .bruteForce, route: "sum over all \(countText(states)) states, one by one",
      work: [("states", states), ("documents", Double(documents.count))],
      members: [
        ("logEvidence", .numbers(answers.logEvidence.map(\.value))),
        ("posteriorMarginals", .each(answers.posteriorMarginals) { .numbers($0) }),
        ("gradient", .object(parts)),
      ],
      sections: [])
  }
}
