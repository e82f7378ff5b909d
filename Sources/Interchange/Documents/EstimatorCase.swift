public import JSONText
public import Models
public import Probability

/// One document, a factorised q and a baseline: what the moments of gradient estimators are taken of.
public struct EstimatorCase: Sendable, Equatable {
  /// The document under its model.
  public let document: LatentFactorDocument
  /// q(z).
  public let q: BernoulliFactors
  /// c.
  public let constantBaseline: Double

  /// A case made of its parts.
  public init(document: LatentFactorDocument, q: BernoulliFactors, constantBaseline: Double) {
    self.document = document
    self.q = q
    self.constantBaseline = constantBaseline
  }

  /// Reads a case, or refuses it with the place and the reason.
  ///
  /// What a case file says about its expected answer is not looked at.
  public init(_ place: JSONPlace) throws(PlaceError) {
    try place.object(
      requiring: ["spec", "q", "constantBaseline"], allowing: ["name", "expected", "tolerance"])
    let spec = try LatentFactorSpec(try place.member("spec"))
    let q = try place.member("q").object(requiring: ["probabilities"]).member("probabilities")
    let probabilities = try q.probabilities(count: spec.model.factorCount)
    guard spec.documents.count == 1 else {
      throw try place.member("spec").member("observations").error(
        "expected 1 document, found \(spec.documents.count)")
    }
    self.init(
      document: spec.documents[0], q: BernoulliFactors(probabilities),
      constantBaseline: try place.member("constantBaseline").number())
  }
}
