public import Exact
public import JSONText

/// A model with its observations, and the way to its oracle.
public protocol OracleSpec: Sendable {
  /// Reads a spec, or refuses it with the place and the reason.
  init(_ place: JSONPlace) throws(PlaceError)
  /// The exact answer, or why there is none.
  func answer(_ request: ExactRequest) throws(OracleRefusal) -> OracleAnswer
  /// The sums of brute force, to be shared out, or why there are none.
  func sharedSums(_ request: ExactRequest) throws(ExactRefusal) -> SharedSums
  /// Whether there is a route with 32 digits.
  var hasDoubledDigits: Bool { get }
}

extension OracleSpec {
  /// Most models need no more than those of a double.
  public var hasDoubledDigits: Bool { false }

  /// Most models have none.
  public func sharedSums(_ request: ExactRequest) throws(ExactRefusal) -> SharedSums {
    throw .undivided("model", "brute force is no sum over numbered states here")
  }
}

/// Every model that has an oracle, by the word that names it; the only place that lists them.
let oracleSpecs: [(model: String, spec: any OracleSpec.Type)] = [
  ("mixture", MixtureSpec.self),
  ("latent-factor", LatentFactorSpec.self),
  ("linear-dynamical-system", LinearDynamicalSpec.self),
  ("switching-lds", SwitchingSpec.self),
  ("sigmoid-belief-network", BeliefNetworkSpec.self),
  ("bayesian-mixture", BayesianMixtureSpec.self),
  ("hmm", HiddenMarkovSpec.self),
  ("pcfg", GrammarSpec.self),
  ("spanning-tree", SpanningTreeSpec.self),
]

/// The models that have an oracle, as the key `model` names them.
public var oracleModels: [String] { oracleSpecs.map(\.model) }

/// Reads the model that a place holds.
public func oracleSpec(_ place: JSONPlace) throws(PlaceError) -> any OracleSpec {
  if try place.optional("model") == nil, try place.optional("spec") != nil {
    throw place.error("this is a case file: its model stands under \"spec\", give that alone")
  }
  let word = try place.member("model").string(among: oracleModels)
  guard let entry = oracleSpecs.first(where: { $0.model == word }) else {
    throw try place.member("model").error(expected: "the name of a model")
  }
  return try entry.spec.init(place)
}

/// The sums that brute force takes for the model that a place holds, to be shared out.
public func oracleSums(
  _ place: JSONPlace, _ request: ExactRequest = ExactRequest(route: .bruteForce)
) throws(OracleRefusal) -> SharedSums {
  let spec: any OracleSpec
  do { spec = try oracleSpec(place) } catch { throw .unreadable(error) }
  return try asking { () throws(ExactRefusal) in try spec.sharedSums(request) }
}

/// The exact answer to the model that a place holds.
public func oracle(
  _ place: JSONPlace, _ request: ExactRequest = ExactRequest()
) throws(OracleRefusal) -> OracleAnswer {
  let spec: any OracleSpec
  do { spec = try oracleSpec(place) } catch { throw .unreadable(error) }
  guard request.digits != .thirtyTwo || spec.hasDoubledDigits else {
    throw .uncomputed("model: has no route with 32 digits (--digits)")
  }
  return try spec.answer(request)
}
