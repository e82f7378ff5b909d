import GSL

/// Draws the choices of a program from a seeded generator.
public struct Sampler: RandomChoicesProtocol, ~Copyable {
  private var generator: Generator

  /// A sampler of its own stream: the same seed and stream give the same draws.
  public init(seed: UInt64, stream: UInt64 = 0) throws(ChoiceError) {
    do { generator = try Generator(seed: seed, stream: stream) } catch { throw .generator(error) }
  }

  /// True with the given probability.
  public mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool {
    guard probability >= 0, probability <= 1 else { throw .notAProbability(probability) }
    return generator.uniform() < probability
  }

  /// The same draws as one flip after the other, without asking the protocol for each.
  public mutating func flip(
    _ probabilities: [Double], into bits: inout [Double]
  ) throws(ChoiceError) {
    do { try generator.bernoulli(probabilities, into: &bits) } catch {
      let wrong = probabilities.first { !($0 >= 0 && $0 <= 1) }
      throw wrong.map { .notAProbability($0) } ?? .generator(error)
    }
  }

  /// An index drawn with the given probabilities.
  public mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
    let (_, last) = try possible(probabilities)
    var left = generator.uniform()
    for (index, probability) in probabilities.enumerated() {
      left -= probability
      if left < 0 { return index }
    }
    return last
  }

  /// An index below `count`.
  public mutating func choose(below count: Int) throws(ChoiceError) -> Int {
    guard count > 0 else { throw .nothingToChoose }
    do { return try generator.uniform(below: count) } catch { throw .generator(error) }
  }

  /// A number uniform between zero and one.
  public mutating func uniform() -> Double { generator.uniform() }

  /// A draw from N(0, 1).
  public mutating func standardNormal() -> Double { generator.standardNormal() }

  /// Many draws from N(0, 1), faster and coarser: see ``Generator/standardNormals(into:)``.
  package mutating func standardNormals(into numbers: inout [Double]) {
    generator.standardNormals(into: &numbers)
  }
}
