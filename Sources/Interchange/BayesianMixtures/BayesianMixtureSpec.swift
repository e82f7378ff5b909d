public import JSONText
public import Models
import Probability

/// A Bayesian mixture and its observations, as `"model": "bayesian-mixture"` describes them.
public struct BayesianMixtureSpec: Sendable, Equatable {
  /// The most observations of an approximation that is shown beside its exact answer.
  public static let mostObservations = 8
  /// The most observations of which every set has a weight; what is done with them is capped besides.
  public static let mostOfOracle = 20

  /// The mixture.
  public let mixture: BayesianMixture
  /// The points.
  public let observations: [[Double]]

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try self.init(place, limit: BayesianMixtureSpec.mostOfOracle)
  }

  /// The same for more observations than an exact answer is given for.
  public init(_ place: JSONPlace, limit: Int) throws(PlaceError) {
    try place.object(requiring: ["model", "concentration", "prior", "observations"])
    _ = try place.member("model").string(among: ["bayesian-mixture"])
    try self.init(modelAt: place, limit: limit)
  }

  /// Reads the keys of the model, whatever else stands beside them.
  init(modelAt place: JSONPlace, limit: Int = mostObservations) throws(PlaceError) {
    let prior = try BayesianMixtureSpec.prior(try place.member("prior"))
    let concentration = try place.member("concentration").numbers()
    do throws(ModelError) {
      mixture = try BayesianMixture(concentration: concentration, prior: prior)
    } catch {
      throw place.refusal(error)
    }
    let points = try place.member("observations")
    observations = try points.matrix(columns: prior.dimension)
    guard observations.count <= limit else {
      throw points.error(
        "expected at most \(limit) observations, found \(observations.count)")
    }
  }

  private static func prior(_ place: JSONPlace) throws(PlaceError) -> NormalInverseWishart {
    try place.object(requiring: ["family", "mean", "kappa", "dof", "scale"])
    _ = try place.member("family").string(among: ["normal-inverse-wishart"])
    let mean = try place.member("mean").numbers()
    let (kappa, dof) = (try place.member("kappa").number(), try place.member("dof").number())
    let scale = try place.member("scale").matrix(rows: mean.count, columns: mean.count)
    do throws(ModelError) {
      return try NormalInverseWishart(mean: mean, kappa: kappa, dof: dof, scale: scale)
    } catch {
      throw place.refusal(error)
    }
  }
}
