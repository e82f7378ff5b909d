public import Probability

/// How an exact sum goes about what is hidden.
public enum ExactRoute: String, Sendable, CaseIterable {
  /// Visits every state of what is hidden, one by one.
  case bruteForce = "brute-force"
  /// Uses the structure of the model: a dynamic program, an elimination, a closed form.
  case structured
}

/// How many digits the numbers on the way to an answer have.
public enum ExactDigits: Int, Sendable, CaseIterable {
  /// Those of a double.
  case sixteen = 16
  /// Twice as many, in two doubles.
  case thirtyTwo = 32
}

/// What is asked of an oracle beside the model.
public struct ExactRequest: Sendable {
  /// The largest number of states that are visited unless more are allowed.
  public static let defaultMaxStates = 0x1p34

  /// The largest number of outcomes of an approximation's choices unless more are allowed.
  public static let defaultMaxOutcomes = 1e8

  /// The route to take; nil leaves the choice to the oracle.
  ///
  /// Where a model has one route only, that one is taken whatever was asked; the answer says which.
  public var route: ExactRoute?
  /// How many digits to work with; nil takes 32 where 16 do not hold what is promised.
  ///
  /// A route that works with 32 digits anyway takes these.
  public var digits: ExactDigits?
  /// More states than this are refused before the work begins.
  public var maxStates: Double
  /// More outcomes than this of a program of random choices are refused before it is run over all.
  public var maxOutcomes: Double
  /// Sums over states that brute force would visit and that were found before, each as nodes of its
  /// tree of leaves; nil where they are to be found.
  public var found: [[LeafNode]]?
  /// Told now and then, on long work, how many of all states have been visited.
  public var progress: (@Sendable (_ done: Double, _ total: Double) -> Void)?

  /// A request; without arguments, the best route within 2^34 states and 10^8 outcomes, silently.
  public init(
    route: ExactRoute? = nil, digits: ExactDigits? = nil, maxStates: Double = defaultMaxStates,
    maxOutcomes: Double = defaultMaxOutcomes,
    progress: (@Sendable (_ done: Double, _ total: Double) -> Void)? = nil
  ) {
    self.route = route
    self.digits = digits
    self.maxStates = maxStates
    self.maxOutcomes = maxOutcomes
    self.progress = progress
  }
}

extension ExactRequest {
  /// Refuses work over more states than are allowed, before it begins.
  ///
  /// - Parameters:
  ///   - states: how many states would be visited, infinity where it leaves the doubles.
  ///   - what: the place and what there is of it, as in `prior: 40 factors`.
  /// - Throws: the refusal, with the number of states and the limit.
  func require(_ states: Double, _ what: String) throws(ExactRefusal) {
    // The negated form refuses a count that is no number too. Beyond 2^62 no counter goes.
    guard states <= min(maxStates, 0x1p62) else {
      throw .tooManyStates(what: what, needed: states, limit: min(maxStates, 0x1p62))
    }
  }

  /// The most numbers that the tables of a dynamic program may have: a gigabyte of them.
  private static let mostCells = 0x1p27

  /// Refuses tables that memory is not given to.
  ///
  /// - Parameters:
  ///   - cells: how many numbers the tables have.
  ///   - what: the place and what there is of it, as in `observations[2]: 9000 words`.
  /// - Throws: the refusal, with the number of cells and the limit.
  func requireMemory(for cells: Double, _ what: String) throws(ExactRefusal) {
    guard cells <= ExactRequest.mostCells else {
      throw .tooManyCells(what: what, needed: cells, limit: ExactRequest.mostCells)
    }
  }

  /// For work that reports its states in portions: tells `progress` the sum so far.
  func counting(upTo total: Double) -> ((_ states: Double) -> Void)? {
    guard let progress else { return nil }
    var done = 0.0
    return { states in
      done += states
      progress(done, total)
    }
  }
}
