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
  }

  /// The mixture with its observations.
  public let family: Family

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["model", "weights", "components", "observations"])
    let weights = try place.member("weights").distribution()
    let components = try place.member("components")
    let word = try MixtureSpec.familyWord(try components.array(count: weights.count))
    let reader = MixtureReader(
      weights: weights, components: components,
      observations: try place.member("observations"))
    switch word {
    case "poisson": family = try reader.poisson()
    case "gaussian": family = try reader.gaussian()
    case "multivariate-gaussian": family = try reader.multivariate()
    default: family = try reader.categorical()
    }
  }

  /// The family of the first component, which must be that of all.
  private static func familyWord(_ components: [JSONPlace]) throws(PlaceError) -> String {
    var first: String?
    for component in components {
      let place = try component.member("family")
      let word = try place.string(
        among: ["poisson", "gaussian", "multivariate-gaussian", "categorical"])
      if let first, word != first {
        throw place.error(expected: "\"\(first)\" as in the first component")
      }
      first = word
    }
    return first ?? ""
  }
}

/// The parts of a spec before its family is known.
private struct MixtureReader {
  let weights: [Double]
  let components: JSONPlace
  let observations: JSONPlace

  func poisson() throws(PlaceError) -> MixtureSpec.Family {
    let rates = try components.each { place throws(PlaceError) in
      try place.object(requiring: ["family", "rate"]).member("rate").positiveNumber()
    }
    let mixture = try model { () throws(ModelError) in
      try PoissonMixture(weights: weights, rates: rates)
    }
    return .poisson(
      mixture,
      try observations.each { place throws(PlaceError) in try place.integer(in: 0...Int.max) })
  }

  func gaussian() throws(PlaceError) -> MixtureSpec.Family {
    let laws = try components.each { place throws(PlaceError) in
      try place.object(requiring: ["family", "mean", "variance"])
      return (
        mean: try place.member("mean").number(),
        variance: try place.member("variance").positiveNumber()
      )
    }
    let mixture = try model { () throws(ModelError) in
      try GaussianMixture(
        weights: weights, means: laws.map(\.mean), variances: laws.map(\.variance))
    }
    return .gaussian(
      mixture, try observations.each { place throws(PlaceError) in try place.number() })
  }

  func multivariate() throws(PlaceError) -> MixtureSpec.Family {
    var means: [[Double]] = []
    var covariances: [[[Double]]] = []
    for place in try components.array() {
      try place.object(requiring: ["family", "mean", "covariance"])
      let mean = try place.member("mean").numbers(count: means.first?.count)
      guard !mean.isEmpty else {
        throw try place.member("mean").error(expected: "at least one number")
      }
      means.append(mean)
      let covariance = try place.member("covariance")
      covariances.append(try covariance.matrix(rows: mean.count, columns: mean.count))
    }
    let mixture = try model { () throws(ModelError) in
      try MultivariateGaussianMixture(weights: weights, means: means, covariances: covariances)
    }
    return .multivariate(
      mixture,
      try observations.each { place throws(PlaceError) in
        try place.numbers(count: mixture.dimension)
      })
  }

  func categorical() throws(PlaceError) -> MixtureSpec.Family {
    var rows: [[Double]] = []
    for place in try components.array() {
      try place.object(requiring: ["family", "probabilities"])
      rows.append(try place.member("probabilities").distribution(count: rows.first?.count))
    }
    let mixture = try model { () throws(ModelError) in
      try CategoricalMixture(weights: weights, probabilities: rows)
    }
    return .categorical(
      mixture,
      try observations.each { place throws(PlaceError) in
        try place.index(below: mixture.symbolCount)
      })
  }

  /// What a model refuses, in the words of the format: `covariances[1]` is `components[1].covariance`.
  private func model<Value>(
    _ make: () throws(ModelError) -> Value
  ) throws(PlaceError) -> Value {
    do throws(ModelError) {
      return try make()
    } catch {
      guard error.place.hasPrefix("covariances["), let end = error.place.firstIndex(of: "]") else {
        throw PlaceError(path: error.place, complaint: error.reason)
      }
      let rest = error.place[error.place.index(after: end)...]
      let component = error.place.dropFirst("covariances".count)[...end]
      throw PlaceError(path: "components\(component).covariance\(rest)", complaint: error.reason)
    }
  }
}
