/// The random choices that a stochastic algorithm may make when its outcomes can all be visited.
///
/// A program written against this protocol has two meanings and one text: a `Sampler` draws its
/// choices, an `Exhaustive` interpreter visits every outcome of every choice. Nothing continuous
/// is offered here, so a program that compiles against it has an exact law.
public protocol DiscreteChoicesProtocol: ~Copyable {
  /// True with the given probability.
  mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool
  /// An index drawn with the given probabilities, which must sum to one.
  mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int
  /// An index below `count`, all equally likely.
  mutating func choose(below count: Int) throws(ChoiceError) -> Int
  /// An index below `count`, all equally likely and none simpler than the others: a place on a line.
  mutating func place(below count: Int) throws(ChoiceError) -> Int
  /// One independent flip a probability, written as zeros and ones in place of what stood there.
  mutating func flip(_ probabilities: [Double], into bits: inout [Double]) throws(ChoiceError)
  /// One independent flip a probability, as a list of zeros and ones.
  mutating func bits(_ probabilities: [Double]) throws(ChoiceError) -> [Double]
}

/// The constraint to write: `func run<Choices: DiscreteChoices>(_ choices: inout Choices)`.
public typealias DiscreteChoices = DiscreteChoicesProtocol & ~Copyable

/// Discrete choices and continuous noise; only sampling and quadrature can interpret these.
public protocol RandomChoicesProtocol: DiscreteChoicesProtocol, ~Copyable {
  /// A number uniform between zero and one.
  mutating func uniform() throws(ChoiceError) -> Double
  /// A draw from N(0, 1).
  mutating func standardNormal() throws(ChoiceError) -> Double
  /// A number uniform between zero and one that is used as a polynomial of a degree between cuts.
  ///
  /// Whoever draws it draws it as any other. What the program says of its use is what an exact
  /// interpreter needs: a square of that polynomial is integrated without error by degree + 1 points a
  /// piece.
  mutating func uniform(cutAt cuts: [Double], degree: Int) throws(ChoiceError) -> Double
}

/// The constraint to write for programs with continuous noise.
public typealias RandomChoices = RandomChoicesProtocol & ~Copyable

extension RandomChoicesProtocol where Self: ~Copyable {
  /// A uniform number like any other; only exact interpreters look at the cuts.
  public mutating func uniform(cutAt cuts: [Double], degree: Int) throws(ChoiceError) -> Double {
    try uniform()
  }
}

extension DiscreteChoicesProtocol where Self: ~Copyable {
  /// An index like any other; only who looks for small cases has to tell them apart.
  public mutating func place(below count: Int) throws(ChoiceError) -> Int {
    try choose(below: count)
  }

  /// One independent flip a probability, as a list of zeros and ones.
  public mutating func bits(_ probabilities: [Double]) throws(ChoiceError) -> [Double] {
    var bits: [Double] = []
    bits.reserveCapacity(probabilities.count)
    try flip(probabilities, into: &bits)
    return bits
  }

  /// One flip after the other; the list of bits keeps its memory.
  public mutating func flip(
    _ probabilities: [Double], into bits: inout [Double]
  ) throws(ChoiceError) {
    bits.removeAll(keepingCapacity: true)
    for probability in probabilities { bits.append(try flip(probability) ? 1 : 0) }
  }
}
