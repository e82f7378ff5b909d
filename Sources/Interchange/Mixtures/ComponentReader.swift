import JSONText
import Models

/// The components of a mixture, or one factor of each, as the places that describe them; all of one family.
struct ComponentReader {
  /// The families of one value.
  static let simple = ["poisson", "gaussian", "multivariate-gaussian", "categorical"]

  let weights: [Double]
  let places: [JSONPlace]

  /// The family of the first component, which must be that of all.
  func family(among words: [String]) throws(PlaceError) -> String {
    var first: String?
    for component in places {
      let place = try component.member("family")
      let word = try place.string(among: words)
      if let first, word != first {
        throw place.error(expected: "\"\(first)\" as in the first component")
      }
      first = word
    }
    return first ?? ""
  }

  func poisson() throws(PlaceError) -> PoissonMixture {
    var rates: [Double] = []
    for place in places {
      try place.object(requiring: ["family", "rate"])
      rates.append(try place.member("rate").positiveNumber())
    }
    return try model { () throws(ModelError) in try PoissonMixture(weights: weights, rates: rates) }
  }

  func gaussian() throws(PlaceError) -> GaussianMixture {
    var (means, variances): ([Double], [Double]) = ([], [])
    for place in places {
      try place.object(requiring: ["family", "mean", "variance"])
      means.append(try place.member("mean").number())
      variances.append(try place.member("variance").positiveNumber())
    }
    return try model { () throws(ModelError) in
      try GaussianMixture(weights: weights, means: means, variances: variances)
    }
  }

  func multivariate() throws(PlaceError) -> MultivariateGaussianMixture {
    var (means, covariances): ([[Double]], [[[Double]]]) = ([], [])
    for place in places {
      try place.object(requiring: ["family", "mean", "covariance"])
      let mean = try place.member("mean").numbers(count: means.first?.count)
      guard !mean.isEmpty else {
        throw try place.member("mean").error(expected: "at least one number")
      }
      means.append(mean)
      let covariance = try place.member("covariance")
      covariances.append(try covariance.matrix(rows: mean.count, columns: mean.count))
    }
    return try model { () throws(ModelError) in
      try MultivariateGaussianMixture(weights: weights, means: means, covariances: covariances)
    }
  }

  func categorical() throws(PlaceError) -> CategoricalMixture {
    var rows: [[Double]] = []
    for place in places {
      try place.object(requiring: ["family", "probabilities"])
      rows.append(try place.member("probabilities").distribution(count: rows.first?.count))
    }
    return try model { () throws(ModelError) in
      try CategoricalMixture(weights: weights, probabilities: rows)
    }
  }

  /// The laws of one value.
  func laws() throws(PlaceError) -> StateLaws {
    switch try family(among: ComponentReader.simple) {
    case "poisson": .poisson(try poisson())
    case "gaussian": .gaussian(try gaussian())
    case "multivariate-gaussian": .multivariate(try multivariate())
    default: .categorical(try categorical())
    }
  }

  /// The laws of several values, factor by factor.
  func product() throws(PlaceError) -> ProductMixture {
    var rows: [[JSONPlace]] = []
    for place in places {
      try place.object(requiring: ["family", "factors"])
      let factors = try place.member("factors")
      rows.append(try factors.array(count: rows.first?.count))
      guard !rows[0].isEmpty else { throw factors.error(expected: "at least one factor") }
    }
    var laws: [StateLaws] = []
    for f in (rows.first ?? []).indices {
      laws.append(try ComponentReader(weights: weights, places: rows.map { $0[f] }).laws())
    }
    return try model { () throws(ModelError) in
      try ProductMixture(weights: weights, laws: try ProductLaws(laws))
    }
  }

  /// What a model refuses, in the words of the format: `covariances[1]` is the covariance of component 1.
  private func model<Value>(_ make: () throws(ModelError) -> Value) throws(PlaceError) -> Value {
    do throws(ModelError) {
      return try make()
    } catch {
      let list = "covariances["
      guard error.place.hasPrefix(list), let end = error.place.firstIndex(of: "]"),
        let component = Int(error.place.dropFirst(list.count).prefix { $0 != "]" }),
        places.indices.contains(component)
      else { throw PlaceError(path: error.place, complaint: error.reason) }
      let rest = error.place[error.place.index(after: end)...]
      throw PlaceError(
        path: "\(places[component].path).covariance\(rest)", complaint: error.reason)
    }
  }
}

extension JSONPlace {
  /// A value that laws are of; null where it was not observed.
  func observedValue(of laws: StateLaws) throws(PlaceError) -> ObservedValue? {
    if isNull { return nil }
    return switch laws {
    case .categorical(let mixture): .whole(try index(below: mixture.symbolCount))
    case .poisson: .whole(try integer(in: 0...Int.max))
    case .gaussian: .number(try number())
    case .multivariate(let mixture): .point(try numbers(count: mixture.dimension))
    }
  }

  /// A value a factor.
  func observedValues(of laws: ProductLaws) throws(PlaceError) -> [ObservedValue?] {
    var values: [ObservedValue?] = []
    for (place, factor) in zip(try array(count: laws.factors.count), laws.factors) {
      values.append(try place.observedValue(of: factor))
    }
    return values
  }
}
