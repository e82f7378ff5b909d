import Approximate
public import Exact
import GSL
import JSONText
import Models
import Networks
import Probability

extension StructuredAutoencoderSpec: ApproximationSpec {
  /// The local optimum, the bound there, and its gradients with and without the term through the optimum.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> ApproximationAnswer {
    switch family {
    case .mixture(let mixture, let globals, let start):
      let evidence = try reading { () throws(ModelError) in
        try mixture.exactLogEvidence(of: outputs, through: decoder)
      }
      let (bound, asked) = try computing { () throws(GSLError) in
        let local = try mixture.local(potentials, under: globals, fromResponsibilities: start)
        return try inference(mixture, globals, local)
      }
      return try answered(
        bound, asked, evidence,
        local: [("responsibilities", .matrix(bound.local.responsibilities))],
        work: [("sweeps", Double(bound.local.sweeps))]
      ) { .mixture($0, components: mixture.componentCount) }
    case .dynamics(let dynamics, let globals):
      let evidence = try reading { () throws(ModelError) in
        try dynamics.exactLogEvidence(of: outputs, through: decoder)
      }
      let (bound, asked) = try computing { () throws(GSLError) in
        try inference(dynamics, globals, try dynamics.local(potentials, under: globals))
      }
      return try answered(
        bound, asked, evidence,
        local: [("lagOneCovariance", .numbers(bound.local.crossCovariances.map { $0[0, 0] }))],
        work: [("steps", Double(observations.count))], coordinates: JSON.dynamics)
    }
  }

  private var outputs: [Vector] { observations.map { Vector($0) } }

  private func inference<Structure: LatentStructure>(
    _ structure: Structure, _ globals: Structure.Globals, _ local: Structure.Local
  ) throws(GSLError) -> (StructuredBound<Structure>, [QuadraticPotential]) {
    (
      try StructuredBound(structure, globals: globals, potentials: potentials, local: local),
      outputs.map(decoder.potential(of:))
    )
  }

  private func reading<Value>(
    _ read: () throws(ModelError) -> Value
  ) throws(OracleRefusal) -> Value {
    do throws(ModelError) { return try read() } catch {
      throw .unreadable(PlaceError(path: error.place, complaint: error.reason))
    }
  }

  private func computing<Value>(
    _ compute: () throws(GSLError) -> Value
  ) throws(OracleRefusal) -> Value {
    do throws(GSLError) { return try compute() } catch {
      throw .unreadable(
        PlaceError(path: "global", complaint: "leaves what doubles can hold: \(error)"))
    }
  }
}

// MARK: One answer for both priors

extension StructuredAutoencoderSpec {
  private func answered<Structure: LatentStructure>(
    _ bound: StructuredBound<Structure>, _ asked: [QuadraticPotential], _ evidence: QuadratureValue,
    local: [(key: String, value: JSON)], work: [(name: String, count: Double)],
    coordinates: ([Double]) -> JSON
  ) throws(OracleRefusal) -> ApproximationAnswer {
    let states = bound.local.states
    let fit = zip(outputs, states).map { decoder.expectedLogLikelihood(of: $0, under: $1) }
    let (surrogate, elbo, slopes, localTerm) = try computing { () throws(GSLError) in
      (
        try bound.surrogate().value, try bound.elbo(expectedLogLikelihoods: fit).value,
        try bound.potentialGradient(asked: asked), try bound.localTerm(asked: asked)
      )
    }
    let truncated = bound.truncatedNaturalGradient
    let full = zip(truncated, localTerm).map { $0 + $1 }
    let numbers = [surrogate, elbo, evidence.value] + full + slopes.flatMap { $0.linear.array }
    guard numbers.allSatisfy(\.isFinite) else {
      throw .unanswered(.overflow("observations"))
    }
    let decoderSlopes = decoder.expectedGradient(of: outputs, under: states)
    let (ratio, cosine) = (length(localTerm) / length(full), cosine(full, truncated))
    let members: [(key: String, value: JSON)] = [
      (
        "local",
        .object(
          [
            ("mean", .numbers(states.map { $0.mean[0] })),
            ("variance", .numbers(states.map { $0.covariance[0, 0] })),
          ] + local)
      ),
      ("surrogate", .number(surrogate)), ("elbo", .number(elbo)),
      ("logEvidence", .number(evidence.value)), ("klGap", .number(evidence.value - elbo)),
      (
        "gradient",
        .object([
          (
            "potentials",
            .object([
              ("precision", .numbers(slopes.map { $0.precision[0, 0] })),
              ("linear", .numbers(slopes.map { $0.linear[0] })),
            ])
          ),
          (
            "decoder",
            .object([
              ("weights", .numbers(decoderSlopes.weights.array)),
              ("bias", .numbers(decoderSlopes.bias.array)),
              ("logVariances", .numbers(decoderSlopes.logVariances.array)),
            ])
          ),
        ])
      ),
      (
        "naturalGradient",
        .object([
          ("full", coordinates(full)), ("withoutLocalTerm", coordinates(truncated)),
          ("localTerm", coordinates(localTerm)),
        ])
      ),
      ("localTermRatio", length(full) < 1e-12 ? .null : .number(ratio)),
      ("cosine", cosine.map(JSON.number) ?? .null),
    ]
    return ApproximationAnswer(
      members: members,
      sections: sections(
        states, surrogate, elbo, evidence.value, ratio, cosine),
      work: work)
  }

  private func sections(
    _ states: [GaussianFactor], _ surrogate: Double, _ elbo: Double, _ logEvidence: Double,
    _ ratio: Double, _ cosine: Double?
  ) -> [OracleSection] {
    [
      .line(label: "surrogate, which bounds nothing", value: surrogate),
      .line(label: "ELBO", value: elbo),
      .line(label: "log p(y)", value: logEvidence),
      .line(label: "gap", value: logEvidence - elbo),
      .line(label: "|local term| / |natural gradient|", value: ratio),
    ] + (cosine.map { [.line(label: "cosine without the local term", value: $0)] } ?? [])
      + OracleSection.table(
        "local factors", columns: ["n", "mean", "standard deviation"], count: states.count
      ) { n in
        (label: "\(n)", values: [states[n].mean[0], sqrt(states[n].covariance[0, 0])])
      }
  }
}

extension JSON {
  /// The natural coordinates of a mixture of one-dimensional components, by name.
  fileprivate static func mixture(_ numbers: [Double], components: Int) -> JSON {
    func column(_ place: Int) -> JSON {
      .numbers((0..<components).map { numbers[components + 4 * $0 + place] })
    }
    return .object([
      ("concentration", .numbers(numbers[..<components])), ("meanTimesKappa", column(0)),
      ("scatter", column(2)), ("kappa", column(1)), ("dof", column(3)),
    ])
  }

  /// The natural coordinates of the dynamics of one number, by name.
  fileprivate static func dynamics(_ numbers: [Double]) -> JSON {
    .object([
      ("meanTimesKappa", .number(numbers[0])), ("scatter", .number(numbers[2])),
      ("kappa", .number(numbers[1])), ("dof", .number(numbers[3])),
    ])
  }
}
