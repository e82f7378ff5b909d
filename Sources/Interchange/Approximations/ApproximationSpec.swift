public import Exact
public import JSONText

/// A small model with an approximation of it, and the way to the exact numbers of both.
public protocol ApproximationSpec: Sendable {
  /// Reads a spec, or refuses it with the place and the reason.
  init(_ place: JSONPlace) throws(PlaceError)
  /// The approximation's exact numbers beside the exact answer, or why there are none.
  func answer(_ request: ExactRequest) throws(OracleRefusal) -> ApproximationAnswer
}

/// Every approximation that answers, by the word that names it; the only place that lists them.
let approximationSpecs: [(approximation: String, spec: any ApproximationSpec.Type)] = [
  ("gaussian-vi", LatentGaussianSpec.self),
  ("importance", ImportanceSpec.self),
  ("laplace", LatentGaussianSpec.self),
  ("markov-chain", MarkovChainSpec.self),
  ("particle-filter", ParticleFilterSpec.self),
  ("structured-mean-field", StructuredMeanFieldSpec.self),
  ("structured-vae", StructuredAutoencoderSpec.self),
  ("vae-1d", ScalarAutoencoderSpec.self),
  ("variational-mixture", VariationalMixtureSpec.self),
  ("wake-sleep", WakeSleepSpec.self),
]

/// The approximations that answer, as the key `approximation` names them.
public var approximations: [String] { approximationSpecs.map(\.approximation) }

/// Reads the approximation that a place holds.
public func approximationSpec(_ place: JSONPlace) throws(PlaceError) -> any ApproximationSpec {
  if try place.optional("approximation") == nil, try place.optional("spec") != nil {
    throw place.error(
      "this is a case file: its approximation stands under \"spec\", give that alone")
  }
  if try place.optional("approximation") == nil, try place.optional("model") != nil {
    throw place.error("missing key \"approximation\" (the exact answer to a model: lessons oracle)")
  }
  let word = try place.member("approximation").string(among: approximations)
  guard let entry = approximationSpecs.first(where: { $0.approximation == word }) else {
    throw try place.member("approximation").error(expected: "the name of an approximation")
  }
  return try entry.spec.init(place)
}

/// The exact numbers of the approximation that a place holds, beside the exact answer.
public func approximation(
  _ place: JSONPlace, _ request: ExactRequest = ExactRequest()
) throws(OracleRefusal) -> ApproximationAnswer {
  let spec: any ApproximationSpec
  do { spec = try approximationSpec(place) } catch { throw .unreadable(error) }
  return try spec.answer(request)
}
