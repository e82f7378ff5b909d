import Exact
import JSONText
import Models
import Probability

extension MixtureSpec: OracleSpec {
  /// Sums over the components of each observation: the one route there is.
  ///
  /// The observations are independent given the mixture, so nothing else is ever summed.
  public func answer(_ request: OracleRequest) throws(OracleRefusal) -> OracleAnswer {
    switch family {
    case .poisson(let mixture, let data): try answer(mixture, data, canBeImpossible: false)
    case .gaussian(let mixture, let data): try answer(mixture, data, canBeImpossible: false)
    case .multivariate(let mixture, let data): try answer(mixture, data, canBeImpossible: false)
    case .categorical(let mixture, let data): try answer(mixture, data, canBeImpossible: true)
    }
  }

  private func answer<M: Mixture>(
    _ mixture: M, _ data: [M.Datum], canBeImpossible: Bool
  ) throws(OracleRefusal) -> OracleAnswer {
    let answers = MixtureAnswers(of: mixture, data)
    let evidence = answers.logEvidence.map(\.value)
    for (index, value) in evidence.enumerated() {
      // Where every observation is possible, log 0 can only be a number below all doubles.
      let isAnswer = value.isFinite || (canBeImpossible && value == -.infinity)
      guard isAnswer else { throw .overflow("observations[\(index)]") }
      guard isSettled(value, answers.responsibilities[index]) else {
        throw .imprecise("observations[\(index)]")
      }
    }
    let (count, components) = (data.count, mixture.componentCount)
    return OracleAnswer(
      method: .bruteForce,
      route: "sum over the \(counted(components, "component")) of each observation",
      work: [("observations", Double(count)), ("terms", Double(count) * Double(components))],
      members: [
        ("logEvidence", .numbers(evidence)),
        ("responsibilities", .each(answers.responsibilities) { .numbers($0) }),
      ],
      sections: sections(data, evidence, answers.responsibilities, components))
  }

  /// Whether rounding cannot have chosen between components.
  ///
  /// A log likelihood of size L is rounded by about 2εL. Where that is not small beside 1 the
  /// components must be so far apart that all but one are left out of the doubles. A normal law on
  /// the line keeps the differences apart from what is common, and needs no such care.
  private func isSettled(_ logEvidence: Double, _ responsibilities: [Double]?) -> Bool {
    if case .gaussian = family { return true }
    let rounding = 2 * Double.ulpOfOne * abs(logEvidence)
    guard let responsibilities, logEvidence.isFinite, rounding > 1e-9 else { return true }
    let others = responsibilities.sorted().dropLast()
    return others.isEmpty || (rounding < 300 && others.allSatisfy { $0 == 0 })
  }

  private func sections<Datum>(
    _ data: [Datum], _ evidence: [Double], _ responsibilities: [[Double]?], _ components: Int
  ) -> [OracleSection] {
    let names = (0..<components).map { "k = \($0)" }
    let posterior = OracleSection.table(
      "p(z = k | x), the component that made each observation", columns: ["x"] + names,
      count: data.count
    ) { (label: "\(data[$0])", values: responsibilities[$0]) }
    return OracleSection.evidence(evidence, of: "observation") + (data.isEmpty ? [] : posterior)
  }
}
