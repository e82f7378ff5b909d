public import JSONText
public import Models

/// A latent-factor model and its documents, as `"model": "latent-factor"` describes them.
public struct LatentFactorSpec: Sendable, Equatable {
  /// The model.
  public let model: LatentFactorModel
  /// The documents, each observed under the model; a document may be empty.
  public let documents: [LatentFactorDocument]

  /// Reads a spec, or refuses it with the place and the reason.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(requiring: ["model", "prior", "weights", "bias", "observations"])
    let name = try place.member("model").string()
    guard name == "latent-factor" else {
      throw try place.member("model").error(expected: "\"latent-factor\"")
    }
    let prior = try place.member("prior").probabilities()
    let bias = try place.member("bias").numbers()
    guard !bias.isEmpty else {
      throw try place.member("bias").error(expected: "a score for at least one word")
    }
    let weights = try place.member("weights").matrix(rows: prior.count, columns: bias.count)
    let model = try place.making { () throws(ModelError) in
      try LatentFactorModel(prior: prior, weights: weights, bias: bias)
    }
    self.model = model
    documents = try place.member("observations").each { document throws(PlaceError) in
      let words = try document.each { word throws(PlaceError) in try word.index(below: bias.count) }
      return try place.making { () throws(ModelError) in try model.observing(words) }
    }
  }
}
