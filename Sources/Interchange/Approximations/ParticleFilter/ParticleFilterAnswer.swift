import Approximate
public import Exact
import GSL
import JSONText
import Models
import Probability

extension ParticleFilterSpec: ApproximationSpec {
  /// The numbers of particles that are answered for.
  static let particles = 1...3

  /// The exact law of the filter for one, two and three particles, beside the forward recursion.
  public func answer(_ request: ExactRequest) throws(OracleRefusal) -> ApproximationAnswer {
    let sequence = move.sequence
    let states = sequence.model.stateCount
    let clouds = ParticleFilterSpec.particles.map(clouds)
    try request.requireOutcomes(
      clouds.reduce(0, +),
      "observations: up to \(ParticleFilterSpec.particles.upperBound) particles of \(states) states"
        + " over \(counted(sequence.length, "step"))")
    let laws = try computing {
      var done = 0.0
      return try zip(ParticleFilterSpec.particles, clouds).map { particles, clouds in
        let before = done
        let law = try ParticleLaw(
          particles: particles, steps: sequence.length, states: states,
          limits: request.choiceLimits,
          progress: { request.progress?(before + Double($0), clouds) },
          move: { step, from, choices in try move(step, from, &choices) })
        done += Double(law.visited)
        return law
      }
    }
    let exact = HiddenMarkovPosterior(of: sequence)
    let filter = exact.stateMarginals?.last
    let counts = ParticleFilterSpec.particles.map { "N\($0)" }
    return ApproximationAnswer(
      members: [
        ("logEvidence", .number(exact.logEvidence.value)),
        ("filter", filter.map { .numbers($0) } ?? .null),
        ("particles", .object(zip(counts, laws).map { (key: $0, value: $1.json) })),
      ],
      sections: sections(laws, exact.logEvidence.value, filter),
      work: [("clouds", laws.reduce(0) { $0 + Double($1.visited) })])
  }

  /// How many clouds there are to visit, at most: each unordered draw of kinds, after each other.
  private func clouds(_ particles: Int) -> Double {
    let states = Double(move.sequence.model.stateCount)
    // The weight of the best proposal depends on the ancestor.
    let kinds = move.proposal == .bootstrap ? states : states * states
    let (first, later) = (draws(of: particles, states), draws(of: particles, kinds))
    let steps = Double(move.sequence.length)
    return first + (steps > 1 ? first * later : 0) + max(0, steps - 2) * later * later
  }

  /// C(kinds + N − 1, N).
  private func draws(of particles: Int, _ kinds: Double) -> Double {
    (0..<particles).reduce(1) { $0 * (kinds + Double($1)) / Double($1 + 1) }
  }

  private func sections(
    _ laws: [ParticleLaw], _ evidence: Double, _ filter: [Double]?
  ) -> [OracleSection] {
    let counts = ParticleFilterSpec.particles.map { "N = \($0)" }
    return [
      .line(label: "log p(x)", value: evidence),
      .table(
        title: "the evidence that N particles estimate, over every run",
        columns: ["", "E[Ẑ]", "Var[Ẑ]", "E[log Ẑ]", "P(Ẑ = 0)"],
        rows: zip(counts, laws).map {
          (
            label: $0,
            values: [$1.evidence, $1.varianceOfEvidence, $1.logEvidence, $1.extinction]
          )
        }),
    ]
      + OracleSection.table(
        "the last state: the filter, and the mean weighted histogram of runs that live",
        columns: ["z"] + (filter == nil ? [] : ["p(z|x)"])
          + zip(counts, laws).filter { $1.filter != nil }.map { $0.0 },
        count: filter == nil && laws.allSatisfy { $0.filter == nil }
          ? 0 : move.sequence.model.stateCount
      ) { z in
        (
          label: "\(z)",
          values: (filter.map { [$0[z]] } ?? []) + laws.compactMap { $0.filter?[z] }
        )
      }
  }
}

extension ParticleLaw {
  fileprivate var json: JSON {
    .object([
      ("expectedEvidence", .number(evidence)),
      ("varianceOfEvidence", .number(varianceOfEvidence)),
      ("expectedLogEvidence", .number(logEvidence)),
      ("extinction", .number(extinction)),
      ("expectedFilter", filter.map { .numbers($0) } ?? .null),
    ])
  }
}
