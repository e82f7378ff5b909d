/// Normal numbers that are given, handed out one after the other.
///
/// A program that draws nothing else is then a function of its noise, which can be judged noise by noise.
package struct GivenNormals: RandomChoicesProtocol, Sendable {
  private var noises: ArraySlice<Double>

  /// The noises in the order in which they are asked for.
  package init(_ noises: [Double]) { self.noises = noises[...] }

  /// The next one; refused when all have been handed out.
  package mutating func standardNormal() throws(ChoiceError) -> Double {
    guard let noise = noises.popFirst() else { throw .nothingToChoose }
    return noise
  }

  /// Refused: normal numbers are all there is.
  package mutating func uniform() throws(ChoiceError) -> Double { throw .nothingToChoose }

  /// Refused.
  package mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool {
    throw .nothingToChoose
  }

  /// Refused.
  package mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int {
    throw .nothingToChoose
  }

  /// Refused.
  package mutating func choose(below count: Int) throws(ChoiceError) -> Int {
    throw .nothingToChoose
  }
}
