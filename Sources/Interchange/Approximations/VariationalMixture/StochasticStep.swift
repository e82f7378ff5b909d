import Approximate
import Exact
import GSL
import JSONText
import Models
import Probability

/// A stochastic natural step from the globals of a fit: on one mini-batch, on all data, and in the mean over
/// all mini-batches of its size.
struct StochasticStep {
  let step: MixtureGlobals
  let full: MixtureGlobals
  /// The mean over mini-batches of λ₁, flattened, then of the ELBO.
  let means: [Double]
  let elboBefore: Double
  let elbo: Double
  let fullElbo: Double
  /// How many mini-batches there are.
  let batches: Double

  init(
    from fit: VariationalMixture, _ asked: VariationalMixtureSpec.Step, _ request: ExactRequest
  ) throws {
    let start = StochasticMixture(fit.mixture, fit.observations, globals: fit.globals)
    let (count, size) = (fit.observations.count, asked.batch.count)
    batches = (0..<size).reduce(1) { $0 * Double(count - $1) / Double($1 + 1) }
    try request.requireOutcomes(batches, "svi.batch: all subsets of \(size) observations")
    func moved(_ batch: [Int]) throws -> StochasticMixture {
      var next = start
      try next.step(asked.size, batch: batch)
      return next
    }
    let (one, all) = (try moved(asked.batch), try moved(Array(0..<count)))
    (step, full) = (one.globals, all.globals)
    elboBefore = try start.elbo().value
    (elbo, fullElbo) = (try one.elbo().value, try all.elbo().value)
    means = try exactMeans(limits: request.choiceLimits) { choices in
      var next = start
      try next.step(asked.size, batchSize: size, &choices)
      return next.globals.natural.flattened + [try next.elbo().value]
    }.map(\.value)
  }

  var json: JSON {
    let mean = full.natural.unflattened(means)
    return .object([
      ("natural", step.natural.json), ("meanNatural", mean.json),
      ("fullBatchNatural", full.natural.json), ("elboBefore", .number(elboBefore)),
      ("elbo", .number(elbo)), ("meanElbo", .number(means[means.count - 1])),
      ("fullBatchElbo", .number(fullElbo)),
    ])
  }

  var sections: [OracleSection] {
    let (own, mean, whole) = (step.natural, full.natural.unflattened(means), full.natural)
    return [
      .table(
        title: "a stochastic natural step: the ELBO",
        columns: ["", "nats"],
        rows: [
          (label: "before", values: [elboBefore]), (label: "this mini-batch", values: [elbo]),
          (label: "mean over all mini-batches", values: [means[means.count - 1]]),
          (label: "all data", values: [fullElbo]),
        ]),
      .table(
        title: "natural coordinates after it",
        columns: ["coordinate", "this mini-batch", "mean over all", "all data"],
        rows: own.names.indices.map {
          (
            label: own.names[$0],
            values: [own.flattened[$0], mean.flattened[$0], whole.flattened[$0]]
          )
        }),
    ]
  }
}

/// Global factors in the coordinates in which statistics are added: α, κm, Λ + κ m mᵀ, κ, ν.
struct NaturalCoordinates {
  var concentration: [Double]
  var meanTimesKappa: [[Double]]
  var scatter: [[[Double]]]
  var kappa: [Double]
  var dof: [Double]

  /// All numbers, in the order of the members.
  var flattened: [Double] {
    concentration + meanTimesKappa.joined() + scatter.joined().joined() + kappa + dof
  }

  /// The same shape, filled from a flat list.
  func unflattened(_ numbers: [Double]) -> NaturalCoordinates {
    var rest = numbers[...]
    func next(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    return NaturalCoordinates(
      concentration: next(concentration.count),
      meanTimesKappa: meanTimesKappa.map { next($0.count) },
      scatter: scatter.map { $0.map { next($0.count) } }, kappa: next(kappa.count),
      dof: next(dof.count))
  }

  /// A name for each number.
  var names: [String] {
    let (components, d) = (kappa.indices, meanTimesKappa.first?.indices ?? 0..<0)
    return components.map { "α_\($0)" } + components.flatMap { k in d.map { "(κm)_\(k)[\($0)]" } }
      + components.flatMap { k in d.flatMap { a in d.map { "(Λ + κmmᵀ)_\(k)[\(a)][\($0)]" } } }
      + components.map { "κ_\($0)" } + components.map { "ν_\($0)" }
  }

  var json: JSON {
    .object([
      ("concentration", .numbers(concentration)), ("meanTimesKappa", .matrix(meanTimesKappa)),
      ("scatter", .array(scatter.map { .matrix($0) })), ("kappa", .numbers(kappa)),
      ("dof", .numbers(dof)),
    ])
  }
}

extension MixtureGlobals {
  var natural: NaturalCoordinates {
    NaturalCoordinates(
      concentration: weights.concentration,
      meanTimesKappa: components.map { q in q.mean.map { q.kappa * $0 } },
      scatter: components.map { q in
        q.mean.indices.map { a in
          q.mean.indices.map { q.scale[a][$0] + q.kappa * q.mean[a] * q.mean[$0] }
        }
      }, kappa: components.map(\.kappa), dof: components.map(\.dof))
  }
}
