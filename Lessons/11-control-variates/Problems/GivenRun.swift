import Probability

/// A run whose choices are given: what it draws among states, and the uniforms from which it makes its noise.
///
/// A program that is run so is a function of its noise, which can be judged noise by noise.
struct GivenRun: RandomChoicesProtocol {
  private var picks: ArraySlice<Int>
  private var uniforms: ArraySlice<Double>

  /// What is handed out, in the order in which it is asked for.
  init(picks: [Int] = [], uniforms: [Double] = []) {
    self.picks = picks[...]
    self.uniforms = uniforms[...]
  }

  private mutating func pick() throws(ChoiceError) -> Int {
    guard let pick = picks.popFirst() else { throw .nothingToChoose }
    return pick
  }

  mutating func flip(_ probability: Double) throws(ChoiceError) -> Bool { try pick() == 1 }
  mutating func choose(_ probabilities: [Double]) throws(ChoiceError) -> Int { try pick() }
  mutating func choose(below count: Int) throws(ChoiceError) -> Int { try pick() }

  mutating func uniform() throws(ChoiceError) -> Double {
    guard let uniform = uniforms.popFirst() else { throw .nothingToChoose }
    return uniform
  }

  mutating func standardNormal() throws(ChoiceError) -> Double { throw .nothingToChoose }
}
