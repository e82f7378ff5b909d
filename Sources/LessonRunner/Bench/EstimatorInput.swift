import Approximate
import Interchange
import JSONText
import Models
import Probability

/// What `exact-moments-d10-s2.json` holds: a document, a q, and an estimator with its samples.
struct EstimatorInput {
  /// The estimator, by its name.
  let estimator: EstimatorName
  /// S.
  let samples: Int
  /// The document that is observed.
  let document: LatentFactorDocument
  /// q.
  let q: BernoulliFactors

  /// Reads the file, or refuses it with the place and the reason.
  init(_ file: JSONPlace) throws {
    let names = EstimatorName.allCases.map(\.rawValue)
    let name = try file.member("estimator").string(among: names)
    estimator = EstimatorName(rawValue: name) ?? .scoreFunction
    samples = try file.member("samples").integer(in: 1...8)
    let spec = try LatentFactorSpec(try file.member("spec"))
    guard let first = spec.documents.first else {
      throw try file.member("spec").error(expected: "an observation")
    }
    document = first
    q = BernoulliFactors(
      try file.member("q").member("probabilities").probabilities(count: spec.model.factorCount))
  }
}
