import Exact
import JSONText
import Models
import Probability

extension BayesianMixtureSpec: OracleSpec {
  /// A dynamic program over sets of observations, or a sum over every labelled assignment.
  public func answer(_ request: OracleRequest) throws(OracleRefusal) -> OracleAnswer {
    let (components, points) = (mixture.componentCount, observations.count)
    let enumerates = request.method == .bruteForce
    let assignments = (0..<points).reduce(1.0) { count, _ in count * Double(components) }
    let terms = BayesianMixturePosterior.subsetTermCount(
      components: components, observations: points)
    let needed = enumerates ? assignments : terms
    try request.require(needed, "concentration: \(components) components, \(points) observations")
    let found: BayesianMixturePosterior
    do throws(ModelError) {
      found =
        enumerates
        ? try BayesianMixturePosterior(enumerating: mixture, observations) {
          request.progress?($0, assignments)
        }
        : try BayesianMixturePosterior(bySubsets: mixture, observations)
    } catch {
      throw .unreadable(PlaceError(path: error.place, complaint: error.reason))
    }
    guard found.logEvidence.value.isFinite else { throw .overflow("observations") }
    return OracleAnswer(
      method: enumerates ? .bruteForce : .structured,
      route: enumerates
        ? "sum over all \(countText(assignments)) labelled assignments, one by one"
        : "dynamic program over components and sets of observations",
      work: [
        (enumerates ? "assignments" : "terms", needed),
        ("blocks", Double(1 << points)),
      ],
      members: [
        ("logEvidence", .number(found.logEvidence.value)),
        ("coassignment", .matrix(found.coassignment)),
      ],
      sections: sections(found))
  }

  private func sections(_ found: BayesianMixturePosterior) -> [OracleSection] {
    let line = OracleSection.line(label: "log p(x)", value: found.logEvidence.value)
    guard !observations.isEmpty else { return [line] }
    let rows = found.coassignment.enumerated().map { number, row in
      (label: "\(number)", values: Optional(row))
    }
    return [
      line,
      .table(
        title: "P(same component | x)",
        columns: ["observation"] + observations.indices.map { "\($0)" }, rows: rows),
    ]
  }
}
