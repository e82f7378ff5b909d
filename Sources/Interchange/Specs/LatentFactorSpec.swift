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
    do throws(ModelError) {
      model = try LatentFactorModel(prior: prior, weights: weights, bias: bias)
    } catch {
      throw place.refusal(error)
    }
    var documents: [LatentFactorDocument] = []
    for document in try place.member("observations").array() {
      let words = try LatentFactorSpec.words(document, below: bias.count)
      do throws(ModelError) {
        documents.append(try model.observing(words))
      } catch {
        throw place.refusal(error)
      }
    }
    self.documents = documents
  }

  private static func words(_ document: JSONPlace, below count: Int) throws(PlaceError) -> [Int] {
    var words: [Int] = []
    for word in try document.array() { words.append(try word.index(below: count)) }
    return words
  }
}
