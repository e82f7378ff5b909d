public import Exact
public import JSONText
public import Probability

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
  /// What can be asked of it beside evidence and posterior.
  var questions: [OracleQuestion] { get }
  /// The answer to one of these questions, by the route that was asked for.
  ///
  /// - Parameters:
  ///   - question: one of ``questions``.
  ///   - request: which route, and how far.
  ///   - samples: how many are drawn of each observation, if samples are asked for.
  ///   - sampler: draws them.
  /// - Returns: the answer.
  /// - Throws: the refusal of the model, of the route or of the draws.
  func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer
}

extension OracleSpec {
  /// Most models need no more than those of a double.
  public var hasDoubledDigits: Bool { false }

  /// What a model does not answer it is not asked.
  public var questions: [OracleQuestion] { [] }

  /// None is asked of a model that lists none.
  public func further(
    _ question: OracleQuestion, _ request: ExactRequest, samples: Int, _ sampler: inout Sampler
  ) throws(OracleRefusal) -> FurtherAnswer {
    throw .uncomputed("ask: no answer to \"\(question.rawValue)\"")
  }

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
  ("factorial-hmm", FactorialSpec.self),
  ("hidden-semi-markov", SemiMarkovSpec.self),
  ("lda", TopicSpec.self),
  ("pcfg", GrammarSpec.self),
  ("spanning-tree", SpanningTreeSpec.self),
  ("bayesian-network", BayesianNetworkSpec.self),
  ("factor-graph", FactorGraphSpec.self),
  ("ising", IsingSpec.self),
  ("restricted-boltzmann-machine", RestrictedBoltzmannSpec.self),
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

/// The exact answer to the model that a place holds, and to what else is asked of it.
public func oracle(
  _ place: JSONPlace, _ request: ExactRequest = ExactRequest(),
  asking questions: OracleQuestions = OracleQuestions()
) throws(OracleRefusal) -> OracleAnswer {
  let (spec, asked): (any OracleSpec, OracleQuestions)
  do {
    let given = try QuestionedModel(place, questions)
    (spec, asked) = (try oracleSpec(given.model), given.questions)
  } catch { throw .unreadable(error) }
  guard request.digits != .thirtyTwo || spec.hasDoubledDigits else {
    throw .uncomputed("model: has no route with 32 digits (--digits)")
  }
  return try spec.answer(request, asked)
}
