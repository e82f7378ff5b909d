import GSL
public import Models
public import Probability

// The brute-force twin of the forward-backward algorithm: every path, one after the other. It asks
// the model for the log joint of a complete path and knows nothing of messages.

/// The posterior of a chain, from all K^T paths.
public func enumeratedPosterior(of chain: ChainPotentials) -> ChainPosterior {
  enumeratedPosterior(states: chain.stateCount, length: chain.length, logJoint: chain.score)
}

extension HiddenMarkovPosterior {
  /// The same answer from all K^T paths, each with its log joint p(z, x).
  public static func enumerated(of sequence: HiddenMarkovSequence) -> HiddenMarkovPosterior {
    let posterior = enumeratedPosterior(
      states: sequence.model.stateCount, length: sequence.length, logJoint: sequence.logJoint)
    return HiddenMarkovPosterior(posterior, of: sequence)
  }
}

/// Sums over all K^T paths z with weights exp(logJoint(z)).
///
/// The largest log joint is taken out first, so paths of any size of probability are added safely.
public func enumeratedPosterior(
  states: Int, length: Int, logJoint: ([Int]) -> Double
) -> ChainPosterior {
  var largest = -Double.infinity
  forEachPath(states: states, length: length) { largest = max(largest, logJoint($0)) }
  guard largest > -.infinity else {
    return ChainPosterior(
      logPartition: ExactValue(-.infinity, roundingBound: 0), stateMarginals: nil,
      pairMarginals: nil)
  }
  var total = CompensatedSum()
  let empty = [Double](repeating: 0, count: states)
  var marginals = Array(repeating: empty, count: length)
  var pairs = Array(repeating: Array(repeating: empty, count: states), count: length - 1)
  forEachPath(states: states, length: length) { path in
    let weight = exp(logJoint(path) - largest)
    total.add(weight)
    for (t, state) in path.enumerated() { marginals[t][state] += weight }
    for (t, state) in path.dropLast().enumerated() { pairs[t][state][path[t + 1]] += weight }
  }
  let value = largest + log(total.value)
  // A log joint is a sum of 2T logarithms.
  let bound = Double(2 * length + 8) * Double.ulpOfOne * max(1, abs(value))
  return ChainPosterior(
    logPartition: ExactValue(value, roundingBound: bound),
    stateMarginals: marginals.map { $0.map { $0 / total.value } },
    pairMarginals: pairs.map { $0.map { $0.map { $0 / total.value } } })
}

/// Visits all lists of `length` numbers below `states`, the last place fastest.
func forEachPath(states: Int, length: Int, _ visit: ([Int]) -> Void) {
  forEachPath(states: states, length: length, in: 0..<Int.max, visit)
}

/// Visits those of them whose places in that order are in a range that is not empty.
func forEachPath<Failure: Error>(
  states: Int, length: Int, in range: Range<Int>, _ visit: ([Int]) throws(Failure) -> Void
) throws(Failure) {
  var path = [Int](repeating: 0, count: length)
  var rest = range.lowerBound
  for place in path.indices.reversed() {
    (rest, path[place]) = rest.quotientAndRemainder(dividingBy: states)
  }
  for _ in range {
    try visit(path)
    var place = length - 1
    while place >= 0, path[place] == states - 1 {
      path[place] = 0
      place -= 1
    }
    guard place >= 0 else { return }
    path[place] += 1
  }
}
