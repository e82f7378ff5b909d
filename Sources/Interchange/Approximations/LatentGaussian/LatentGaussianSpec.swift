public import JSONText
public import Models
import Networks

/// A Gaussian latent seen through counts or bits, with the Gaussian that approximates its posterior, as
/// `"approximation": "laplace"` and `"approximation": "gaussian-vi"` describe them.
public struct LatentGaussianSpec: Sendable, Equatable {
  /// Which Gaussian is asked about.
  public enum Family: Sendable, Equatable {
    /// That at the mode.
    case laplace
    /// That of the largest ELBO, with any covariance or with a diagonal one.
    case best(isDiagonal: Bool)
  }

  /// The model with its observations.
  public let model: LatentGaussian
  /// The Gaussian.
  public let family: Family

  /// The most observations.
  public static let mostObservations = 200
  /// The largest count.
  static let largestCount = 1_000_000_000

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    let isLaplace = try place.member("approximation").string() == "laplace"
    try place.object(
      requiring: ["approximation", "prior", "likelihood", "observations"]
        + (isLaplace ? [] : ["covariance"]))
    if isLaplace {
      family = .laplace
    } else {
      family = .best(
        isDiagonal: try place.member("covariance").string(among: ["full", "diagonal"])
          == "diagonal")
    }
    model = try Self.model(place)
  }

  private static func model(_ place: JSONPlace) throws(PlaceError) -> LatentGaussian {
    let prior = try place.member("prior")
    let isChain = try prior.member("family").string(among: ["gaussian", "chain"]) == "chain"
    if isChain {
      try prior.object(requiring: [
        "family", "steps", "initialMean", "initialVariance", "dynamics", "dynamicsNoise",
      ])
    } else {
      try prior.object(requiring: ["family", "mean", "covariance"])
    }
    let dimension =
      isChain
      ? try prior.member("steps").integer(in: 1...LatentGaussian.mostLatents)
      : try prior.member("mean").array().count
    guard (1...LatentGaussian.mostLatents).contains(dimension) else {
      throw try prior.member("mean").error(
        "expected 1 to \(LatentGaussian.mostLatents) numbers, found \(dimension)")
    }
    let likelihood = try place.member("likelihood")
    try likelihood.object(requiring: ["family", "features", "offset"])
    let word = try likelihood.member("family").string(among: EventLaw.allCases.map(\.rawValue))
    let law = EventLaw(rawValue: word) ?? .poisson
    let features = try likelihood.member("features").matrix(columns: dimension)
    guard (1...mostObservations).contains(features.count) else {
      throw try likelihood.member("features").error(
        "expected 1 to \(mostObservations) rows, found \(features.count)")
    }
    let offset = try likelihood.member("offset").numbers(count: features.count)
    let counts = try place.member("observations").integers(
      count: features.count, in: law == .poisson ? 0...largestCount : 0...1)
    if isChain {
      let mean = try prior.member("initialMean").number()
      let variance = try prior.member("initialVariance").positiveNumber()
      let dynamics = try prior.member("dynamics").number()
      let noise = try prior.member("dynamicsNoise").positiveNumber()
      return try modelled(place) { () throws(ModelError) in
        try LatentGaussian(
          steps: dimension, initialMean: mean, initialVariance: variance, dynamics: dynamics,
          noise: noise, features: features, offset: offset, law: law, observations: counts)
      }
    }
    let mean = try prior.member("mean").numbers()
    let covariance = try prior.member("covariance").matrix(rows: dimension, columns: dimension)
    return try modelled(place) { () throws(ModelError) in
      try LatentGaussian(
        mean: mean, covariance: covariance, features: features, offset: offset, law: law,
        observations: counts)
    }
  }

  /// The model, or its refusal with the key under which the format has what it names.
  private static func modelled(
    _ place: JSONPlace, _ make: () throws(ModelError) -> LatentGaussian
  ) throws(PlaceError) -> LatentGaussian {
    do throws(ModelError) { return try make() } catch {
      let isSeen = ["features", "offset"].contains { error.place.hasPrefix($0) }
      throw try place.member(isSeen ? "likelihood" : "prior").refusal(error)
    }
  }
}
