public import JSONText
public import Models

/// A mixture and its observations, as `"model": "mixture"` describes them.
public struct MixtureSpec: Sendable, Equatable {
  /// The components are of one family, and so are the observations.
  public enum Family: Sendable, Equatable {
    case poisson(PoissonMixture, [Int])
    case gaussian(GaussianMixture, [Double])
    case multivariate(MultivariateGaussianMixture, [[Double]])
    case categorical(CategoricalMixture, [Int])
    case product(ProductMixture, [[ObservedValue?]])
  }

  /// The mixture with its observations.
  public let family: Family

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["model", "weights", "components", "observations"])
    let weights = try place.member("weights").distribution()
    let components = try place.member("components").array(count: weights.count)
    let observations = try place.member("observations")
    let reader = ComponentReader(weights: weights, places: components)
    switch try reader.family(among: ComponentReader.simple + ["product"]) {
    case "poisson":
      family = .poisson(
        try reader.poisson(),
        try observations.each { place throws(PlaceError) in try place.integer(in: 0...Int.max) })
    case "gaussian":
      family = .gaussian(
        try reader.gaussian(),
        try observations.each { place throws(PlaceError) in try place.number() })
    case "multivariate-gaussian":
      let mixture = try reader.multivariate()
      family = .multivariate(
        mixture,
        try observations.each { place throws(PlaceError) in
          try place.numbers(count: mixture.dimension)
        })
    case "product":
      let mixture = try reader.product()
      family = .product(
        mixture,
        try observations.each { place throws(PlaceError) in
          try place.observedValues(of: mixture.laws)
        })
    default:
      let mixture = try reader.categorical()
      family = .categorical(
        mixture,
        try observations.each { place throws(PlaceError) in
          try place.index(below: mixture.symbolCount)
        })
    }
  }
}
