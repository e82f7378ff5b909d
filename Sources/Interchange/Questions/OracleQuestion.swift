/// What can be asked of a model beside its evidence and its posterior.
///
/// The word of a question is its key in the answer.
public enum OracleQuestion: String, Sendable, CaseIterable {
  /// The most probable state of all that is hidden: a path, a tree, an assignment.
  case explanation
  /// States drawn from the posterior.
  case samples
  /// What each step says of its state without the steps after it, and without its own observation.
  case filtered
  /// How often each parameter is used: emissions, moves, assignments.
  case counts
  /// Marginals of what the posterior leaves out: lower layers, spans.
  case marginals
  /// The slopes of the sum of all log evidences, by each parameter.
  case gradient
  /// How uncertain the posterior leaves what is hidden, in nats.
  case entropy

  /// The question in a few words.
  public var meaning: String {
    switch self {
    case .explanation: "the most probable hidden state, with its log probability"
    case .samples: "hidden states drawn from the posterior (--samples, --seed)"
    case .filtered: "states given the steps up to them, and before them"
    case .counts: "how often parameters are expected to be used: emissions, moves, topics"
    case .marginals: "marginals that the posterior leaves out: of layers, spans, states"
    case .gradient: "slopes of the log evidence by every parameter"
    case .entropy: "the entropy of the posterior, in nats"
    }
  }
}

/// Questions with what they need to be answered.
public struct OracleQuestions: Sendable, Equatable {
  /// The most samples that are drawn of each observation.
  public static let mostSamples = 1_000_000

  /// What is asked, in the order of the questions.
  public var asked: [OracleQuestion]
  /// How many samples are drawn of each observation.
  public var samples: Int
  /// The seed of the generator that draws them, one observation after the other.
  public var seed: UInt64

  /// Questions; without arguments, none.
  public init(_ asked: [OracleQuestion] = [], samples: Int = 1, seed: UInt64 = 1) {
    self.asked = OracleQuestion.allCases.filter(asked.contains)
    self.samples = samples
    self.seed = seed
  }
}
