import JSONText
import Models

/// What K states emit, as the key `emission` describes it: lists over states, of one family or of several.
struct EmissionReader {
  /// The families of one value.
  static let simple = ["categorical", "gaussian", "poisson", "multivariate-gaussian"]

  let states: Int

  /// Every state is possible: what a mixture's weights say, and all that they say here.
  private var weights: [Double] { Array(repeating: 1 / Double(states), count: states) }

  /// The laws of one value.
  func laws(_ place: JSONPlace) throws(PlaceError) -> StateLaws {
    switch try place.member("family").string(among: EmissionReader.simple) {
    case "poisson":
      try place.object(requiring: ["family", "rates"])
      let rates = try positives(try place.member("rates"))
      return .poisson(
        try place.making { () throws(ModelError) in
          try PoissonMixture(weights: weights, rates: rates)
        })
    case "gaussian":
      try place.object(requiring: ["family", "means", "variances"])
      let means = try place.member("means").numbers(count: states)
      let variances = try positives(try place.member("variances"))
      return .gaussian(
        try place.making { () throws(ModelError) in
          try GaussianMixture(weights: weights, means: means, variances: variances)
        })
    case "multivariate-gaussian": return .multivariate(try points(place))
    default:
      try place.object(requiring: ["family", "probabilities"])
      let table = try place.member("probabilities").conditionals(rows: states)
      return .categorical(
        try place.making { () throws(ModelError) in
          try CategoricalMixture(weights: weights, probabilities: table)
        })
    }
  }

  private func points(
    _ place: JSONPlace
  ) throws(PlaceError) -> MultivariateGaussianMixture {
    try place.object(requiring: ["family", "means", "covariances"])
    let means = try place.member("means").matrix(rows: states)
    let dimension = means.first?.count ?? 0
    guard dimension > 0 else {
      throw try place.member("means").error(expected: "at least one number a state")
    }
    var covariances: [[[Double]]] = []
    for covariance in try place.member("covariances").array(count: states) {
      covariances.append(try covariance.matrix(rows: dimension, columns: dimension))
    }
    return try place.making { () throws(ModelError) in
      try MultivariateGaussianMixture(weights: weights, means: means, covariances: covariances)
    }
  }

  /// The laws of a step: of several values, or of one.
  func stepLaws(_ place: JSONPlace) throws(PlaceError) -> ProductLaws {
    if place.value["family"] == "product" { return try product(place) }
    let laws = try laws(place)
    return try place.making { () throws(ModelError) in try ProductLaws([laws]) }
  }

  /// The laws of several values.
  private func product(_ place: JSONPlace) throws(PlaceError) -> ProductLaws {
    try place.object(requiring: ["family", "factors"])
    let factors = try place.member("factors")
    let laws = try factors.each { place throws(PlaceError) in try self.laws(place) }
    guard !laws.isEmpty else { throw factors.error(expected: "at least one factor") }
    return try place.making { () throws(ModelError) in try ProductLaws(laws) }
  }

  private func positives(_ place: JSONPlace) throws(PlaceError) -> [Double] {
    var positives: [Double] = []
    for number in try place.array(count: states) { positives.append(try number.positiveNumber()) }
    return positives
  }
}

extension JSONPlace {
  /// What was observed in a step: a value, or a list of them; null where nothing was.
  func stepValues(of laws: ProductLaws, isList: Bool) throws(PlaceError) -> [ObservedValue?] {
    if isNull { return laws.factors.map { _ in nil } }
    return isList ? try observedValues(of: laws) : [try observedValue(of: laws.factors[0])]
  }
}
